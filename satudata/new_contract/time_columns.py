"""What time the rows speak of: a column, two columns together, a title above the table, or the name of the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.coerce.calendar_names import month_number
from satudata.new_contract.column_names import slug
from satudata.new_contract.draft import ColumnDraft
from satudata.new_contract.moments import moments, timing
from satudata.new_contract.sample import Column, Survey

_MONTHS = "januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember"
_AROUND: tuple[tuple[str, str, str, str, str], ...] = (
    ("tanggal", rf"(\d{{1,2}} (?:{_MONTHS}) \d{{4}})", "D MMMM YYYY", "hari", "date"),
    ("semester", r"(semester [i12]+ tahun \d{4})", "Semester S Tahun YYYY", "semester", "period"),
    ("semester", r"(semester [i12]+ \d{4})", "Semester S YYYY", "semester", "period"),
    ("triwulan", r"(triwulan [iv1-4]+ tahun \d{4})", "Triwulan Q Tahun YYYY", "triwulan", "period"),
    ("triwulan", r"(triwulan [iv1-4]+ \d{4})", "Triwulan Q YYYY", "triwulan", "period"),
    ("bulan", rf"((?:{_MONTHS}) tahun \d{{4}})", "MMMM Tahun YYYY", "bulan", "period"),
    ("bulan", rf"((?:{_MONTHS}) \d{{4}})", "MMMM YYYY", "bulan", "period"),
    ("tahun", r"((?:19|20)\d{2})", "YYYY", "tahun", "period"),
)  # fmt: skip
_SHORT = {"D MMMM YYYY": r"(\d{1,2} [a-z]+ \d{4})", "MMMM YYYY": r"([a-z]+ \d{4})"}
_IN_FILE_NAME = (
    ("semester", r"(\d{4})[-_ ]*(?:sem|semester|smt)[-_ ]*(\d)", "YYYY S", "semester"),
    ("bulan", r"((?:19|20)\d{2}-(?:0[1-9]|1[0-2]))(?!\d)", "YYYY-MM", "bulan"),
    ("tahun", r"(?:^|\D)((?:19|20)\d{2})(?=\D|$)", "YYYY", "tahun"),
)  # fmt: skip
_NOT_OF_FIGURES = re.compile(
    r"lahir|birth|update|create|ubah|buat|unggah|upload|terbit|akses|daftar|berlaku|last|modified|dibentuk|berdiri|mulai|selesai|jadwal|evaluasi",
    re.IGNORECASE,
)
"""Times of something else than the figures of a row."""
MOST_TEXTS = 40
"""Texts above a table that may still be its title; a page has hundreds."""
_FINEST = ("hari", "minggu", "minggu_bulan", "bulan", "triwulan", "semester", "tahun")
_ABOUT = re.compile(r"tanggal|tgl|date|tahun|year|bulan|month|period", re.IGNORECASE)
_IN_TITLE = r"((?:19|20)\d{2})"
_YEAR = re.compile(r"(?:^|[\W_])(?:tahun|thn|year)(?:$|[\W_])", re.IGNORECASE)


def joined_period(columns: Sequence[Column]) -> ColumnDraft | None:
    """A month, quarter or semester and a year in columns of their own, as one period."""
    year = next((column for column in columns if _YEAR.search(column.header) and _share(column, r"(?:19|20)\d{2}(?:\.0)?") >= 0.8), None)
    for column in columns if year else ():
        found = _part_of_year(column)
        if found and year and column is not year:
            name, notation, grain = found
            keys: dict[str, object] = {"join": [column.header, year.header], "type": "period", "format": notation}
            return ColumnDraft(name, keys, f"{column.header} dan {year.header} digabung", "", grain)
    return None


def year_of(columns: Iterable[ColumnDraft], above: Sequence[str]) -> object:
    """Where the year of months stands: the header of a column of years, or a pattern for a title; None where nowhere."""
    for column in columns:
        if column.type == "period" and column.grain == "tahun" and column.header:
            return column.header
    return {"title": _IN_TITLE} if any(re.search(_IN_TITLE, text) for text in above) else None


def months_below_years(columns: Iterable[ColumnDraft], rows: Sequence[Column], given: str) -> None:
    """Names of months below headings that are years become one period. ``given``: the column that the headings give."""
    of_months = {column.header for column in rows if column.filled and all(map(month_number, column.filled))}
    for column in columns if given == "tahun" else ():
        if column.header in of_months and column.type == "text":
            column.keys = {"join": [column.header, given], "type": "period", "format": "MMMM YYYY"}
            column.note, column.grain = "bulan dari barisnya, tahun dari judul kelompok", "bulan"


def _part_of_year(column: Column) -> tuple[str, str, str] | None:
    if column.filled and all(month_number(text) for text in column.filled):
        return "bulan", "MMMM YYYY", "bulan"
    header = column.header.casefold()
    for word, notation, grain, shape in (
        ("bulan", "M YYYY", "bulan", r"0?[1-9]|1[0-2]"), ("semester", "S YYYY", "semester", "[12]|I{1,2}"),
        ("triwulan", "Q YYYY", "triwulan", "[1-4]|I{1,3}|IV"), ("bln", "M YYYY", "bulan", r"0?[1-9]|1[0-2]"),
    ):  # fmt: skip
        if word in header and _share(column, shape) == 1:
            return grain, notation, grain
    return None


def _share(column: Column, shape: str) -> float:
    total = column.filled.total()
    return sum(count for text, count in column.filled.items() if re.fullmatch(shape, text, re.IGNORECASE)) / total if total else 0.0


def main_period(columns: Iterable[ColumnDraft], rows: Sequence[Column]) -> ColumnDraft | None:
    """The column that says what time a row speaks of: the finest, filled nearly everywhere."""
    filled = {column.header: len(column.texts) and column.filled.total() / len(column.texts) for column in rows}
    times = [
        c for c in columns if c.is_time and c.grain and not _NOT_OF_FIGURES.search(c.header or "") and filled.get(c.header, 1.0) >= 0.95
    ]
    dates = [column for column in times if column.type != "timestamp"] or times
    return min(dates, key=lambda column: (bool(column.header) and column.type == "timestamp", _FINEST.index(column.grain)), default=None)


def period_around(survey: Survey, taken: set[str]) -> ColumnDraft | None:
    """A period column out of fields beside the records, texts above the table, or the file's name; None where none names a time."""
    return _in_document(survey, taken) or _in_title(survey, taken) or _in_file_name(survey, taken)


