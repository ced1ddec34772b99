"""Going back to an earlier release: its rows are put together again from what every later release kept of them, and stay until a person says otherwise.

What is made of them must not be undone by the next transform: publishers are kept at what that release saw of them (a pin of this kind), and
rows that something else than a batch had changed (a mapping, a model) are left alone by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from psycopg import Connection

from contracts.errors import PersonalDataReturned
from warehouse.made_of import FOUND, follow, put
from warehouse.once_made_of import ONCE, SAYS, find_once
from warehouse.pins import pin
from warehouse.publish_diff import Move, TableChange, apply_found
from warehouse.published import PublishedTable, columns, key_of, same_key
from warehouse.published_now import published_now
from warehouse.releases import Release
from warehouse.row_changes import Sides, compare_keys
from warehouse.told_of_data import find_statuses, say_statuses
from warehouse.withdrawn import rebuild_pending, withdrawals

HELD = """select dataset_id from ops.rolled_back_row where dataset_id is not null
          union select d.dataset_id from ops.pin p join ops.dataset d using (dataset) where p.kind = 'rollback'"""
"""The datasets of which something is held."""
HIDDEN = "disensor"
"""The column by which a row of a mart says that its figure is not shown; a table of one dataset may have one of that name."""
TOUCHED = """
create temp table mundur on commit drop as
with r as (
  select * from ops.release_row where release_id > %(to)s and table_name = %(table)s),
first as (
  select distinct on (key) key, change from r order by key, release_row_id),
said as (
  select distinct on (r.key, e.key) r.key, e.key as name, e.value from r, jsonb_each(r.before) e order by r.key, e.key, r.release_row_id),
old as (
  select key, jsonb_object_agg(name, value) as said from said group by key)
