"""A digest as an agency sees it: what to mend in its own file, until when, and whom to answer; plain text, so nothing in it can act.

What only a Walidata can do, commands and contracts, is not in it: that he is told himself (`satudata.notices.desk`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from satudata.notices.causes import Cause
from satudata.notices.plain import plain, spoken
from satudata.notices.rule_words import over, without_orders
from satudata.notices.told import Digest

MOST_ITEMS, MOST_NAMES = 20, 5
OF_NO_FILE = ("held", "source", "late", "metadata")
"""What no row and no file is at fault for."""
BECAME = {
    "accepted": "sudah disetujui",
    "superseded": "sudah digantikan kiriman yang lebih baru",
    "returned": "sudah digantikan kiriman baru",
}


def subject_of(digest: Digest) -> str:
    """One line: whose, and how much of what."""
    new, still = items(digest)
    counts = [(len(new), "baru"), (len(_over_items(digest.over)), "selesai"), (len(still), "masih terbuka")]
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"[Satu Data] {plain(digest.owner.name, 80)}: {told} ({spoken(digest.day)})"


def body_of(digest: Digest) -> str:
    """The whole letter."""
    owner, (new, still) = digest.owner, items(digest)
    greeting = f"Kepada {plain(owner.name)}" + (f", {plain(owner.pemda_name)}" if owner.pemda_name else "")
    parts = [
        greeting,
        f"Hasil pemeriksaan data sampai {spoken(digest.day)}. Angka yang sudah terbit tidak berubah selama yang di bawah ini belum beres.",
        _asked(digest),
        itemized("BARU", [_item(group, digest) for group in new]),
        itemized("SELESAI", _over_items(digest.over)),
        itemized("MASIH TERBUKA (sudah pernah dikabarkan)", [_item(group, digest) for group in still]),
        _where(digest),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _asked(digest: Digest) -> str:
    """What the reader is to do, and until when."""
    asked = [cause for cause in (*digest.new, *digest.still) if cause.severity not in ("warn", "held") and not cause.waived_until]
    if not asked:
        return "Tidak ada yang harus Anda kerjakan sekarang."
    text = (
        "YANG DIMINTA\nPerbaiki di sumbernya (berkas atau aplikasi Anda) lalu terbitkan seperti biasa. Gudang data mengambilnya sendiri pada"
        " jadwal berikutnya dan menutup temuannya."
    )
    if digest.aside and sum(cause.rows for cause in (*digest.new, *digest.still)) > digest.aside:
        text += f"\nSeluruhnya {digest.aside} baris dikarantina; satu baris dapat melanggar lebih dari satu aturan, jadi tersebut lebih dari sekali."
    days = sorted(cause.due for cause in asked if cause.due)
    late, ahead = [day for day in days if day < digest.day], [day for day in days if day >= digest.day]
    if ahead:
        text += f"\nTenggat terdekat: {spoken(ahead[0])}."
    return text + (f"\nSudah lewat tenggat: {len(late)}, yang terlama {spoken(late[0])}." if late else "")


def items(digest: Digest) -> tuple[list[list[Cause]], list[list[Cause]]]:
    """What is new and what is still open, each thing once: the same finding of several publishers is one, and new where it is for any of them."""
    groups: dict[tuple[object, ...], list[Cause]] = {}
    for cause in (*digest.new, *digest.still):
        own = cause.batch_id if cause.severity in ("held", "returned") else ""
        groups.setdefault((cause.dataset, cause.rule_id, cause.severity, own, bool(cause.waived_until)), []).append(cause)
    fresh = {cause.cause for cause in digest.new}
    new = [group for group in groups.values() if any(cause.cause in fresh for cause in group)]
    return new, [group for group in groups.values() if group not in new]


def itemized(head: str, told: Sequence[str]) -> str:
    """Items under a head; nothing where there are none."""
    if not told:
        return ""
    lines = [f"{number}. {item}" for number, item in enumerate(told[:MOST_ITEMS], start=1)]
    rest = len(told) - MOST_ITEMS
    return "\n".join([head, *lines, *([f"Dan {rest} lainnya."] if rest > 0 else [])])


def _item(causes: list[Cause], digest: Digest) -> str:
    first = causes[0]
    lines = [_name(first.title, first.dataset, [cause.publisher for cause in causes])]
    files = list(dict.fromkeys(plain(cause.file, 120) for cause in causes if cause.file))
    if files:
        lines.append(f"Berkas: {_listed(files, len(files), 'berkas')}.")
    if told := without_orders(first.message):
        lines.append(plain(told))
    rows, places = sum(cause.rows for cause in causes), [place for cause in causes for place in cause.places or []]
    lines.append(_effect(first, rows))
    if told_before := _told_before(causes, digest):
        lines.append(told_before)
    if rows and places:
        lines.append(f"Barisnya: {_listed([plain(place, 120) for place in places], rows, 'tempat')}.")
    days = sorted(cause.due for cause in causes if cause.due)
    if days and not first.waived_until and first.severity != "warn":
        late = " (sudah lewat)" if days[0] < digest.day else ""
        lines.append(f"{'Keputusan' if first.severity == 'held' else 'Perbaiki'} paling lambat {spoken(days[0])}{late}.")
    if first.assigned_to:
        lines.append(f"Ditugaskan kepada {plain(first.assigned_to, 80)}.")
    return "\n   ".join(lines)


def _told_before(causes: list[Cause], digest: Digest) -> str:
    """For which publishers an item that is new for another one was told before."""
    known = {cause.cause for cause in digest.still}
    names = [plain(cause.publisher, 60) for cause in causes if cause.cause in known and cause.publisher]
    return f"Sudah pernah dikabarkan untuk {_listed(names, len(names), 'penerbit')}." if names and len(names) < len(causes) else ""


def _effect(cause: Cause, rows: int) -> str:
    if cause.waived_until:
        return f"Dikecualikan sampai {spoken(cause.waived_until)}; tidak menahan data."
    return {
        "fail": "Akibatnya: kiriman ini tidak dapat dipakai.",
        "hold": "Akibatnya: kiriman ini ditahan sampai diperbaiki atau diputuskan Walidata.",
        "sent_back": f"Batch {cause.batch_id} dikembalikan kepada Anda: perbaiki dan terbitkan lagi.",
        "quarantine": f"Akibatnya: {rows} baris dikarantina dan belum terbit." if rows else "Akibatnya: barisnya dikarantina.",
        "source": "Akibatnya: tidak ada data baru yang masuk; angka yang terbit tetap yang lama. Periksa apakah situs atau berkasnya dapat dibuka.",
        "late": "Akibatnya: angka yang terbit sudah lewat batas umurnya. Terbitkan data yang terbaru di tempat biasa.",
        "metadata": "Akibatnya: datanya diterima dan belum terbit. Kirimkan isian itu kepada Walidata.",
        "warn": "Ini peringatan; datanya tetap dipakai.",
        "held": f"Batch {cause.batch_id} menunggu keputusan Walidata; Anda tidak perlu mengirim ulang.",
        "returned": f"Batch {cause.batch_id} dikembalikan kepada Anda: perbaiki dan terbitkan lagi.",
    }[cause.severity]


def _over_items(over: Sequence[dict[str, Any]]) -> list[str]:
    return [_over(list(group)) for _, group in groupby(sorted(over, key=_same), key=_same)]


def _same(one: dict[str, Any]) -> tuple[str, str, str]:
    return str(one["dataset"]), str(one["rule_id"]), str(one["batch_id"] if one["severity"] in BECAME or one["severity"] == "held" else "")


def _over(group: list[dict[str, Any]]) -> str:
    first = group[0]
    name = _name(first["title"], first["dataset"], [one["publisher"] for one in group])
    if first["severity"] in ("held", "returned"):
        if first.get("stopped"):
            return f"{name}: batch {first['batch_id']} tidak lagi ditunggu. {plain(first['stopped'])}."
        return f"{name}: batch {first['batch_id']} {BECAME.get(first.get('became') or '', 'sudah diputuskan')}."
    return f"{name}: {over(first)}"


def _name(title: str, dataset: str, publishers: Sequence[str]) -> str:
    named = [plain(one, 60) for one in dict.fromkeys(publishers) if one]
    return f"{plain(title, 150)} ({dataset})" + (f", {_listed(named, len(named), 'penerbit')}" if named else "")


def _listed(names: Sequence[str], total: int, what: str) -> str:
    shown = list(dict.fromkeys(names))[:MOST_NAMES]
    return "; ".join(shown) + (f"; dan {total - len(shown)} {what} lain" if total > len(shown) else "")


def _where(digest: Digest) -> str:
    """Whom to ask and answer: a person, not a program."""
    walidata = plain(digest.owner.walidata) or "Walidata"
    reply = "Bila ada yang perlu dijelaskan, atau bila menurut Anda datanya sudah benar, balas surat ini" if digest.owner.replies_to else (
        "Bila ada yang perlu dijelaskan, atau bila menurut Anda datanya sudah benar, hubungi Walidata"
    )  # fmt: skip
    return f"RINCIAN DAN JAWABAN\n{_report(digest)}; mintalah kepada Walidata ({walidata}).\n{reply}."


def _report(digest: Digest) -> str:
    """What the finding report holds of it: rows only where single rows are at fault."""
    rows = "Semua baris yang harus diperbaiki (berkas, lembar, baris, isi, dan apa yang seharusnya)"
    whole = "rincian temuan atas kiriman sebagai keseluruhan, yang tidak menunjuk baris,"
    asked = [cause for cause in (*digest.new, *digest.still) if cause.severity not in OF_NO_FILE]
    told = [part for part, is_so in ((rows, any(one.by_row for one in asked)), (whole, not all(one.by_row for one in asked))) if is_so]
    said = " dan ".join(told) or "Rincian setiap temuan"
    return f"{said[0].upper()}{said[1:]} ada di laporan temuan OPD Anda (XLSX dan CSV)"