def _in_document(survey: Survey, taken: set[str]) -> ColumnDraft | None:
    for path, text in survey.document.items():
        found = timing(Counter([text]), speaks_of_time=True)
        if found and found.type != "timestamp" and _ABOUT.search(path) and not _NOT_OF_FIGURES.search(path):
            keys: dict[str, object] = {"document": path, "type": found.type, "format": found.format}
            return ColumnDraft(_name(slug(path.rpartition(".")[2]), taken), keys, "", "", found.grain)
    return None


def _in_title(survey: Survey, taken: set[str]) -> ColumnDraft | None:
    for name, pattern, notation, grain, kind in _AROUND if len(survey.above) <= MOST_TEXTS else ():
        text = next((match[1] for each in survey.above if (match := re.search(pattern, each, re.IGNORECASE))), None)
        if text and moments([text], notation):
            written = _shortest(survey.above, _SHORT.get(notation, pattern), pattern, notation)
            keys: dict[str, object] = {"title": written, "type": kind, "format": notation}
            return ColumnDraft(_name(name, taken), keys, "dari judul di atas tabel", "", grain)
    return None


def _in_file_name(survey: Survey, taken: set[str]) -> ColumnDraft | None:
    for name, pattern, notation, grain in _IN_FILE_NAME:
        match = re.search(pattern, survey.file_name, re.IGNORECASE)
        if match and moments([" ".join(match.groups())], notation):
            keys: dict[str, object] = {"file_name": pattern, "type": "period", "format": notation}
            return ColumnDraft(_name(name, taken), keys, "dari nama berkas", "", grain)
    return None


def _shortest(above: Sequence[str], short: str, pattern: str, notation: str) -> str:
    """The shorter pattern where it finds the same text first."""
    found = next((match[1] for text in above if (match := re.search(short, text, re.IGNORECASE))), "")
    return short if moments(Counter([found]), notation) else pattern


def _name(name: str, taken: set[str]) -> str:
    return name if name not in taken else slug(f"{name} data")
