"""Texts as a reader may see them: without the numbers and addresses of persons (`ops.masked`)."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection


def masked_texts(conn: Connection, texts: Sequence[str | None]) -> list[str | None]:
    """The same texts, in their order, each with what is a person's taken out."""
    rows = conn.execute("select ops.masked(t) from unnest(%s::text[]) with ordinality as u (t, n) order by n", [list(texts)]).fetchall()
    return [row[0] for row in rows]
