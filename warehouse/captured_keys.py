"""Changed keys: which rows of a candidate have changed since the last release, noted by the candidate itself.

A model that is built anew every time must be compared whole. One that is only brought up to date notes by triggers what each statement touched,
in the same transaction as the statement; as long as it is the very table that was published last, only those keys need a look.
"""

from __future__ import annotations

from psycopg import Connection

from warehouse.names import literal
from warehouse.published import PublishedTable

EVENTS = (
    ("insert", "after insert", "referencing new table as berubah"),
    ("delete", "after delete", "referencing old table as berubah"),
    ("update_new", "after update", "referencing new table as berubah"),
    ("update_old", "after update", "referencing old table as berubah"),
    ("truncate", "after truncate", ""),
)


def keys_of(table: PublishedTable) -> str:
    """SQL of the captured keys of a table."""
    return f"select key from ops.captured_key where table_name = {literal(table.published_as)}"


def knows_changes(conn: Connection, table: PublishedTable) -> bool:
    """Whether the captured keys are all that can differ between the table and its source."""
    row = conn.execute(
        f"""select p.source_oid = to_regclass(p.source)::oid and not exists ({keys_of(table)} and key is null)
            from ops.published_table p where p.table_name = %s and p.source = %s""",
        [table.published_as, table.source],
    ).fetchone()
    return bool(table.incremental and row and row[0])


def in_step(conn: Connection, table: PublishedTable, whole: bool) -> None:
    """After its rows moved: the table says what its source says (`whole`), or all but what is held back."""
    conn.execute("delete from ops.captured_key where table_name = %s", [table.published_as])
    if table.dataset_id is None:
        conn.execute(
            "update ops.published_table set source = %s, source_oid = case when %s then to_regclass(%s)::oid end where table_name = %s",
            [table.source, whole, table.source, table.published_as],
        )
    if table.incremental:
        _watch(conn, table)


def _watch(conn: Connection, table: PublishedTable) -> None:
    given = ", ".join(map(literal, (table.published_as, *table.key)))
    for name, event, rows in EVENTS:
        conn.execute(
            f"create or replace trigger catat_{name} {event} on {table.source} {rows} for each statement execute function ops.capture_keys({given})"
        )


def forget(conn: Connection) -> None:
    """After something else than a transform wrote to published tables: the next release compares them all."""
    conn.execute("update ops.published_table set source_oid = null where source_oid is not null")
