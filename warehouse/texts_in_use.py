"""Texts of accepted rows that meant a code by a list as it stood and mean none by the list that is being loaded: a name or synonym that was
changed or taken away, or a second row of the same name. Their figures would go out of the next release.

Looked for among what the last transform resolved, so that a list by which nothing changes its meaning asks no row.
"""

from __future__ import annotations

from collections.abc import Collection

from psycopg import Connection

from warehouse.asked_of import ask
from warehouse.code_columns import PAIR

_PAIR = ", ".join(PAIR)


def texts_lost(conn: Connection, references: Collection[str], most: int) -> dict[str, list[str]]:
    """List -> what its lost texts are, of which code and of how many rows, most rows first and no more than `most` each.

    To be asked when the lists and their forms stand as they are to be. Codes that no list has ever known are no loss; personal numbers are masked.
    Within the caller's transaction.
    """
    if not references:
        return {}
    conn.execute(
        f"""create temp table meant on commit drop as
            select {_PAIR}, code, own_code from ops.resolved_code where reference = any(%s) and not unchecked""",
        [list(references)],
    )
    conn.execute("analyze meant")
    conn.execute(
        f"""create temp table lost on commit drop as
            select m.*, x.why from ops.resolve_codes('meant') x join meant m using ({_PAIR})
            where (m.code is not null and x.code is null) or (m.own_code is not null and x.own_code is null)"""
    )
    lists = [str(row[0]) for row in conn.execute("select distinct reference from lost order by 1").fetchall()]
    found = {name: texts for name in lists if (texts := _of_rows(conn, name, most))}
    conn.execute("drop table meant, lost")
    return found


def _of_rows(conn: Connection, reference: str, most: int) -> list[str]:
    """Those of a list that rows still ask: what a contract asked once and asks no more is lost to nobody."""
    ask(conn, reference)
    rows = conn.execute(
        f"""select ops.masked(l.published), coalesce(l.code, l.own_code), l.why, sum(a.rows)::bigint from lost l join asked_of a using ({_PAIR})
            group by 1, 2, 3 order by 4 desc, 1 limit %s""",
        [most],
    ).fetchall()
    conn.execute("drop table asked_of")
    return [f"{text} (kode {code}, {count} baris: {why or 'kode BPS tanpa kode Kemendagri'})" for text, code, why, count in rows]
