"""Marks beside a figure that say how firm it is: ``123*`` is 123, provisional (contract page, `flags`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from extractors.coerce.memo import Memo
from extractors.marks import RAISED
from extractors.side_by_side import side_by_side


class Flags:
    """The flags of a contract; a figure carries at most one, written behind it."""

    def __init__(self, flags: Mapping[str, str]) -> None:
        flags = {flag.translate(RAISED): status for flag, status in flags.items()} | dict(flags)
        longest_first = sorted(flags, key=len, reverse=True)
        self._pattern = f"(?i)^(?P<figure>.*[0-9%)]) ?(?P<flag>{'|'.join(map(re.escape, longest_first))})$"
        self._status = Memo({flag.lower(): status for flag, status in flags.items()}.get)
        self._none = not flags

    def __call__(self, text: pa.Array) -> tuple[pa.Array, pa.Array | None]:
        """Texts without their flags, and the status each flag stands for (None where no cell bears one)."""
        if self._none:
            return text, None
        split = pc.extract_regex(text, self._pattern)
        if split.null_count == len(split):
            return text, None
        status = self._status(pc.utf8_lower(split.field("flag")))
        return pc.if_else(split.is_valid(), split.field("figure"), text), pc.if_else(split.is_valid(), status, pa.scalar(None, pa.string()))


def one_status(columns: Sequence[pa.Array], rows: int) -> pa.Array:
    """One status per row out of the statuses of its figures: each different one once, in column order; null where no figure has one."""
    if not columns:
        return pa.nulls(rows, pa.string())
    if len(columns) == 1:
        return columns[0]
    return _DISTINCT(side_by_side(columns, _BETWEEN))


_BETWEEN = "\x1f"
_DISTINCT = Memo(lambda joined: ", ".join(dict.fromkeys(joined.split(_BETWEEN))))
