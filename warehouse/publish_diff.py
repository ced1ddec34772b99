"""Making a published table say what its source says, and keeping what that changed: rows removed, changed and added, by primary key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg import Connection

from warehouse.captured_keys import in_step, keys_of, knows_changes
from warehouse.figure_history import begin, go_on
from warehouse.names import relation
from warehouse.personal import Personal, in_changes, in_table
from warehouse.published import STAMP, PublishedTable
from warehouse.row_changes import Sides, compare, compare_keys, detail
from warehouse.row_ledger import keep
from warehouse.withdrawn import Withdrawal, held_withdrawn


@dataclass(frozen=True)
class TableChange:
    """What one release did to one table."""

    name: str
    added: int
    changed: int
    removed: int
    rows: int
    whole: bool = False
    """The table is new: all its rows were added, and none is kept one by one."""

    @property
    def any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.added or self.changed or self.removed)

    @property
    def share(self) -> float:
        """How much of the table is another than before."""
        return (self.added + self.changed + self.removed) / max(self.rows, 1)


@dataclass(frozen=True)
class Move:
    """What all tables of one release have in common."""

    release_id: int
    at: datetime
    withdrawn: Sequence[Withdrawal] = ()
    rebuilding: bool = False
    """The first release after a withdrawal: what rows that held withdrawn figures said before is not kept."""
    personal: list[Personal] = field(default_factory=list)
    """Rows found on the way that nobody may read."""
    obeys: bool = True
    """Whether rows that were rolled back stay as they are; a rollback itself moves them."""


def fill(conn: Connection, table: PublishedTable, move: Move) -> TableChange:
    """Put all rows of the source into a table that was just created."""
    sides = Sides(conn, table, move.withdrawn)
    added = conn.execute(
        f"insert into {table.target} ({', '.join(sides.names)}, {STAMP}) select {', '.join(f'k.{n}' for n in sides.names)}, %s from {sides.k}",
        [move.at],
    ).rowcount
    begin(conn, table, move.release_id, move.at)
    move.personal.extend(in_table(conn, table))
    in_step(conn, table, whole=True)
    return TableChange(table.published_as, added, 0, 0, added, whole=True)


def apply(conn: Connection, table: PublishedTable, move: Move, reshaped: bool = False) -> TableChange:
    """Make a published table equal to its source; rows that say the same are not touched. Within the publishing transaction.

    `reshaped`: it has just gained a column.
    """
    sides = Sides(conn, table, move.withdrawn)
    known = not reshaped and knows_changes(conn, table)
    differing = compare_keys(conn, sides, keys_of(table)) if known else compare(conn, sides)
    change, kept_back = apply_found(conn, sides, move, differing)
    in_step(conn, table, whole=not kept_back)
    return change


def apply_found(conn: Connection, sides: Sides, move: Move, differing: int) -> tuple[TableChange, int]:
    """Carry out what `compare` or `compare_keys` has just found; what it came to, and how many rows were left as they are on purpose."""
    table, kept_back = sides.table, 0
    counts: dict[str, int] = {}
    if differing:
        detail(conn, sides)
        kept_back = _leave_rolled_back(conn, table) if move.obeys else 0
        _write(conn, sides, move.at)
        keep(conn, table, move.release_id, held_withdrawn(conn, table) if move.rebuilding and table.figures else "false")
        go_on(conn, sides, move.release_id, move.at)
        move.personal.extend(in_changes(conn, table))
        counts = dict(conn.execute("select change, count(*) from rincian group by 1").fetchall())
    return TableChange(
        table.published_as, counts.get("added", 0), counts.get("changed", 0), counts.get("removed", 0), count(conn, table.target)
    ), kept_back


def _leave_rolled_back(conn: Connection, table: PublishedTable) -> int:
    """Rows that were rolled back stay; and while there are any, so does whatever they may lead to."""
    left = conn.execute(
        "delete from rincian r using ops.rolled_back_row f where f.table_name = %s and f.key = r.key", [table.published_as]
    ).rowcount
    if not table.figures:
        left += conn.execute("delete from rincian where change = 'removed' and exists (select from ops.rolled_back_row)").rowcount
    return left


def _write(conn: Connection, sides: Sides, at: datetime) -> None:
    target = sides.table.target
    conn.execute(f"delete from {target} t using rincian r where t.ctid = r.lama and r.change = 'removed'")
    values = [f"{name} = k.{name}" for name in sides.others] + [f"{name} = null" for name in sides.closed]
    if values:
        conn.execute(
            f"""update {target} t set {", ".join(values)}, {STAMP} = %s
                from rincian r join {sides.k} on k.__tid = r.baru where t.ctid = r.lama and r.change = 'changed'""",
            [at],
        )
    conn.execute(
        f"""insert into {target} ({", ".join(sides.names)}, {STAMP})
            select {", ".join(f"k.{name}" for name in sides.names)}, %s from rincian r join {sides.k} on k.__tid = r.baru where r.change = 'added'""",
        [at],
    )


def count(conn: Connection, relation: str) -> int:
    """Rows of a relation."""
    row = conn.execute(f"select count(*) from {relation}").fetchone()
    return int(row[0]) if row else 0


def empty(conn: Connection, name: str) -> TableChange:
    """Take every row of a published table away: its dataset is no longer open, so no record of the rows is kept either."""
    return TableChange(name, 0, 0, conn.execute(f"delete from {relation(name)}").rowcount, 0)
