"""Texts of several columns as one, row by row, leaving out what is missing.

pyarrow's own ``null_handling="skip"`` drops the rows in which every text is null (seen in pyarrow 26) and so moves all rows behind them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc


def side_by_side(texts: Sequence[pa.Array], between: str = " ") -> pa.Array:
    """The texts of each row joined by ``between``; null where all of them are null. At least one column."""
    together = texts[0]
    for text in texts[1:]:
        together = pc.coalesce(pc.binary_join_element_wise(together, text, between), together, text)
    return together
