"""The figures that were ever hidden from readers of `mart`: hidden for good, else two releases would tell what one does not."""

from __future__ import annotations

from psycopg import Connection

SOURCE = "kandidat.disensor_indikator"


def remember_hidden(conn: Connection, release_id: int) -> int:
    """Note the figures that this release hides for the first time, within the publishing transaction; how many."""
    if conn.execute("select to_regclass(%s)", [SOURCE]).fetchone() == (None,):
        return 0
    return conn.execute(
        f"""insert into ops.disensor (kode_indikator, kode_wilayah, periode, klasifikasi, sejak_rilis)
            select kode_indikator, kode_wilayah, periode, klasifikasi, %s from {SOURCE} on conflict do nothing""",
        [release_id],
    ).rowcount
