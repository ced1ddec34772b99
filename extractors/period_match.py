"""``period.must_match``: the rows' periods against what the title, sheet, file name or address of the same figures says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from contracts.dataset import Dataset
from contracts.models.checks import DEFAULT_SEVERITY
from contracts.models.columns import Column
from contracts.models.contract import Period
from extractors.cells import LongChunk
from extractors.coerce.mentions import mentioned
from extractors.coerce.periods import covered
from extractors.report import Finding

_WITNESS = "\x1fwitness"
_WITH_A_YEAR = r"(.*(?:19|20)\d\d.*)"
_WORDS = {"title": "judul", "file_name": "nama berkas", "sheet_name": "nama lembar", "url": "alamat"}


class PeriodMatch:
    """Gathers, chunk after chunk, which periods stand under which text; tells at the end whether they belong together."""

    def __init__(self, dataset: Dataset) -> None:
        self._period = dataset.contract.period
        self._seen: Counter[tuple[str | None, str]] = Counter()

    def witnessed(self, dataset: Dataset) -> Dataset:
        """The dataset with the text to match asked for as one more column, so that it comes along with every row."""
        if self._period is None or self._period.must_match is None:
            return dataset
        witness = Column.model_validate({self._period.must_match: _WITH_A_YEAR, "type": "text", "optional": True})
        columns = {**dataset.contract.columns, _WITNESS: witness}
        return replace(dataset, contract=dataset.contract.model_copy(update={"columns": columns}))

    def take(self, chunk: LongChunk, first_days: pa.Array) -> None:
        """Note the periods of a chunk."""
        if _WITNESS in chunk.columns:
            pairs = pa.table({"text": chunk.columns[_WITNESS].text, "first": first_days})
            counted = pairs.filter(pc.is_valid(first_days)).group_by(["text", "first"]).aggregate([([], "count_all")]).to_pydict()
            self._seen.update(dict(zip(zip(counted["text"], counted["first"], strict=True), counted["count_all"], strict=True)))

    def findings(self) -> list[Finding]:
        """One finding for the batch; none where the contract asks for no match."""
        if self._period is None or self._period.must_match is None:
            return []
        wrong = {pair: rows for pair, rows in self._seen.items() if not self._agree(*pair)}
        return [self._finding(self._period, wrong)]

    def _agree(self, text: str | None, first_day: str) -> bool:
        days = mentioned(text) if text else None
        own = covered(first_day, self._period.grain) if self._period else None
        return days is not None and own is not None and own[0] <= days[1] and days[0] <= own[1]

    def _finding(self, period: Period, wrong: dict[tuple[str | None, str], int]) -> Finding:
        where = _WORDS[period.must_match or "title"]
        text, first_day = next(iter(wrong), (None, ""))
        shown = f'"{text}"' if text else "(tidak menyebut tahun)"
        message = f"Periode data sesuai dengan {where} berkasnya."
        if wrong:
            start = f"{date.fromisoformat(first_day):%d/%m/%Y}"
            message = f"Data mulai {start}, sedangkan {where} berkasnya {shown}. Periksa apakah berkas lama terkirim sebagai data baru."
        return Finding(
            rule="period", rule_id="period", severity=DEFAULT_SEVERITY["period"], outcome="fail" if wrong else "pass", column=period.column,
            checked=sum(self._seen.values()), failed=sum(wrong.values()), observed=first_day, expected=shown if wrong else "",
            message=message,
        )  # fmt: skip
