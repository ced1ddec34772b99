"""The digest of a Walidata: what waits for his decision, what only he can change, and how each agency of his pemda does; with the commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from satudata.notices.causes import Cause
from satudata.notices.plain import plain, spoken
from satudata.notices.rule_words import over
from satudata.notices.told import Digest
from satudata.notices.wording import itemized, items
from satudata.review.across_list import waiving

PLACES = (
    ("satudata report", "laporan tiap OPD (XLSX dan CSV): berkas, lembar, baris, dan apa yang seharusnya"),
    ("satudata issue list", "semua temuan, keadaannya, dan tenggatnya"),
    ("satudata quarantine list", "baris yang dikarantina, tempatnya di berkas, dan sebabnya"),
    ("satudata review list", "kiriman yang menunggu keputusan"),
    ("satudata mapping list", "teks yang belum punya kode"),
)
"""Commands that show the details."""
STEPS = {
    "held": "satudata review approve {batch}, atau satudata review return {batch} --alasan ...",
    "hold": "satudata review approve {batch} --terima {rule} --alasan ..., atau satudata review return {batch} --alasan ...",
    "source": "bila alamatnya pindah, betulkan `url` di kontrak; lalu satudata run {dataset}",
    "metadata": "isi daftar_data.yml sesudah Produsen Data menyerahkannya; lalu satudata release publish",
}
"""By severity: what only the Walidata does. Everything else is the agency's to mend."""
OF_THE_CONTRACT = {
    "code": "satudata mapping list, lalu satudata mapping assign",
    "code_unchecked": "satudata mapping list, lalu satudata mapping assign",
    "new_column": "tambahkan kolomnya ke `columns` atau `ignore` di kontrak, lalu satudata source check",
    "parse": "bila bentuk berkasnya memang berubah, sesuaikan kontraknya, lalu satudata source check",
    "unread": "sebut di kontrak tabel atau lembar mana yang dibaca, lalu satudata source check",
    "drift": "bila jenis kolomnya memang berubah, sesuaikan kontraknya, lalu satudata source check",
}
"""By rule: what a change of the contract or of a list settles."""
MOST_AGENCIES, MOST_STEPS = 50, 5


def body_of(digest: Digest) -> str:
    """The whole letter."""
    new, still = items(digest)
    yours = [group for group in (*new, *still) if _step(group[0]) and not group[0].waived_until]
    parts = [
        f"Kepada {plain(digest.owner.name)} selaku Walidata {plain(digest.owner.pemda_name)}".rstrip(),
        f"Hasil pemeriksaan data sampai {spoken(digest.day)}. Setiap OPD sudah menerima suratnya sendiri.",
        itemized("MENUNGGU ANDA", [_item(group, group in new) for group in yours]) or "Tidak ada yang menunggu Anda.",
        _agencies((*digest.new, *digest.still), digest.day),
        itemized("SELESAI", [f"{plain(one['title'], 150)} ({one['dataset']}): {over(one)}" for one in digest.over]),
        "\n".join(["RINCIAN", *(f"  {command:<26} {what}" for command, what in PLACES)]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _item(group: list[Cause], is_new: bool) -> str:
    first = group[0]
    publishers = f", {len(group)} penerbit" if len(group) > 1 else ""
    lines = [f"{plain(first.title, 150)} ({first.dataset}){publishers}: {'baru' if is_new else 'sudah pernah dikabarkan'}."]
    if first.message:
        lines.append(plain(first.message))
    if first.due:
        lines.append(f"Paling lambat {spoken(first.due)}.")
    lines.append(f"Langkah: {_steps(group)}.")
    return "\n   ".join(lines)


def _steps(group: list[Cause]) -> str:
    """What each of them takes: the same finding of several publishers is one item, and each has a batch of its own."""
    steps = list(dict.fromkeys(_step(cause) for cause in group))
    return "; ".join(steps[:MOST_STEPS]) + (
        f"; {len(steps) - MOST_STEPS} lagi menurut satudata review list" if len(steps) > MOST_STEPS else ""
    )


def _step(cause: Cause) -> str:
    if cause.severity == "hold" and cause.batch_id is None:  # judged over several batches or datasets: none of them waits
        return f"{waiving(cause.dataset, cause.penerbit, cause.rule_id)}, lalu satudata release publish"
    step = STEPS.get(cause.severity) or OF_THE_CONTRACT.get(cause.rule, "")
    return step.format(batch=cause.batch_id, rule=plain(cause.rule_id, 120), dataset=cause.dataset)


def _agencies(causes: Sequence[Cause], day: date) -> str:
    """How many things each agency has open, and how many of them are late."""
    opened = Counter(cause.opd for cause in causes)
    late = Counter(cause.opd for cause in causes if cause.due and cause.due < day)
    lines = [
        f"  {plain(opd, 60)}: {count} terbuka" + (f", {late[opd]} lewat tenggat" if late[opd] else "")
        for opd, count in opened.most_common(MOST_AGENCIES)
    ]
    rest = len(opened) - MOST_AGENCIES
    return "\n".join(["PER OPD", *lines, *([f"  dan {rest} OPD lain"] if rest > 0 else [])]) if lines else ""