select f.key, f.change, coalesce(o.said, '{}') as said from first f left join old o using (key)
where not exists (
  select from r left join ops.dataset d using (dataset_id) where r.key = f.key and (r.withdrawn or not coalesce(d.akses, 'terbuka') = any(%(open)s)))"""
"""A row whose contents were taken out, or whose dataset is open no longer, is left as it is."""
_OPEN = {"mart": ("terbuka",), "mart_instansi": ("terbuka", "terbatas")}
"""Published schema -> the datasets it may show."""
SHUT = "sel_tertutup"
"""A temporary table of the transaction: the rows that once told of a dataset which is open no longer, whoever speaks there now."""
NEW = "create temp table mundur on commit drop as select {key} as key, 'added' as change, '{{}}'::jsonb as said from {target} t"


def rewind(conn: Connection, to: int, release_id: int, at: datetime, pinned: Iterable[str] = ()) -> list[TableChange]:
    """Make every published table say what it said after release `to`; what changed is kept as release `release_id`.

    `pinned`: the datasets that are kept at what that release saw of them. Within a transaction in which constraints are deferred. Rows that were
    withdrawn, or are open no longer, do not come back. Raises: `PersonalDataReturned` where a row that comes back is one that the last look before a
    release would not let pass (`warehouse.personal`).
    """
    move = Move(release_id, at, withdrawals(conn), rebuild_pending(conn), obeys=False)
    find_statuses(conn, to, pinned)
    _find_shut(conn)
    changes = []
    for table in published_now(conn):
        if _touched(conn, table, to):
            changes.append(_rewound(conn, table, move))
    if move.personal:
        raise PersonalDataReturned(move.personal[0].table.shown_as)
    return changes


def passes_withdrawal(conn: Connection, to: int) -> bool:
    """Whether figures of release `to` were withdrawn since."""
    return conn.execute("select exists (select from ops.release_row where release_id > %s and withdrawn)", [to]).fetchone() == (True,)


def left_alone(conn: Connection, to: int) -> dict[str, int]:
    """Published table -> how many of its rows `rewind` leaves as they are, as what they said after release `to` held figures that were withdrawn since."""
    taken_out = "select {} from ops.release_row where release_id > %(to)s and withdrawn"
    names = {name for (name,) in conn.execute(taken_out.format("distinct table_name").encode(), {"to": to})}
    found = {}
    for table in (table for table in published_now(conn) if table.published_as in names):
        keys = f"{taken_out.format('distinct key')} and table_name = %(table)s"
        row = conn.execute(
            f"select count(*) from ({keys}) r join {table.target} t on {same_key(conn, table, 't', 'r')}".encode(),
            {"to": to, "table": table.published_as},
        ).fetchone()
        found[table.published_as] = int(row[0]) if row else 0
    return {name: rows for name, rows in found.items() if rows}


def shaped_anew(conn: Connection, old: Release) -> dict[str, int]:
    """Tables that went on in another version after a release, as a reader names them -> the release that began it: what it showed fits no more."""
    rows = conn.execute(
        """select 'mart.' || p.table_name, (select min(r.release_id) from ops.release r where r.published_at >= p.superseded_at)
           from ops.published_table p where p.superseded_at > %s and p.withdrawn_at is null order by 1""",
        [old.published_at],
    ).fetchall()
    return {name: release_id or old.release_id + 1 for name, release_id in rows}


def any_shut(conn: Connection, to: int) -> bool:
    """Whether records of changes since release `to` tell of a dataset that is open no longer."""
    shut = _shut(conn, ("terbuka",))
    row = conn.execute(f"select exists ({SAYS.format(datasets=shut)} and release_id > %s)".encode(), [to]).fetchone()
    return bool(shut and row and row[0])


def _shut(conn: Connection, readable: Sequence[str]) -> str:
    row = conn.execute(
        "select coalesce(string_agg(dataset_id::text, ','), '') from ops.dataset where not akses = any(%s)", [list(readable)]
    ).fetchone()
    return str(row[0]) if row else ""


def _find_shut(conn: Connection) -> None:
    conn.execute(f"drop table if exists pg_temp.{SHUT}")
    conn.execute(f"create temp table {SHUT} (table_name text, key jsonb) on commit drop")
    for schema, readable in _OPEN.items():
        if shut := _shut(conn, readable):
            find_once(conn, SAYS.format(datasets=shut))
            here = "like" if schema == "mart_instansi" else "not like"
            conn.execute(f"insert into {SHUT} select distinct table_name, key from {ONCE} where table_name {here} 'mart\\_instansi.%'")


def _touched(conn: Connection, table: PublishedTable, to: int) -> bool:
    """Note in `mundur` which rows to go back on; a table that is younger than that release had none."""
    conn.execute("drop table if exists pg_temp.mundur")
    first = "select exists (select from ops.release_change where table_name = %s and release_id > %s and whole)"
    if conn.execute(first, [table.published_as, to]).fetchone() == (True,):
        conn.execute(NEW.format(key=key_of(table, "t"), target=table.target))
    else:
        conn.execute(TOUCHED, {"to": to, "table": table.published_as, "open": list(_OPEN[table.target.partition(".")[0]])})
    if table.dataset_id is None and HIDDEN in columns(conn, table.target):  # what is hidden by now was not when that release was made
        conn.execute(f"delete from mundur m using {table.target} t where t.{HIDDEN} and {same_key(conn, table, 't', 'm')}")
    conn.execute(f"delete from mundur m using {SHUT} s where s.table_name = %s and s.key = m.key", [table.published_as])
    if not table.figures:  # figures that stay may still lead there
        conn.execute("delete from mundur where change = 'added'")
    say_statuses(conn, table, "mundur")
    row = conn.execute("select exists (select from mundur)").fetchone()
    return bool(row and row[0])


def _rewound(conn: Connection, table: PublishedTable, move: Move) -> TableChange:
    conn.execute("drop table if exists pg_temp.semula")
    conn.execute(
        f"""create temp table semula on commit drop as
            select p.* from mundur u left join {table.target} m on {same_key(conn, table, "m", "u")}
            cross join lateral jsonb_populate_record(null::{table.target}, coalesce(to_jsonb(m.*), '{{}}') || u.said) p where u.change <> 'added'"""
    )
    sides = Sides(conn, replace(table, source="pg_temp.semula"), move.withdrawn)
    return apply_found(conn, sides, move, compare_keys(conn, sides, "select key from mundur"))[0]


def trace(conn: Connection, to: int) -> None:
    """Find what is made of rows that changed since release `to`, before and after `rewind`: some are there only before, some only after."""
    put(conn, f"select distinct table_name, key, dataset_id from ops.release_row where release_id > {to} and dataset_id is not null")
    follow(conn)


def stay_back(conn: Connection, release_id: int) -> None:
    """Let the rows that release `release_id` brought back stay as they are until `let_go`."""
    conn.execute(
        f"""insert into ops.rolled_back_row as f (table_name, key, release_id, dataset_id, datasets)
            select r.table_name, r.key, r.release_id, r.dataset_id, case when r.dataset_id is null then
                     (select array_agg(w.dataset_id order by w.dataset_id) from {FOUND} w where (w.table_name, w.key) = (r.table_name, r.key)) end
            from ops.release_row r join ops.published_table p using (table_name) where r.release_id = %s and p.figures
            on conflict (table_name, key) do update set
              (release_id, dataset_id) = (excluded.release_id, excluded.dataset_id),
              datasets = case when f.datasets is not null and excluded.datasets is not null
                              then (select array_agg(distinct d order by d) from unnest(f.datasets || excluded.datasets) d) end""",
        [release_id],
    )


def newly_seen(conn: Connection, old: Release, new: Release) -> dict[tuple[str, str], int]:
    """(dataset, publisher) -> up to where `old` saw it, of those that sent something `new` saw and `old` did not."""
    rows = conn.execute(
        "select dataset, penerbit, array_agg(accept_no) from ops.batch where accept_no is not null group by 1, 2 order by 1, 2"
    )
    return {
        (dataset, penerbit): old.seen(dataset, penerbit)
        for dataset, penerbit, numbers in rows.fetchall()
        if any(old.seen(dataset, penerbit) < no <= new.seen(dataset, penerbit) for no in numbers)
    }


def pin_back(conn: Connection, seen: dict[tuple[str, str], int], reason: str, at: datetime) -> None:
    """Keep publishers at what the release that was gone back to saw of them."""
    for (dataset, penerbit), up_to in seen.items():
        pin(conn, dataset, penerbit, "rollback", up_to, reason, at)


def let_go(conn: Connection, datasets: Sequence[str]) -> tuple[int, int]:
    """Lift the pins of rollbacks, of these datasets or of all where none is named; (pins, rows) that were held.

    A row made of several datasets goes with the last of them; where it is not known of which, with the last of all.
    """
    chosen = list(datasets)
    pins = conn.execute("delete from ops.pin where kind = 'rollback' and (%s or dataset = any(%s))", [not chosen, chosen]).rowcount
    rows = conn.execute(
        "delete from ops.rolled_back_row r where %s or r.dataset_id in (select dataset_id from ops.dataset where dataset = any(%s))",
        [not chosen, chosen],
    ).rowcount
    free = f"r.dataset_id is null and not exists (select from ({HELD}) h where r.datasets is null or h.dataset_id = any(r.datasets))"
    return pins, rows + conn.execute(f"delete from ops.rolled_back_row r where {free}").rowcount


def held_together(conn: Connection) -> tuple[dict[str, int], list[str]]:
    """Published table -> how many rows made of several datasets are still held, and the datasets that hold them."""
    rows = conn.execute("select table_name, count(*) from ops.rolled_back_row where dataset_id is null group by 1 order by 1").fetchall()
    names = conn.execute(
        f"""select d.dataset from ops.dataset d join ({HELD}) h using (dataset_id)
            where exists (select from ops.rolled_back_row r where r.dataset_id is null and (r.datasets is null or d.dataset_id = any(r.datasets)))
            order by 1"""
    ).fetchall()
    return dict(rows), [name for (name,) in names]
