"""Where the candidate stands: whether the next build may follow changes, and which accept numbers it has to look at.

A build that follows works on rows of `raw` that came or ended between what the candidate has seen of a publisher and what it is to see now, in
either direction: pins fall, too. That range is only ever widened before a build and closed after one that was whole, so whatever failed or
was killed in between is worked on once more. Where anything but rows has changed, everything is built anew.
"""

from __future__ import annotations

from psycopg import Connection

SEEN_NOW = """select d.dataset_id, b.penerbit, least((select cut_no from ops.cut), p.up_to_no) as no
    from (select distinct dataset, penerbit from ops.batch) b join ops.dataset d using (dataset) left join ops.cut_pin p using (dataset, penerbit)"""
GROUND = """select md5(concat_ws('|', %s::text,
    (select string_agg(c::text, '|' order by c.dataset_id) from ops.cut_dataset c),
    (select string_agg(c::text, '|' order by c.dataset_id, c.column_name) from ops.cut_column c)))"""
"""All that decides what the candidate says, beside rows: what the caller knows, and the contracts as the cut sees them."""


def turn(conn: Connection, ground: str) -> bool:
    """Within the transaction that sets the cut: prepare the next build; may it follow changes, or is everything to be built anew?"""
    found = _ground(conn, ground)
    row = conn.execute("select ground from ops.candidate").fetchone()
    gradual = bool(row and row[0] == found)
    conn.execute(
        """insert into ops.candidate (ground, building, gradual) values (null, %s, %s)
           on conflict (only_row) do update set building = excluded.building, gradual = excluded.gradual,
           ground = case when excluded.gradual then ops.candidate.ground end""",
        [ground, gradual],
    )
    if not gradual:
        conn.execute("delete from ops.candidate_seen")
    conn.execute(
        f"""insert into ops.candidate_seen as s select dataset_id, penerbit, case when %s then 0 else no end, no from ({SEEN_NOW}) n
            on conflict (dataset_id, penerbit) do update set low = least(s.low, excluded.high), high = greatest(s.high, excluded.high)""",
        [gradual],
    )
    return gradual


def is_gradual(conn: Connection) -> bool:
    """May the build that is due follow changes?"""
    row = conn.execute("select gradual from ops.candidate").fetchone()
    return bool(row and row[0])


def stands(conn: Connection) -> None:
    """After a build in which every model was made: the candidate says what the cut says."""
    with conn.transaction():
        row = conn.execute("select building from ops.candidate").fetchone()
        conn.execute("update ops.candidate set ground = %s", [_ground(conn, str(row[0])) if row else None])
        conn.execute(
            f"update ops.candidate_seen s set low = n.no, high = n.no from ({SEEN_NOW}) n where (s.dataset_id, s.penerbit) = (n.dataset_id, n.penerbit)"
        )


def _ground(conn: Connection, given: str) -> str:
    row = conn.execute(GROUND, [given]).fetchone()
    return str(row[0]) if row else ""
