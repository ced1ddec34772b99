"""Prevents a cell from reaching PostgreSQL as another text, or as another cell."""

from __future__ import annotations

import pyarrow as pa
import pytest

from warehouse.copy_text import copy_text

TEXTS = [
    "", None, r"\N", "\\", "\\\\n", "a\tb", "a\nb", "a\r\nb", r"\.", r"\x41", '"', '""', 'kata "petik"', "a;b,c|d", " tepi ", "é 🐟 ", "\\\t\n\r\"",
]  # fmt: skip


@pytest.mark.parametrize("rows", [1, len(TEXTS)])
def test_every_text_arrives_as_it_was(database, rows):
    """Also in a slice of a larger table, where the memory behind a column holds more than its cells."""
    table = pa.table({"n": [str(n) for n in range(len(TEXTS))], "t": pa.array(TEXTS, pa.string()), "kosong": pa.nulls(len(TEXTS))})
    with database.connect() as conn:
        conn.execute("create temp table uji (n int, t text, kosong text)")
        for start in range(0, len(TEXTS), rows):
            with conn.cursor().copy("copy uji from stdin with (freeze false)") as copy:
                copy.write(copy_text(table.slice(start, rows)))
        assert conn.execute("select t, kosong from uji order by n").fetchall() == [(text, None) for text in TEXTS]
