"""Rows and columns that a file holds and nobody sees: said of each batch, since whoever checked the file on the screen has not checked them.

A workbook is read with them: a filter left on would otherwise lose most of its rows. A page is read without: what it hides are patterns and
texts for programs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from contracts.models.checks import DEFAULT_SEVERITY
from contracts.text import visible
from extractors.grid import OutOfSight
from extractors.report import Finding

RULE = "hidden"
MOST_TOLD = 5


class UnseenTable(NamedTuple):
    """One table, and what nobody sees of its sheet or page."""

    place: str
    out_of_sight: OutOfSight
    header_row: int
    headers: Mapping[int, str]
    """Column from 0 -> its header, of the columns that are read."""


def unseen(tables: Sequence[UnseenTable]) -> Iterator[Finding]:
    """One warning for a batch that holds something unseen."""
    told = [(table.place, words) for table in tables for words in _words(table)]
    if told:
        more = f"; dan {len(told) - MOST_TOLD} hal serupa" if len(told) > MOST_TOLD else ""
        said = "; ".join(f"{visible(place)}: {words}" for place, words in told[:MOST_TOLD])
        yield Finding(
            rule=RULE, rule_id=RULE, severity=DEFAULT_SEVERITY[RULE], outcome="fail", column=None, checked=len(tables), failed=len(told),
            observed=said, expected="semua baris dan kolom tampak",
            message=f"{said}{more}. Periksa apakah itu memang data; bila bukan, minta OPD menghapusnya dari berkas.",
        )  # fmt: skip


def _words(table: UnseenTable) -> Iterator[str]:
    rows = [row for row in table.out_of_sight.rows if row > table.header_row]
    if rows:
        yield f"{len(rows)} baris yang disembunyikan atau tersaring ikut dibaca (pertama baris {rows[0]})"
    if columns := [visible(header) for column, header in table.headers.items() if column in table.out_of_sight.columns]:
        yield f"kolom yang disembunyikan ikut dibaca ({', '.join(columns)})"
    if table.out_of_sight.left_out:
        yield f"{table.out_of_sight.left_out} baris yang disembunyikan halamannya tidak dibaca"
