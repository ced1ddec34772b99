"""Another dataset as the warehouse knows it: its key, its figures and its codes. Its contract may stand in nobody's reach; its rows do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection

from contracts.rules.columns import MEASURES, TIMES
from expectations.rules.sql import literal, quote
from warehouse.code_columns import CodeColumn, code_columns, columns_of
from warehouse.trusted import Trusted


@dataclass(frozen=True)
class Described:
    """What a comparison must know of the dataset."""

    key: Sequence[str]
    """Without the period, and without the columns that only tell regions of one name apart."""
    measures: frozenset[str]
    own: set[str]
    """Columns that its raw table has; the others stand in `tambahan`."""
    codes: Mapping[str, CodeColumn]

    def figure(self, column: str) -> str:
        """SQL: a figure of raw row `r`; null where the row was accepted while the column held text."""
        if column in self.own:
            return f"r.{quote(column)}::numeric"
        cell = f"r.tambahan -> {literal(column)}"
        return f"case when jsonb_typeof({cell}) = 'number' then ({cell})::numeric end"


def describe(conn: Connection, dataset: str, of: Trusted) -> Described:
    """The dataset by the contract registered last."""
    rows = conn.execute(
        """select c.column_name, c.type, c.is_key, c.within, d.grain from ops.dataset_column c join ops.dataset d using (dataset_id)
           where c.dataset_id = %s order by c.position""",
        [of.dataset_id],
    ).fetchall()
    parents = {within for _, _, _, within, _ in rows}
    key = [name for name, kind, is_key, _, grain in rows if is_key and name not in parents and not (grain and kind in TIMES)]
    measures = frozenset(name for name, kind, *_ in rows if kind in MEASURES)
    codes = {code.column_name: code for code in code_columns(conn, dataset)}
    return Described(key, measures, columns_of(conn, of.raw_table), codes)
