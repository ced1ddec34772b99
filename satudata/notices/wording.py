"""A digest as its reader sees it: what is asked, until when, and where to look; plain text, so nothing in it can act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from satudata.notices.causes import Cause
from satudata.notices.plain import plain, spoken
from satudata.notices.told import Digest

MOST_ITEMS, MOST_NAMES = 20, 5
PLACES = (
    ("satudata report", "laporan OPD Anda (XLSX dan CSV): berkas, lembar, baris, dan apa yang seharusnya"),
    ("satudata issue list", "semua temuan, keadaannya, dan tenggatnya"),
    ("satudata quarantine list", "baris yang dikarantina, tempatnya di berkas, dan sebabnya"),
    ("satudata review list", "kiriman yang menunggu keputusan"),
)
"""Commands of the Walidata that show the details."""
BECAME = {
    "accepted": "sudah disetujui",
    "superseded": "sudah digantikan kiriman yang lebih baru",
    "returned": "sudah digantikan kiriman baru",
}
X = TypeVar("X")


def subject_of(digest: Digest) -> str:
    """One line: whose, and how much of what."""
    counts = [(len(digest.new), "baru"), (len(digest.over), "selesai"), (len(digest.still), "masih terbuka")]
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"[Satu Data] {plain(digest.owner.name, 80)}: {told} ({spoken(digest.day)})"


def body_of(digest: Digest) -> str:
    """The whole letter."""
    owner = digest.owner
    greeting = f"Kepada {plain(owner.name)}" + (f", {plain(owner.pemda_name)}" if owner.pemda_name else "")
    parts = [
        greeting,
        f"Hasil pemeriksaan data sampai {spoken(digest.day)}. Angka yang sudah terbit tidak berubah selama yang di bawah ini belum beres.",
        _asked(digest),
        _section("BARU", digest.new, lambda causes: _item(causes, digest)),
        _over_section(digest.over),
        _section("MASIH TERBUKA (sudah pernah dikabarkan)", digest.still, lambda causes: _item(causes, digest)),
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
        " jadwal berikutnya dan menutup temuannya; surat ini tidak perlu dibalas."
    )
    days = sorted(cause.due for cause in asked if cause.due)
    late, ahead = [day for day in days if day < digest.day], [day for day in days if day >= digest.day]
    if ahead:
        text += f"\nTenggat terdekat: {spoken(ahead[0])}."
    return text + (f"\nSudah lewat tenggat: {len(late)}, yang terlama {spoken(late[0])}." if late else "")


def _section(head: str, causes: Sequence[Cause], shown: Callable[[list[Cause]], str]) -> str:
    """The causes of one kind under a head; the same finding of several publishers is one item."""
    groups: dict[tuple[object, ...], list[Cause]] = {}
    for cause in causes:
        own = cause.batch_id if cause.severity in ("held", "returned") else ""
        groups.setdefault((cause.dataset, cause.rule_id, cause.severity, own, bool(cause.waived_until)), []).append(cause)
    return _numbered(head, [shown(group) for group in groups.values()])


def _numbered(head: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    lines = [f"{number}. {item}" for number, item in enumerate(items[:MOST_ITEMS], start=1)]
    rest = len(items) - MOST_ITEMS
    return "\n".join([head, *lines, *([f"Dan {rest} lainnya."] if rest > 0 else [])])


def _item(causes: list[Cause], digest: Digest) -> str:
    first = causes[0]
    lines = [_name(first.title, first.dataset, [cause.publisher for cause in causes])]
    files = list(dict.fromkeys(plain(cause.file, 120) for cause in causes if cause.file))
    if files:
        lines.append(f"Berkas: {_listed(files, len(files), 'berkas')}.")
    if first.message:
        lines.append(plain(first.message))
    rows, places = sum(cause.rows for cause in causes), [place for cause in causes for place in cause.places or []]
    lines.append(_effect(first, rows))
    if rows and places:
        lines.append(f"Barisnya: {_listed([plain(place, 120) for place in places], rows, 'tempat')}.")
    days = sorted(cause.due for cause in causes if cause.due)
    if days and not first.waived_until and first.severity != "warn":
        late = " (sudah lewat)" if days[0] < digest.day else ""
        lines.append(f"{'Keputusan' if first.severity == 'held' else 'Perbaiki'} paling lambat {spoken(days[0])}{late}.")
    if first.assigned_to:
        lines.append(f"Ditugaskan kepada {plain(first.assigned_to, 80)}.")
    return "\n   ".join(lines)


def _effect(cause: Cause, rows: int) -> str:
    if cause.waived_until:
        return f"Dikecualikan sampai {spoken(cause.waived_until)}; tidak menahan data."
    return {
        "fail": "Akibatnya: kiriman ini tidak dapat dipakai.",
        "hold": "Akibatnya: kiriman ini ditahan sampai diperbaiki atau diputuskan Walidata.",
        "quarantine": f"Akibatnya: {rows} baris dikarantina dan belum terbit." if rows else "Akibatnya: barisnya dikarantina.",
        "warn": "Ini peringatan; datanya tetap dipakai.",
        "held": f"Batch {cause.batch_id} menunggu keputusan Walidata; Anda tidak perlu mengirim ulang.",
        "returned": f"Batch {cause.batch_id} dikembalikan kepada Anda: perbaiki dan terbitkan lagi.",
    }[cause.severity]


def _over_section(over: Iterable[dict[str, Any]]) -> str:
    ordered = sorted(over, key=_same)
    return _numbered("SELESAI", [_over(list(group)) for _, group in groupby(ordered, key=_same)])


def _same(one: dict[str, Any]) -> tuple[str, str, str]:
    return str(one["dataset"]), str(one["rule_id"]), str(one["batch_id"] if one["severity"] in BECAME or one["severity"] == "held" else "")


def _over(group: list[dict[str, Any]]) -> str:
    first = group[0]
    name = _name(first["title"], first["dataset"], [one["publisher"] for one in group])
    if first["severity"] in ("held", "returned"):
        return f"{name}: batch {first['batch_id']} {BECAME.get(first.get('became') or '', 'sudah diputuskan')}."
    rule = plain(first["rule_id"], 80) + (f" (kolom {plain(first['column_name'], 80)})" if first["column_name"] else "")
    return f"{name}: temuan {rule} sudah tidak ada lagi."


def _name(title: str, dataset: str, publishers: Sequence[str]) -> str:
    named = [plain(one, 60) for one in dict.fromkeys(publishers) if one]
    return f"{plain(title, 150)} ({dataset})" + (f", {_listed(named, len(named), 'penerbit')}" if named else "")


def _listed(names: Sequence[str], total: int, what: str) -> str:
    shown = list(dict.fromkeys(names))[:MOST_NAMES]
    return "; ".join(shown) + (f"; dan {total - len(shown)} {what} lain" if total > len(shown) else "")


def _where(digest: Digest) -> str:
    walidata = plain(digest.owner.walidata) or "Walidata"
    lines = [f"  {command:<26} {what}" for command, what in PLACES]
    return "\n".join([f"RINCIAN\nMintalah kepada Walidata ({walidata}), yang melihatnya dengan:", *lines])
