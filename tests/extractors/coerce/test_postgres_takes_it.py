"""Prevents one cell from stopping a whole load: whatever a reader lets through, PostgreSQL can cast and store."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest

from extractors.cells import CellColumn
from tests.conftest import Database
from tests.extractors.coerce import test_dates, test_numbers
from tests.extractors.coerce.cell_reading import column_reader
from warehouse.names import PG_TYPES

NOTATIONS = {
    "date": ["D/M/YYYY", "YYYYMM", "D MMM YY", "epoch_s", "epoch_ms", "relative"], "period": ["YYYY", "MMM YYYY (W)", "YYYY S", "Q YYYY"],
    "timestamp": ["D/M/YYYY HH:mm", "epoch_s", "epoch_ms", "relative"],
}  # fmt: skip
EDGES = [
    "0001-01-01", "9999-12-31", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "1880-01-01 00:00", "31/12/9999 24:00", "999999999999999",
    "-999999999999999", "9999 tahun yang lalu", "2 tahun yang lalu", "4/1582", "1e99", "1e-99", "-0", "+0", "00", "0.0", ",0", "-.5", "9" * 60, "9" * 59 + ".9",
    "\x00", "a\x00b", "\ud7ff", "\uffff", "\U0010ffff", "\\N", "\\.", '"', "'", "a\tb", "\r", "null", "NULL", "true", "t", "infinity", "epoch", "now",
]  # fmt: skip
ALPHABET = "0123456789.,-+() Rp%eE/:TZ*r'\"\\\u00a0−°JanuariMetSbK\x00\n"


def cells() -> list[str]:
    """Every case of the other tables, edges, and texts made of what figures and dates are made of."""
    chance = random.Random(20250131)
    made = ["".join(chance.choices(ALPHABET, k=chance.randint(1, 14))) for _ in range(4_000)]
    figures = [case[0] for table in (test_numbers.ID, test_numbers.EN, test_numbers.PLAIN, test_numbers.UNDECLARED) for case in table]
    dates = [case[0] for case in test_dates.USUAL]
    return [*EDGES, *made, *figures, *dates, *test_numbers.HOSTILE, *test_dates.HOSTILE]


@pytest.mark.parametrize("type_", PG_TYPES)
@pytest.mark.parametrize("kind", [0, 1, 2, 3])
def test_what_is_let_through_can_be_stored(module_database: Database, type_: str, kind: int) -> None:
    published = pa.array(cells(), pa.string())
    kinds = pa.array([kind] * len(published), pa.uint8()) if kind else None
    found: set[str] = set()
    for numbers in ("id", "en", "plain", None):
        for notation in (None, *NOTATIONS.get(type_, ())):
            column = {"type": type_, "numbers": numbers, "format": notation}
            found |= set(column_reader(column, key=["k"])(CellColumn(published, kinds)).text.drop_null().to_pylist())
    assert found or (kind == 3 and PG_TYPES[type_] not in ("text", "boolean")) or (kind == 2 and type_ in ("code", "wilayah", "unit"))
    with module_database.connect() as conn:
        cast = f"select count(x::{PG_TYPES[type_]}) from unnest(%s::text[]) x"
        assert conn.execute(cast.encode(), [sorted(found)]).fetchone() == (len(found),)
