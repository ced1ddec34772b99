"""Write the finding report of each agency: the six questions of docs/pertanyaan.md, answered for its own data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from psycopg import Connection

from contracts.errors import WrongUsage
from satudata.finding_report.cells import Cell, cell
from satudata.finding_report.files import Book, write_csv
from satudata.finding_report.sheets import SHEETS, Sheet

AT_ONCE = 2_000


@dataclass(frozen=True)
class Agency:
    """A Produsen Data, and how many rows each sheet of its report has."""

    pemda: str | None
    opd: str
    nama: str
    folder: Path
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        return not any(self.rows.values())


def write_reports(conn: Connection, out: Path, opd: str | None = None) -> list[Agency]:
    """Write `<out>/<pemda>_<opd>/temuan.xlsx` and one CSV per sheet, for every agency whose data was ever asked for, or for one.

    `conn` reads schema `quality`. What is personal arrives masked. Raises: `WrongUsage` for an agency that is not known.
    """
    agencies = _agencies(conn, out)
    chosen = [agency for agency in agencies if opd in (None, agency.opd, agency.folder.name)]
    if opd is not None and not chosen:
        known = ", ".join(sorted({agency.opd for agency in agencies})) or "belum ada"
        raise WrongUsage(f"OPD `{opd}` belum pernah diminta datanya", f"Yang dikenal: {known}")
    for agency in chosen:
        _write(conn, agency)
    return chosen


def _agencies(conn: Connection, out: Path) -> list[Agency]:
    found = conn.execute("select pemda, opd, max(produsen) from quality.penerbit group by 1, 2 order by 1, 2").fetchall()
    return [Agency(pemda, opd, nama or opd, out / "_".join(filter(None, [pemda, opd]))) for pemda, opd, nama in found]


def _write(conn: Connection, agency: Agency) -> None:
    agency.folder.mkdir(parents=True, exist_ok=True)
    book = Book()
    with conn.transaction():  # all sheets tell of one moment
        conn.execute("set transaction isolation level repeatable read")
        for sheet in SHEETS:
            header, rows = _read(conn, sheet, agency)
            agency.rows[sheet.file] = write_csv(agency.folder / f"{sheet.file}.csv", header, book.add(sheet.title, header, rows))
    book.save(agency.folder / "temuan.xlsx")


def _read(conn: Connection, sheet: Sheet, agency: Agency) -> tuple[Sequence[str], Iterator[list[Cell]]]:
    cursor = conn.cursor(name="laporan")  # row by row: a report may be long
    cursor.itersize = AT_ONCE
    cursor.execute(sheet.query, {"pemda": agency.pemda, "opd": agency.opd})
    header = [column.name for column in cursor.description or ()]

    def rows() -> Iterator[list[Cell]]:
        with cursor:
            for row in cursor:
                yield [cell(value) for value in row]

    return header, rows()
