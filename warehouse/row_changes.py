"""Which rows of a published table differ from its source, and what of them: found once, in one pass, then used by every step of a release.

Two temporary tables of the transaction: `perubahan` holds the places of the rows that differ, `rincian` what is different in them. Places are
good for the transaction: nobody else writes to either table while the lock of releases is held.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from warehouse.names import literal, quote
from warehouse.published import PublishedTable, columns
from warehouse.withdrawn import DATASET, Withdrawal, is_withdrawn


class Sides:
    """A published table `m` and its source `k` as subqueries of the same columns, each row with its place."""

    def __init__(self, conn: Connection, table: PublishedTable, withdrawn: Sequence[Withdrawal]) -> None:
        self.table = table
        self.names = [quote(name) for name in table.columns]
        self.others = [quote(name) for name in table.columns if name not in table.key]
        self.closed = [quote(name) for name in columns(conn, table.target) if name in table.closed]
        listed = ", ".join(f"t.{name}" for name in self.names)
        filled = " or ".join(f"t.{name} is not null" for name in self.closed) or "false"
        self.k = f"(select t.ctid as __tid, {listed} from {table.source} t where not ({is_withdrawn(table, withdrawn)})) k"
        self.m = f"(select t.ctid as __tid, {filled} as __tutup, {listed} from {table.target} t) m"

    @property
    def same_key(self) -> str:
        """SQL: both rows bear one key."""
        return " and ".join(f"m.{name} = k.{name}" for name in map(quote, self.table.key))

    @property
    def differ(self) -> str:
        """SQL: one of both is missing, or they say something else."""
        said = (
            [f"({', '.join(f'm.{n}' for n in self.others)}) is distinct from ({', '.join(f'k.{n}' for n in self.others)})"]
            if self.others
            else []
        )
        return " or ".join(["(k.__tid is null) <> (m.__tid is null)", "m.__tutup", *said])


def compare(conn: Connection, sides: Sides) -> int:
    """Find the places of all rows that differ, by reading both tables whole; how many."""
    return _places(conn, f"{sides.k} full join {sides.m} on {sides.same_key} where {sides.differ}")


def compare_keys(conn: Connection, sides: Sides, keys: str) -> int:
    """The same for the rows of some keys only; `keys` is SQL of them as jsonb."""
    types = columns(conn, sides.table.target)
    typed = ", ".join(f"(c.key ->> {literal(name)})::{types[name]} as {quote(name)}" for name in sides.table.key)
    on = {side: " and ".join(f"{side}.{name} = c.{name}" for name in map(quote, sides.table.key)) for side in "km"}
    return _places(
        conn,
        f"""(select distinct {typed} from ({keys}) c (key)) c left join {sides.k} on {on["k"]} left join {sides.m} on {on["m"]}
            where {sides.differ}""",
    )


def _places(conn: Connection, pairs: str) -> int:
    conn.execute("drop table if exists pg_temp.perubahan")
    found = conn.execute(f"create temp table perubahan on commit drop as select k.__tid as baru, m.__tid as lama from {pairs}").rowcount
    conn.execute("analyze perubahan")
    return found


def detail(conn: Connection, sides: Sides) -> None:
    """Say of each place what is different: `rincian` (baru, lama, change, key, before, after, dataset_id).

    A row that changed is kept by its changed columns, one that came or went whole; columns that are closed now are in neither.
    """
    same = ", ".join(
        f"case when m.{quote(name)} is not distinct from k.{quote(name)} then {literal(name)} end" for name in sides.table.columns
    )
    unchanged = f"case when m.__tid is not null and k.__tid is not null then array_remove(array[{same}], null) else '{{}}'::text[] end"
    key = ", ".join(f"{literal(name)}, coalesce(k.{quote(name)}, m.{quote(name)})" for name in sides.table.key)
    conn.execute("drop table if exists pg_temp.rincian")
    conn.execute(
        f"""create temp table rincian on commit drop as
            select p.baru, p.lama, case when p.lama is null then 'added' when p.baru is null then 'removed' else 'changed' end as change,
                   jsonb_build_object({key}) as key,
                   to_jsonb(m.*) - '__tid' - '__tutup' - {unchanged} as before, to_jsonb(k.*) - '__tid' - {unchanged} as after,
                   {_owner(sides.table)} as dataset_id
            from perubahan p left join {sides.k} on k.__tid = p.baru left join {sides.m} on m.__tid = p.lama"""
    )
    conn.execute("analyze rincian")


def _owner(table: PublishedTable) -> str:
    if table.dataset_id is not None:
        return f"{table.dataset_id}::integer"
    return f"coalesce(k.{DATASET}, m.{DATASET})::integer" if DATASET in table.columns else "null::integer"
