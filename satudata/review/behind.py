"""What was accepted and is not published yet, because something else keeps its publisher back: said wherever an acceptance is, else nobody looks for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

BEHIND = """
select p.dataset, p.penerbit, p.kind, max(b.batch_id) as newest, p.batch_id as behind, p.reason,
       quality.langkah_tertahan(p.kind, p.dataset, p.rules) as next_step, max(ops.said_by_tests(p)) as found
from ops.pin p join ops.batch b on b.dataset = p.dataset and b.penerbit = p.penerbit and b.state = 'accepted' and b.accept_no > p.up_to_no
where p.kind <> 'lintas' group by p.dataset, p.penerbit, p.kind, p.batch_id, p.reason, p.rules order by 1, 2, 3"""
WHY = {
    "batch": "batch {behind}, yang lebih dulu ditahan, menunggu putusan",
    "test": "barisnya gagal uji",
    "metadata": "metadatanya belum lengkap",
    "rollback": "angkanya dikembalikan ke rilis terdahulu",
    "withdrawn": "datanya ditarik",
}
"""Kind of pin -> why nothing newer is seen. What contradicts other data is told by `across_list`."""


def behind_list(conn: Connection, datasets: Collection[str] = ()) -> list[dict[str, Any]]:
    """Of these datasets, or of all: dataset, penerbit, kind, reason, sentence, next_step.

    `newest` is the accepted batch that waits, `behind` the held one it waits for, if any.
    """
    with conn.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(BEHIND).fetchall()
    return [one | {"sentence": _sentence(one)} for one in found if not datasets or one["dataset"] in datasets]


def _sentence(one: dict[str, Any]) -> str:
    name = " ".join(filter(None, [one["dataset"], one["penerbit"]]))
    return (
        f"{name}: batch {one['newest']} diterima, tetapi belum terbit: {WHY[one['kind']].format_map(one)}. {one['found'] or one['reason']}"
    )
