"""Whole files that went wrong: whole columns scaled, moved or renamed, rows cut or doubled, old figures under a new day."""

from __future__ import annotations

import math
from collections.abc import Callable

from bench.corruption.case import Case, Variant
from bench.corruption.document import Cell, NotApplicable
from bench.corruption.figures import changed


def everywhere(change: Callable[[float], float]) -> Variant:
    """Change every figure of the column."""

    def apply(case: Case) -> None:
        place, hurt = case.document.column(case.roles.figure), changed(change, case.roles.numbers)
        done = 0
        for row in case.document.rows:
            try:
                row.cells[place], row.damaged, done = hurt(row.cells[place]), True, done + 1
            except NotApplicable:
                continue
        if done < 0.6 * len(case.document.rows):
            raise NotApplicable("too few figures")

    return apply


def cut(share: float) -> Variant:
    """Only this share of the rows arrived, the first ones."""

    def apply(case: Case) -> None:
        left = max(1, int(len(case.document.rows) * share))
        if left >= len(case.document.rows):
            raise NotApplicable("one row")
        del case.document.rows[left:]

    return apply


def without_group(column: str, share: float = 0.0) -> Variant:
    """The rows of one region, or of one category, are gone; or of so large a share of them."""

    def apply(case: Case) -> None:
        place = case.document.column(getattr(case.roles, column))
        groups = sorted({str(row.cells[place]) for row in case.document.rows})
        if len(groups) < 2:
            raise NotApplicable("one group")
        gone = set(case.rng.sample(groups, max(1, int(len(groups) * share))))
        case.document.rows[:] = [row for row in case.document.rows if str(row.cells[place]) not in gone or row.fixed]

    return apply


def doubled(which: str) -> Variant:
    """Rows stand there twice: some (`count`), one, or all."""

    def apply(case: Case) -> None:
        rows = case.document.rows
        chosen = list(rows) if which == "semua" else case.document.chosen(case.rng, 1 if which == "satu" else max(2, len(rows) // 10))
        for row in chosen:
            row.damaged = True
            case.insert(case.copy_of(row))

    return apply


def header(which: str, change: Callable[[str], str]) -> Variant:
    """The publisher calls a column otherwise."""

    def apply(case: Case) -> None:
        place = case.document.column(getattr(case.roles, which))
        case.document.header[place] = change(case.document.header[place])

    return apply


def swapped_headers(first: str, second: Callable[[Case], str | None]) -> Variant:
    """Two headers changed places and their figures did not."""

    def apply(case: Case) -> None:
        a, b = case.document.column(getattr(case.roles, first)), case.document.column(second(case))
        if a == b:
            raise NotApplicable("one column")
        names = case.document.header
        names[a], names[b] = names[b], names[a]

    return apply


def shifted(case: Case) -> None:
    """Every row lost its first cell, so that each figure stands one column too far left."""
    if case.document.width < 3:
        raise NotApplicable("two columns")
    for row in case.document.rows:
        row.cells[:] = [*row.cells[1:], ""]


def old_figures(change: Callable[[Cell, int], Cell]) -> Variant:
    """The figures of the file before under the days of this one: matched by what names a row beside the day, in order."""

    def apply(case: Case) -> None:
        if case.previous is None or case.roles.figure is None:
            raise NotApplicable("no file before")
        place = case.document.column(case.roles.figure)
        known: dict[tuple[str, ...], list[Cell]] = {}
        for row in case.previous.rows:
            known.setdefault(_named(case, row.cells), []).append(row.cells[place])
        used: dict[tuple[str, ...], int] = {}
        differs = 0
        for number, row in enumerate(case.document.rows):
            name = _named(case, row.cells)
            old = known.get(name)
            if old:
                cell = change(old[used.get(name, 0) % len(old)], number)
                used[name] = used.get(name, 0) + 1
                differs += cell != row.cells[place]
                row.cells[place], row.damaged = cell, True
        if not differs:
            raise NotApplicable("the figures have not changed since")

    return apply


def _named(case: Case, cells: list[Cell]) -> tuple[str, ...]:
    return tuple(str(cells[case.document.column(name)]) for name in case.roles.identity if name != case.roles.day)


def _some_text(case: Case) -> str | None:
    names = (*case.roles.texts, case.roles.region, case.roles.day)
    return next((name for name in names if name), None)


SCALE = {
    "dibagi 1000 ke bawah": everywhere(lambda x: float(math.floor(x / 1000))),
    "dibagi 1000 satu desimal": everywhere(lambda x: round(x / 1000, 1)),
    "dibagi 1000 tiga desimal": everywhere(lambda x: round(x / 1000, 3)),
}
UNITS = {
    "kali 1000": everywhere(lambda x: x * 1000),
    "kali 100": everywhere(lambda x: x * 100),
    "dibagi 10": everywhere(lambda x: round(x / 10, 2)),
}
CUT = {"tinggal 45 persen": cut(0.45), "tinggal 20 persen": cut(0.2), "tinggal 2 persen": cut(0.02)}
GONE: dict[str, Variant] = {
    "satu wilayah hilang": without_group("region"),
    "satu kelompok hilang": without_group("category"),
    "sepertiga wilayah hilang": without_group("region", 0.34),
}
DOUBLED = {"satu baris": doubled("satu"), "sepersepuluh": doubled("sebagian"), "semua": doubled("semua")}
RENAMED = {
    "kolom angka": header("figure", lambda _: "kolom baru"),
    "kolom wilayah": header("region", lambda _: "kolom baru"),
    "kolom angka, satu huruf": header("figure", lambda name: name + "x"),
}
MOVED: dict[str, Variant] = {
    "judul angka dan teks tertukar": swapped_headers("figure", _some_text),
    "judul wilayah dan angka tertukar": swapped_headers("region", lambda case: case.roles.figure),
    "isi bergeser satu kolom": shifted,
}
REFILED = {
    "persis sama": old_figures(lambda cell, _: cell),
    "satu baris diubah": old_figures(lambda cell, number: cell if number else _one_more(cell)),
    "sebaris dari lima puluh diubah": old_figures(lambda cell, number: cell if number % 50 else _one_more(cell)),
}


def _one_more(cell: Cell) -> Cell:
    return cell + 1 if isinstance(cell, (int, float)) else cell
