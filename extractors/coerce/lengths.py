"""How long a text may be that is looked up or tells rows apart.

Such texts stand in indexes of the warehouse, which take no entry beyond 2,704 bytes. One cell of megabytes would otherwise be accepted
here and stop the next release of everybody; so it is a cell that cannot be read, and its row goes back to its agency.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from contracts.models.contract import Contract

LOOKED_UP = ("code", "wilayah", "unit")
LOOKED_UP_BYTES = 300
"""The longest name of a region or a unit is a third of it."""
KEY_BYTES = 2_000
"""All columns of a key together."""


def longest_bytes(contract: Contract, name: str) -> int | None:
    """The most bytes of UTF-8 that a text of this column may have; None for any number."""
    if contract.columns[name].type in LOOKED_UP:
        return LOOKED_UP_BYTES
    return KEY_BYTES // len(contract.key) if name in contract.key else None


def bounded(text: pa.Array, most: int | None) -> pa.Array:
    """The texts that are not longer, null for those that are."""
    if most is None:
        return text
    is_long = pc.greater(pc.binary_length(text), most)
    return pc.if_else(is_long, pa.scalar(None, pa.string()), text) if pc.any(is_long).as_py() else text
