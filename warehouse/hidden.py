"""The figures that were ever hidden from readers of `mart`: hidden for good, else two releases would tell what one does not."""

from __future__ import annotations

from psycopg import Connection

from warehouse.figure_history import HISTORY

SOURCE = "kandidat.disensor_indikator"


def remember_hidden(conn: Connection, release_id: int) -> None:
    """Note the figures that this release hides for the first time, and take them out of their history; within the publishing transaction."""
    if conn.execute("select to_regclass(%s)", [SOURCE]).fetchone() == (None,):
        return
    conn.execute(
        f"""insert into ops.disensor (kode_indikator, kode_wilayah, periode, klasifikasi, sejak_rilis)
            select kode_indikator, kode_wilayah, periode, klasifikasi, %s from {SOURCE} on conflict do nothing""",
        [release_id],
    )
    hide_in_history(conn, f"d.sejak_rilis = {release_id}")


def hide_in_history(conn: Connection, which: str = "true") -> None:
    """What was shown of a figure before it is hidden tells it, where only the limit or the list of what is hidden has moved.

    `which`: SQL on `ops.disensor d`.
    """
    conn.execute(
        f"""update {HISTORY} h set nilai = null
            from ops.disensor d
            join ops.key i on i.dimension = 'indikator' and i.natural_key = d.kode_indikator
            join ops.key w on w.dimension = 'wilayah' and w.natural_key = d.kode_wilayah
            join ops.key p on p.dimension = 'periode' and p.natural_key = d.periode
            join ops.key r on r.dimension = 'klasifikasi' and r.natural_key = d.klasifikasi
            where {which} and h.fakta = 'fct_indikator' and h.nilai is not null
            and (h.objek_key, h.wilayah_key, h.periode_key, h.rincian_key) = (i.key_id, w.key_id, p.key_id, r.key_id)"""
    )
