"""What stands in ``_cacat`` of a row with cells nobody could read: column -> the text its agency published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from extractors.coerce.result import Coerced, either
from extractors.coerce.tidy import tidy

LONGEST = 500
"""Characters kept of a text: enough to find it in the file."""


def faults(columns: Mapping[str, Coerced], rows: int) -> pa.Array:
    """One JSON object per row with unreadable cells; null for every other row."""
    nothing = pa.nulls(rows, pa.string())
    any_unreadable = reduce(either, (column.unreadable for column in columns.values()), None)
    if any_unreadable is None or not any_unreadable.true_count:
        return nothing
    where = pc.indices_nonzero(any_unreadable)
    found: list[dict[str, str]] = [{} for _ in range(len(where))]
    for name, column in columns.items():
        if column.unreadable is not None:
            _note(found, name, column.published.take(where), column.unreadable.take(where))
    return pc.replace_with_mask(nothing, any_unreadable, pa.array([json.dumps(one, ensure_ascii=False) for one in found], pa.string()))


def doubted(column: Coerced, doubt: pa.Array) -> Coerced:
    """A column that cannot be read in rows with a doubt, which stands behind its text there: by the first of the key the row is set aside."""
    is_doubted = doubt.is_valid()
    named = pc.binary_join_element_wise(pc.fill_null(column.published, ""), " [", pc.fill_null(doubt, ""), "]", "")
    text = pc.if_else(is_doubted, pa.scalar(None, pa.string()), column.text)
    return Coerced(text, pc.if_else(is_doubted, named, column.published), either(column.unreadable, is_doubted), column.status)


def _note(found: list[dict[str, str]], name: str, published: pa.Array, unreadable: pa.Array) -> None:
    texts = pc.utf8_slice_codeunits(tidy(published, figures=True), 0, LONGEST).to_pylist()
    for fault, text, is_unreadable in zip(found, texts, unreadable.to_pylist(), strict=True):
        if is_unreadable:
            fault[name] = text
