"""The rows that new figures are measured by: a publisher's last word, less what is held.

A held batch is merged like any other and waits for a person. Measured by it, the same fault would look right when it comes again, so rows of
held batches do not count and rows that only a held batch has ended do. Open rows, and those that a batch has ended, are found by indexes of
their own: a check reads what stands now, however many batches came before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from psycopg import Connection

from warehouse.names import literal, quote


@dataclass(frozen=True)
class Trusted:
    """The trusted rows of one dataset, of one publisher or of all."""

    dataset_id: int
    table: str
    """Quoted."""
    raw_table: str
    scope: str
    """SQL on a raw row `r`."""
    held: Sequence[int] = ()

    def rows(self, within: str = "true") -> str:
        """SQL of the rows, as a query; `within` is a further condition on `r`."""
        found = f"select r.* from {self.table} r where {self.scope} and {within}"
        if not self.held:
            return f"{found} and r._to_batch is null"
        numbers = ", ".join(map(str, self.held))
        trusted = f"{found} and r._from_batch not in ({numbers})"
        return f"{trusted} and r._to_batch is null union all {trusted} and r._to_batch in ({numbers})"

    def ended(self, since: int) -> str:
        """SQL of the rows that a later batch than accept number `since` has ended, as a query."""
        kept = f" and r._to_batch not in ({', '.join(map(str, self.held))})" if self.held else ""
        return f"select r.* from {self.table} r where {self.scope} and r._to_batch > {since}{kept}"

    def versions(self, dataset: str, penerbit: str, batches: int) -> str:
        """SQL of every version, also ended ones, that the publisher's last accepted batches brought: the history of what has no periods."""
        return f"""select r.* from {self.table} r where {self.scope} and r._from_batch in (
                     select accept_no from ops.batch where dataset = {literal(dataset)} and penerbit = {literal(penerbit)} and state = 'accepted'
                     and accept_no is not null order by accept_no desc limit {batches})"""


def trusted(conn: Connection, dataset: str, penerbit: str | None = None) -> Trusted | None:
    """What is trusted of a dataset, of all publishers where none is named; None where nothing of it was ever loaded."""
    found = conn.execute("select dataset_id, raw_table from ops.dataset where dataset = %s", [dataset]).fetchone()
    if found is None:
        return None
    schema, name = found[1].split(".", 1)
    table = f"{schema}.{quote(name)}"
    if conn.execute("select to_regclass(%s)", [table]).fetchone() == (None,):
        return None
    scope = f"r._dataset_id = {found[0]}" + ("" if penerbit is None else f" and r._penerbit = {literal(penerbit)}")
    held = conn.execute(
        """select accept_no from ops.batch where state = 'held' and dataset = %s and (%s::text is null or penerbit = %s)
           and accept_no is not null""",
        [dataset, penerbit, penerbit],
    ).fetchall()
    return Trusted(int(found[0]), table, str(found[1]), scope, [int(row[0]) for row in held])


INDEXES = {
    "(_to_batch IS NULL)": "(_dataset_id, _periode_mulai, _penerbit) where _to_batch is null",
    "(_to_batch IS NOT NULL)": "(_dataset_id, _to_batch) where _to_batch is not null",
}
"""Which rows an index is of, as PostgreSQL says it -> the index: of what stands now, and of what each batch has ended."""


def ensure_index(conn: Connection, of: Trusted) -> None:
    """Give the raw table its indexes of trusted rows; made once, by the first dataset with a rule that reads them."""
    if _missing(conn, of):
        with conn.transaction():
            conn.execute("select pg_advisory_xact_lock(7003, hashtext(%s))", [of.raw_table])
            for index in _missing(conn, of):
                conn.execute(f"create index on {of.table} {index}")


def _missing(conn: Connection, of: Trusted) -> list[str]:
    there = conn.execute("select pg_get_expr(indpred, indrelid) from pg_index where indrelid = to_regclass(%s)", [of.table]).fetchall()
    return [index for rows, index in INDEXES.items() if (rows,) not in there]


def periods_near(conn: Connection, of: Trusted, day: date, before: int, after: int = 0) -> list[date]:
    """The first days of the last `before` periods that began by `day`, and of the next `after` ones; each found by one look into the index."""
    return [*_steps(conn, of, day, "<=", "desc", before), *_steps(conn, of, day, ">", "asc", after)]


def _steps(conn: Connection, of: Trusted, day: date, op: str, order: str, most: int) -> list[date]:
    def step(bound: str, op: str) -> str:
        return f"""(select r._periode_mulai from {of.table} r where {of.scope} and r._to_batch is null and r._periode_mulai {op} {bound}
                    order by r._periode_mulai {order} limit 1)"""

    rows = conn.execute(
        f"""with recursive p (d, n) as (
              select {step("%(day)s", op)}, 1
              union all select {step("p.d", op[0])}, n + 1 from p where p.d is not null and n < %(most)s)
            select d from p where d is not null and %(most)s > 0""",
        {"day": day, "most": most},
    ).fetchall()
    return [row[0] for row in rows]
