"""What the tests of cell reading share: one contract column on its own, and a mark for cells that are not castable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.models.contract import Contract
from extractors.coerce.column import ColumnReader
from extractors.coerce.types import Circumstances

JAKARTA = ZoneInfo("Asia/Jakarta")
FETCHED_AT = datetime(2025, 3, 31, 10, 30, tzinfo=JAKARTA)
UNREADABLE = "<tidak terbaca>"
"""Stands for a cell that is not castable, to tell it from one that is empty."""

Read = Callable[..., list[str | None]]


def column_reader(column: dict[str, object], fetched_at: datetime | None = FETCHED_AT, **contract: object) -> ColumnReader:
    whole = {"title": "Uji", "source": {"kind": "file", "url": "x.csv"}, "write": "snapshot", "key": ["c"], **contract}
    return ColumnReader(Contract.model_validate({"columns": {"c": column}, **whole}), "c", Circumstances(JAKARTA, fetched_at))
