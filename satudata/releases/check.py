"""`satudata release check`: a release is driven by changed keys and made from a candidate that follows changes, so once a night the candidate is
built from all accepted rows and everything is compared with everything. Nothing may differ.

What does is a finding, and the next release compares every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from psycopg import Connection

from contracts import clock
from satudata.conform.build import build
from satudata.conform.lock import transform_lock
from satudata.conform.tables import published_tables
from satudata.journal.releases import RELEASE_CHECK, write_release_check
from satudata.session import archive, warehouse
from warehouse.candidate import stands
from warehouse.captured_keys import forget, in_step
from warehouse.data_tables import data_tables
from warehouse.names import shown
from warehouse.published import PublishedTable, columns
from warehouse.published_now import published_now
from warehouse.row_changes import Sides, compare, detail
from warehouse.withdrawn import withdrawals

IN_STEP = """
select p.source from ops.published_table p
where p.table_name = %s and p.source_oid = to_regclass(p.source)::oid
  and not exists (select from ops.captured_key c where c.table_name = p.table_name)"""
"""The candidate is the very one that was published; what was built since is not readers' business yet."""
SAME_CUT = """
select c.cut_no = r.cut_no and r.kind = 'transform' from ops.cut c, ops.release r where r.release_id = (select max(release_id) from ops.release)"""


RELEASED = """
select n.ground is not null and r.kind = 'transform' and c.cut_no = r.cut_no
       and r.pins = coalesce((select jsonb_object_agg(p.dataset || '|' || p.penerbit, p.up_to_no) from ops.cut_pin p), '{}')
from ops.candidate n, ops.cut c, ops.release r where r.release_id = (select max(release_id) from ops.release)"""
"""The candidate says what the last release says: built from the same rows it must come to the same."""
CURRENT = "select model, max(version) from ops.published_table where dataset_id is null group by model"


@dataclass(frozen=True)
class Compared:
    """How one published table stands beside its candidate; not `compared` where there is none to compare with."""

    table: str
    compared: bool
    differing: int


def check(*, anew: bool = False) -> list[dict[str, Any]]:
    """Compare all published tables with their candidates; [{table, compared, differing}]. Differences are findings in `ops.check_result`.

    `anew`: build the candidate from all accepted rows first, unless something was built since that is not released. Raises `BuildFailed`.
    """
    with warehouse("transformer") as conn, transform_lock(conn):
        built = _built_anew(conn) if anew else []
        with conn.transaction(force_rollback=True):
            found = [_compared(conn, table) for table in _with_sources(conn, {table.published_as: table.source for table in built})]
        _judge(conn, found, clock.now())
        _follow_again(conn, built, found)
    return [asdict(one) for one in found]


def _built_anew(conn: Connection) -> list[PublishedTable]:
    row = conn.execute(RELEASED).fetchone()
    if not (row and row[0]):
        return []
    done = build()
    current: dict[str, int] = dict(conn.execute(CURRENT).fetchall())
    if done.failed_tests:
        return []
    stands(conn)
    return [replace(table, version=current[table.name]) for table in published_tables(done.manifest) if table.name in current]


def _follow_again(conn: Connection, built: Sequence[PublishedTable], found: Sequence[Compared]) -> None:
    """What was built anew and equals what is published: the next release need not compare it whole."""
    same = {one.table for one in found if one.compared and not one.differing}
    with conn.transaction():
        for table in built:
            if table.published_as in same:
                in_step(conn, table, whole=True)


def _with_sources(conn: Connection, built: dict[str, str]) -> list[tuple[PublishedTable, str | None]]:
    same = conn.execute(SAME_CUT).fetchone()
    direct = {table.name: table.source for table in data_tables(conn)} if same and same[0] else {}
    found: list[tuple[PublishedTable, str | None]] = []
    for table in published_now(conn):
        row = conn.execute(IN_STEP, [table.published_as]).fetchone()
        source = direct.get(table.name) if table.dataset_id is not None else built.get(table.published_as) or (row and row[0])
        found.append((table, source if source and set(table.columns) <= set(columns(conn, source)) else None))
    return found


def _compared(conn: Connection, given: tuple[PublishedTable, str | None]) -> Compared:
    table, source = given
    if source is None:
        return Compared(table.published_as, False, 0)
    beside = PublishedTable(
        table.name, source, table.key, "", table.columns, (), table.version, table.closed, table.dataset_id, table.figures
    )
    sides = Sides(conn, beside, withdrawals(conn))
    if not compare(conn, sides):
        return Compared(table.published_as, True, 0)
    detail(conn, sides)
    held = "select count(*) from rincian r where not exists (select from ops.rolled_back_row f where f.table_name = %s and f.key = r.key)"
    row = conn.execute(held, [table.published_as]).fetchone()
    return Compared(table.published_as, True, int(row[0]) if row else 0)


def _judge(conn: Connection, found: list[Compared], at: datetime) -> None:
    release = conn.execute("select max(release_id) from ops.release").fetchone()
    if release is None or release[0] is None:
        return
    wrong = [one for one in found if one.differing]
    rows: list[tuple[str, int, str | None]] = [
        ("fail", one.differing, f"{one.differing} baris {shown(one.table)} berbeda dari calonnya; rilis berikutnya membetulkannya.")
        for one in wrong
    ]
    with conn.transaction(), conn.cursor() as cursor:
        cursor.executemany(
            """insert into ops.check_result (release_id, rule_id, rule, scope, severity, outcome, checked, failed, message, source, judged_at)
               values (%s, %s, 'release_check', 'lintas', 'fail', %s, %s, %s, %s, 'guard', %s)""",
            [(release[0], RELEASE_CHECK, outcome, len(found), failed, said, at) for outcome, failed, said in rows or [("pass", 0, None)]],
        )
        write_release_check(conn, archive(), at)
        if wrong:  # nothing else may have changed: the next transform must not be skipped
            forget(conn)
            conn.execute("update ops.release set inputs_digest = null where release_id = %s", [release[0]])
