"""Tables of which there are several versions, as the record of a release keeps them: how each is shaped, and where what the old ones show is kept.

No release computes an old version again, so its rows go to the archive when it is superseded, and once more after an act has changed them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import Connection

from extractors.archive import Archive
from satudata.journal.batches import packed
from warehouse.journal import journaling, rows_of
from warehouse.names import quote, relation
from warehouse.published import STAMP, columns, meanings, primary_key

TABLE = "ops.published_table"
OF_THIS_DATABASE = ("source", "source_oid")
"""Columns that say which candidate a table was filled from last."""
DUE = f"""select p.table_name from {TABLE} p
where p.superseded_at is not null and p.withdrawn_at is null and ops.tabel_terbit(p.table_name) is not null
  and (p.archived_release_id is null or exists (
    select from ops.release_change c
    where c.table_name = p.table_name and c.release_id > p.archived_release_id and c.added + c.changed + c.removed > 0))"""
SEVERAL = f"t.model in (select v.model from {TABLE} v where v.version > 1) and ops.tabel_terbit(t.table_name) is not null"


def keep_versions(conn: Connection, archive: Archive, release_id: int) -> list[dict[str, Any]]:
    """Keep what old versions show, where that is not kept yet; what the record of the release says of all that have several versions.

    After `warehouse.releases.add_release`. Returns [{row: of `ops.published_table`, columns: [(name, type)], key, comment, said: column -> comment}].
    Raises: `StorageRefused`.
    """
    for (name,) in conn.execute(DUE).fetchall():
        with journaling():
            sha256 = archive.put(packed(conn, _rows(conn, name)), 1 << 62).sha256
        note_archived(conn, name, sha256, release_id)
    return [_described(conn, row) for row in rows_of(conn, TABLE, SEVERAL)]


def note_archived(conn: Connection, name: str, sha256: str | None, release_id: int | None) -> None:
    """Say where the rows of an old version are kept, and by which release."""
    conn.execute(f"update {TABLE} set (archived_sha256, archived_release_id) = (%s, %s) where table_name = %s", [sha256, release_id, name])


def _rows(conn: Connection, name: str) -> str:
    target = relation(name)
    names = columns(conn, target)
    order = primary_key(conn, target) or names  # the same rows are kept as the same bytes
    return f"select {', '.join(map(quote, names))} from {target} order by {', '.join(map(quote, order))}"


def _described(conn: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    target = relation(row["table_name"])
    said = meanings(conn, target)
    return {
        "row": {name: value for name, value in row.items() if name not in OF_THIS_DATABASE},
        "columns": list(columns(conn, target).items()),  # in their order, which a record keeps of a list only
        "key": list(primary_key(conn, target)),
        "comment": said.get("", ""),
        "said": {name: said.get(name, "") for name in columns(conn, target) if name != STAMP},
    }
