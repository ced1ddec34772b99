"""Rows that should not be there, or say whom they speak of wrongly: trials, rivals, totals, lost keys, strange codes, swapped axes."""

from __future__ import annotations

from collections.abc import Callable

from bench.corruption.case import Case, Variant
from bench.corruption.document import Cell, NotApplicable
from bench.corruption.figures import changed, figure_of, written


def junk(text: str, figure: int) -> Variant:
    """A row somebody typed to try the form: the same nonsense in every text, a figure beside it."""

    def apply(case: Case) -> None:
        named = [name for name in (*case.roles.texts, case.roles.region, case.roles.category) if name]
        if not named:
            raise NotApplicable("no text")
        for number in range(case.count):
            row = case.like()
            for name in named:
                case.set(row, name, text)
            if case.roles.figure:
                case.set(row, case.roles.figure, figure + number)
            case.insert(row)

    return apply


def rival(change: Callable[[float], float]) -> Variant:
    """A second row on the same key with another figure; nobody knows which is right, so both are hurt."""

    def apply(case: Case) -> None:
        place = case.document.column(case.roles.figure)
        for row in case.document.chosen(case.rng, case.count, case.roles.figure):
            other = case.copy_of(row)
            other.cells[place] = changed(change, case.roles.numbers)(row.cells[place])
            row.damaged = True
            case.insert(other)

    return apply


def total(label: str | None, many: bool = False) -> Variant:
    """A row that sums the figures of the others, labelled, or under the name of the first region. `many`: after every ten rows."""

    def apply(case: Case) -> None:
        figure, region = case.document.column(case.roles.figure), case.document.column(case.roles.region)
        numbers, whole = case.roles.numbers, [row for row in case.document.rows if not row.fixed]
        portions = [whole[start : start + 10] for start in range(0, len(whole), 10)] if many else [whole]
        for portion in portions:
            row = case.copy_of(portion[-1])
            added = sum(figure_of(one.cells[figure], numbers) for one in portion if _says(one.cells[figure], numbers))
            row.cells[figure] = written(round(added, 2), numbers, row.cells[figure])
            row.cells[region] = label if label is not None else portion[0].cells[region]
            case.insert(row)

    return apply


def _says(cell: Cell, numbers: str) -> bool:
    try:
        figure_of(cell, numbers)
    except NotApplicable:
        return False
    return True


def emptied(which: str, text: str = "") -> Variant:
    """Take what a row cannot do without: `figure`, `region` or `day`."""

    def apply(case: Case) -> None:
        if which == "figure" and case.roles.missing is not None:
            raise NotApplicable("a figure may be missing")
        case.hurt(getattr(case.roles, which), lambda _: text)

    return apply


def region(change: Callable[[str], str]) -> Variant:
    """Another writing of the region's code."""

    def apply(case: Case) -> None:
        if not case.roles.codes:
            raise NotApplicable("regions are names")
        case.hurt(case.roles.region, lambda cell: change(str(cell)))

    return apply


def region_name(change: Callable[[str], str]) -> Variant:
    """Another writing of the region's name."""

    def apply(case: Case) -> None:
        if case.roles.codes:
            raise NotApplicable("regions are codes")
        case.hurt(case.roles.region, lambda cell: change(str(cell)))

    return apply


def category(change: Callable[[str], str]) -> Variant:
    """A value that is not of the list."""
    return lambda case: case.hurt(case.roles.category, lambda cell: change(str(cell)))


def axes(change: Callable[[Cell, Cell], tuple[Cell, Cell]]) -> Variant:
    """Change the pair of coordinates."""

    def apply(case: Case) -> None:
        first, second = case.document.column(case.roles.latitude), case.document.column(case.roles.longitude)
        for row in case.document.chosen(case.rng, case.count, case.roles.latitude):
            row.cells[first], row.cells[second] = change(row.cells[first], row.cells[second])
            row.damaged = True

    return apply


def part(change: Callable[[float], float]) -> Variant:
    """Change one part of a sum and leave the sum."""

    def apply(case: Case) -> None:
        if not case.roles.parts:
            raise NotApplicable("no parts")
        case.hurt(case.rng.choice(list(case.roles.parts)), changed(change, case.roles.numbers))

    return apply


JUNK = {"fd": junk("fd", 23), "hh": junk("hh", 12), "12 di semua kolom": junk("12", 12)}
RIVALS = {"satu lebih": rival(lambda x: x + 1), "sepersepuluh lebih": rival(lambda x: x * 1.1), "dua kali": rival(lambda x: x * 2)}
TOTALS = {
    "JUMLAH": total("JUMLAH"),
    "di bawah nama wilayah pertama": total(None),
    "subtotal tiap sepuluh baris": total("SUB TOTAL", many=True),
}
EMPTY = {"angka kosong": emptied("figure"), "wilayah kosong": emptied("region"), "wilayah hanya spasi": emptied("region", "   ")}
REGIONS = {
    "ejaan lain": region_name(lambda name: name[:3] + name),
    "wilayah di luar daftar": region_name(lambda _: "Kab. Antah Berantah"),
    "kode alih-alih nama": region_name(lambda _: "3599"),
    "kode tidak ada": region(lambda code: code[:2] + "98" + code[4:]),
    "sistem lain": region(lambda code: code.replace(".", "") if "." in code else f"{code[:2]}.{code[2:4] or '01'}{code[4:]}"),
    "satu angka hilang": region(lambda code: code[:-1]),
}
CATEGORIES = {
    "ejaan lain": category(lambda text: text[:-1] or "?"),
    "kode": category(lambda _: "1"),
    "tanda tanya": category(lambda _: "?"),
}
AXES = {
    "tertukar": axes(lambda a, b: (b, a)),
    "nol": axes(lambda *_: ("0", "0")),
    "titik bergeser": axes(lambda a, b: (str(float(str(a)) * 10), b)),
}
PARTS = {"satu lebih": part(lambda x: x + 1), "angka kelebihan": part(lambda x: x * 10 + 1), "setengah": part(lambda x: float(int(x / 2)))}
