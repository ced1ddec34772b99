"""Days and months that a spreadsheet has swapped: 1/2/2025 typed as the first of February is the second of January where Excel speaks American.

It leaves a trace. What it could take for a date (days up to the 12th) is a native date by then, and swapped; what it could not stayed text. A column
in which every native date is of days 1 to 12 and every text of later ones, and whose native dates lie in the months of the texts once they are
swapped back, was typed by nobody. It is never swapped here: a person decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from contracts.dataset import Dataset
from extractors.cells import DATE, CellColumn
from extractors.coerce.dates import date_reader, native_date, within_calendar
from extractors.report import Finding

LAST_MONTH = 12
FEWEST, FEWEST_IN_A_YEAR = 3, 5
"""Different days of each kind: where the native dates lie elsewhere than the texts, and where they could be right as well."""
MOST_KNOWN = 10_000
Days = Counter[date]


class SwappedDays:
    """Gathers, chunk after chunk, which days of a column are native and which are texts."""

    def __init__(self, dataset: Dataset) -> None:
        times = ("date", "timestamp", "period")
        self._columns = {name: column for name, column in dataset.contract.columns.items() if column.type in times and not column.codes}
        zone = ZoneInfo(dataset.zone)
        self._readers = {name: date_reader(column.format, zone, None) for name, column in self._columns.items()}
        self._native: dict[str, Counter[str]] = {name: Counter() for name in self._columns}
        self._text: dict[str, Counter[str]] = {name: Counter() for name in self._columns}

    def take(self, columns: Mapping[str, CellColumn]) -> None:
        """The cells of the next chunk; those of formats without native cells cost nothing."""
        if all(cells.kind is None for cells in columns.values()):
            return
        for name in self._columns:
            if (cells := columns.get(name)) is not None:
                is_native = pa.repeat(False, len(cells.text)) if cells.kind is None else pc.equal(cells.kind, DATE)
                _count(self._native[name], cells.text.filter(is_native))
                _count(self._text[name], cells.text.filter(pc.invert(is_native)))

    def findings(self) -> Iterator[Finding]:
        """One for each column that bears the trace."""
        read_native = within_calendar(native_date)
        for name, column in self._columns.items():
            if self._native[name] and self._text[name]:
                native = _days(self._native[name], read_native)
                texts = _days(self._text[name], self._readers[name])
                if are_swapped(native, texts):
                    yield _finding(name, native, texts, is_shown=not column.pribadi)


def are_swapped(native: Days, texts: Days) -> bool:
    """Whether the days of a column bear the trace."""
    if not native or not texts or max(day.day for day in native) > LAST_MONTH or min(day.day for day in texts) <= LAST_MONTH:
        return False
    months = {(day.year, day.month) for day in texts}
    is_right = all((day.year, day.month) in months for day in native)
    fewest = FEWEST_IN_A_YEAR if is_right else FEWEST
    return (
        min(len(native), len(texts)) >= fewest
        and all((day.year, day.day) in months for day in native)
        and any(day.day != day.month for day in native)
    )


def _count(counter: Counter[str], texts: pa.Array) -> None:
    if len(texts) > texts.null_count and len(counter) < MOST_KNOWN:
        counts = texts.drop_null().value_counts()
        counter.update(dict(zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)))


def _days(texts: Counter[str], read: Callable[[str], str | None]) -> Days:
    days: Days = Counter()
    for text, rows in texts.items():
        if day := read(" ".join(text.split())):
            days[date.fromisoformat(day)] += rows
    return days


def _finding(name: str, native: Days, texts: Days, *, is_shown: bool) -> Finding:
    rule_id, swapped = f"drift.{name}.hari_bulan", next(day for day in native if day.day != day.month)
    example = f" (misalnya {swapped:%d/%m/%Y}, yang mungkin seharusnya {swapped.replace(month=swapped.day, day=swapped.month):%d/%m/%Y})"
    message = (
        f"Hari dan bulan di kolom {name} tampaknya tertukar{example if is_shown else ''}: {native.total()} sel yang disimpan sebagai tanggal semuanya "
        f"bertanggal 1-12, sedangkan {texts.total()} sel yang tertulis sebagai teks semuanya bertanggal 13 ke atas; begitulah bekas Excel "
        f"berlokal Amerika Serikat. Minta OPD membetulkan tanggalnya lalu mengirim lagi; bila memang benar, terima dengan `--terima {rule_id}`."
    )
    return Finding(
        rule="drift", rule_id=rule_id, severity="hold", outcome="fail", column=name, checked=native.total() + texts.total(), failed=native.total(),
        observed="tanggal 1-12 sebagai tanggal, 13-31 sebagai teks", expected="satu cara menulis tanggal", message=message, source="drift",
    )  # fmt: skip
