"""Errors that really stand in the published files: `true_errors.csv`, made once by a criterion that no rule on the day could use.

A figure is listed if it is more than 2.5 times, or less than 1/2.5 of, the median of what its own series says before it *and* of what it says
after it (of the one side there is, at an end); so is a 0 in a series that says anything else at all (a kabupaten that was not founded yet has no poor
people, not 0 of them), and a file of which every figure is that of the file before. A judge on the day sees one side only.
`python -m bench.quality.truth` writes the list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median

from bench.corruption.document import Document, NotApplicable, Row
from bench.corruption.figures import figure_of
from bench.quality.published import published
from bench.quality.replay import Series, Slice
from bench.quality.series import SERIES

LIST = Path(__file__).with_name("true_errors.csv")
FACTOR = 2.5
WINDOW = {"penduduk_miskin_2021": 3, "penduduk_miskin_2023": 3, "penduduk_jenis_kelamin": 3, "harga_mingguan": 8}
"""Neighbours looked at on each side; 15 in daily series."""
NOT_STEADY = {"cadangan_pangan", "penduduk_2019", "penduduk_2021", "dtks"}
"""Stocks may be sold out overnight; single files have no neighbours."""


def name_of(series: Series, document: Document, row: Row, day: str) -> str:
    """What a row is called in the list: its series, what identifies it, and the file's day."""
    roles = series.roles(document)
    cells = [str(row.cells[document.column(name)]) for name in roles.identity]
    return " | ".join([*cells] if roles.day in roles.identity else [*cells, day])


@cache
def true_errors() -> frozenset[tuple[str, str]]:
    """(series, name) of each listed row."""
    with LIST.open(newline="") as lines:
        return frozenset((one["series"], one["row"]) for one in csv.DictReader(lines))


def places_of_errors(series: Series, one: Slice) -> list[str]:
    """Where listed errors stand in a file that nobody damaged."""
    known = true_errors()
    document = series.opened(one.data)
    for row in document.rows:
        row.damaged = bool(known) and (series.name, name_of(series, document, row, one.day.isoformat())) in known
    return document.render()[1]


def is_wrong_as_a_whole(series: Series, one: Slice) -> bool:
    """Is this very file listed: all of its figures are those of the file before?"""
    return (series.name, f"* | {one.day}") in true_errors()


def _filed_again(series: Series) -> Iterator[list[str]]:
    """A line for each file of 100 rows and more whose figures are all those of the file before, under a new day."""
    before: dict[str, str] = {}
    for one in series.slices(published(series)):
        document = series.opened(one.data)
        roles = series.roles(document)
        names = [name for name in roles.identity if name != roles.day]
        now = {
            " | ".join(str(r.cells[document.column(n)]) for n in names): str(r.cells[document.column(roles.figure)]) for r in document.rows
        }
        if len(now) >= 100 and now == before:
            yield [series.name, f"* | {one.day}", "", "", f"semua {len(now)} angka sama dengan berkas sebelumnya"]
        before = now


def _found(series: Series) -> Iterator[tuple[str, float, float]]:
    """(name, figure, what is usual there) of each figure that stands alone."""
    series_lines: dict[str, list[tuple[str, float]]] = {}
    for one in series.slices(published(series)):
        document = series.opened(one.data)
        roles = series.roles(document)
        for row in document.rows:
            try:
                figure = figure_of(row.cells[document.column(roles.figure)], roles.numbers)
            except NotApplicable:
                continue
            line = " | ".join(str(row.cells[document.column(name)]) for name in roles.identity if name != roles.day)
            if not row.fixed:
                series_lines.setdefault(line, []).append((name_of(series, document, row, one.day.isoformat()), figure))
    for each in series_lines.values():
        yield from _alone(each, WINDOW.get(series.name, 15))


def _alone(line: Sequence[tuple[str, float]], window: int) -> Iterator[tuple[str, float, float]]:
    for number, (name, figure) in enumerate(line):
        sides = [[f for _, f in line[max(0, number - window) : number]], [f for _, f in line[number + 1 : number + 1 + window]]]
        usual = [median(side) for side in sides if len(side) >= 2]
        if figure == 0 and (said := [f for _, f in line if f]):
            yield name, figure, median(said)
        elif any(usual) and all(not one / FACTOR <= figure <= one * FACTOR for one in usual if one):
            yield name, figure, next(one for one in usual if one)


def reason(figure: float, usual: float) -> str:
    """What seems to have happened, as far as the figures tell."""
    if figure == 0:
        return "nol di tempat yang seharusnya kosong"
    for power, text in ((10, "satu nol kelebihan"), (100, "dua nol kelebihan"), (0.1, "satu nol kurang"), (0.001, "ribuan hilang")):
        if 0.75 <= figure / usual / power <= 1.33:
            return text
    return "jauh di atas sebelum dan sesudahnya" if figure > usual else "jauh di bawah sebelum dan sesudahnya"


def main() -> None:
    """Write the list anew."""
    with LIST.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["series", "row", "figure", "usual", "reason"])
        for series in SERIES:
            if series.name not in NOT_STEADY and series.roles(series.opened(next(iter(series.slices(published(series)))).data)).figure:
                writer.writerows([series.name, name, f"{f:g}", f"{u:g}", reason(f, u)] for name, f, u in _found(series))
                writer.writerows(_filed_again(series))
        writer.writerow(["dtks", "TELUKBETUNG BARAT | 2023-12-31", "839", "9000", "27605 jiwa dalam 839 keluarga: 33 per keluarga"])


if __name__ == "__main__":
    main()
