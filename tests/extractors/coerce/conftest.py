"""`read`: cells through a real contract column, as `parse` does it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from extractors.cells import CellColumn
from tests.extractors.coerce.cell_reading import UNREADABLE, Read, column_reader


@pytest.fixture
def read() -> Read:
    def read(column: dict[str, object], *cells: str | None, kind: int = 0, **contract: object) -> list[str | None]:
        kinds = pa.array([kind] * len(cells), pa.uint8()) if kind else None
        coerced = column_reader(column, **contract)(CellColumn(pa.array(cells, pa.string()), kinds))
        unreadable = coerced.unreadable.to_pylist() if coerced.unreadable is not None else [False] * len(cells)
        return [UNREADABLE if bad else text for text, bad in zip(coerced.text.to_pylist(), unreadable, strict=True)]

    return read
