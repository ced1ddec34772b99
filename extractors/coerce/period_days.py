"""First and last day of each row's period: what joins figures of different sources in time, whatever their columns are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from contracts.models.contract import Contract
from contracts.placeholders import fill
from extractors.coerce.periods import covered, period_reader
from extractors.coerce.result import Coerced


class PeriodDays:
    """The days of the periods of one batch, by ``period:`` of its contract; none where it has no period."""

    def __init__(self, contract: Contract, penerbit: str, nilai: Mapping[str, str]) -> None:
        self._period = contract.period
        self._known: dict[str, tuple[date, date] | None] = {}
        self._constant: str | None = None
        if self._period and self._period.value is not None:
            self._constant = period_reader(None, self._period.grain)(fill(self._period.value, penerbit, nilai))

    def __call__(self, columns: Mapping[str, Coerced], rows: int) -> tuple[pa.Array, pa.Array]:
        """First days and last days, as ISO text; null where a row's period could not be read."""
        if self._period is None or self._period.column is None:
            return self._of(pa.array([self._constant] * rows, pa.string()))
        return self._of(columns[self._period.column].text)

    def _of(self, periods: pa.Array) -> tuple[pa.Array, pa.Array]:
        encoded = periods.dictionary_encode()
        days = [self._days(text) for text in encoded.dictionary.to_pylist()]
        first, last = (pa.array([one and one[end].isoformat() for one in days], pa.string()) for end in (0, 1))
        return first.take(encoded.indices), last.take(encoded.indices)

    def _days(self, text: str) -> tuple[date, date] | None:
        if self._period is not None and text not in self._known:
            self._known[text] = covered(text, self._period.grain)
        return self._known.get(text)
