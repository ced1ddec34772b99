"""What a column is once its cells were read: canonical text that PostgreSQL casts, and which cells nobody could read.

Values stay text up to the database. A figure that never passes through a float arrives with the digits it was published with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

Read = Callable[[pa.Array], pa.Array]
"""Tidy texts -> canonical texts; null where there was nothing to read, and where it could not be read."""


@dataclass(frozen=True)
class Coerced:
    """One typed column of a chunk."""

    text: pa.Array
    """pa.string(): canonical text; null where the cell is empty, missing, or not castable."""
    published: pa.Array
    """pa.string(): what the file says."""
    unreadable: pa.Array | None = None
    """pa.bool_(): cells that hold something which is not of the type; None = there is none."""
    status: pa.Array | None = None
    """pa.string(): status of the figure, from a flag beside it; None = there is none."""


def lost(before: pa.Array, after: pa.Array) -> pa.Array | None:
    """Where reading lost a text that was there; None when nothing was lost."""
    if after.null_count == before.null_count:
        return None
    return pc.and_(before.is_valid(), after.is_null())


def either(first: pa.Array | None, second: pa.Array | None) -> pa.Array | None:
    """Two masks as one, where each may be absent."""
    if first is None or second is None:
        return second if first is None else first
    return pc.or_(first, second)


def by_kind(text: pa.Array, kind: pa.Array | None, native: int, read_native: Read, read_text: Read) -> pa.Array:
    """Read native cells by one function and texts by another, each seeing only its own cells."""
    is_native = None if kind is None else pc.equal(kind, native)
    if is_native is None or not pc.any(is_native).as_py():
        return read_text(text)
    if pc.all(is_native).as_py():
        return read_native(text)
    nothing = pa.scalar(None, pa.string())
    return pc.if_else(is_native, read_native(pc.if_else(is_native, text, nothing)), read_text(pc.if_else(is_native, nothing, text)))
