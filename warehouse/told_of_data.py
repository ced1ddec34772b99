"""What the tables about data say of a dataset that was gone back from: they are taken back with the rest, to a day on which nobody knew of it."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import Connection

from warehouse.published import PublishedTable, columns, key_of, same_key
from warehouse.withdrawn import DATASET

STATUS, WHOSE = "status_terbit", "status_dataset"
"""The column that says whether the newest delivery is published; a temporary table of the transaction with what it says now, by dataset."""


def find_statuses(conn: Connection, to: int, pinned: Iterable[str]) -> None:
    """Before going back to release `to`: note the datasets that are withdrawn, or of which something is kept back from now on."""
    conn.execute(f"drop table if exists pg_temp.{WHOSE}")
    conn.execute(
        f"""create temp table {WHOSE} on commit drop as
            select d.dataset_id, case when w.dataset is null then 'dikembalikan' else 'ditarik' end as status
            from ops.dataset d left join (select distinct dataset from ops.withdrawal) w using (dataset)
            where w.dataset is not null or d.dataset = any(%s) or d.dataset_id in (select r.dataset_id from ops.release_row r where r.release_id > %s)""",
        [sorted(pinned), to],
    )


def say_statuses(conn: Connection, table: PublishedTable, rows: str) -> None:
    """Let the rows that go back (`rows`: key, change, said) say so, and those that would not move at all; of a publisher
    it is not said that has delivered nothing."""
    if table.figures or not {STATUS, DATASET} <= set(columns(conn, table.target)):
        return
    conn.execute(
        f"""insert into {rows} (key, change, said) select {key_of(table, "t")}, 'changed', '{{}}' from {table.target} t join {WHOSE} h
            on h.dataset_id = t.{DATASET} where not exists (select from {rows} m where {same_key(conn, table, "t", "m")})"""
    )
    now = f"select t.{STATUS} from {table.target} t where {same_key(conn, table, 't', 'm')}"
    delivered = f"coalesce(m.said ->> '{STATUS}', ({now})) is distinct from 'belum_terbit'" if len(table.key) > 1 else "true"
    conn.execute(
        f"""update {rows} m set said = m.said || jsonb_build_object('{STATUS}', h.status) from {WHOSE} h
            where h.dataset_id = (m.key ->> '{DATASET}')::integer and {delivered}"""
    )
