"""`satudata conflict list` and `show`: what agencies differ on, who says what, and whose turn it is."""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from contracts.errors import WrongUsage
from satudata.session import warehouse

ENDED = """
    select conflict_id as konflik_id, 'antar-OPD' as jenis, pemda, quality.nama_objek(fakta, kode_objek, ukuran) as objek, kode_wilayah,
           quality.periode(grain, mulai, akhir) as periode, satuan, state as keadaan, opened_on as sejak, closed_on as selesai_pada
    from ops.conflict where state = 'selesai' order by conflict_id"""
EVENTS = """
    select e.day as tanggal, e.event as kejadian, e.by as oleh, e.note as keterangan, d.decision_id as keputusan_no, d.nilai, d.pakai, d.dasar,
           d.berita_acara, d.ended_on as berakhir_pada
    from ops.conflict_event e left join ops.decision d using (decision_id) where e.conflict_id = %s order by e.conflict_event_id"""


def listed(everything: bool = False) -> list[dict[str, Any]]:
    """The rows of `quality.konflik` as of today, the most urgent first; with `everything` also the conflicts that have ended."""
    with warehouse() as conn:
        found = _rows(conn, "select * from quality.konflik order by tenggat nulls last, konflik_id")
        return found + (_rows(conn, ENDED) if everything else [])


def shown(conflict_id: int) -> dict[str, Any]:
    """One conflict with its figures and its life. Raises: `WrongUsage`."""
    with warehouse() as conn:
        found = _rows(conn, "select * from quality.konflik where konflik_id = %s", [conflict_id]) or [
            one for one in _rows(conn, ENDED) if one["konflik_id"] == conflict_id
        ]
        if not found:
            raise WrongUsage(f"Tidak ada konflik bernomor {conflict_id}", "Lihat nomornya dengan `satudata conflict list --semua`")
        figures = _rows(conn, "select * from quality.konflik_angka where konflik_id = %s order by pelapor", [conflict_id])
        return {**found[0], "laporan": figures, "perjalanan": _rows(conn, EVENTS, [conflict_id])}


def _rows(conn: Connection, query: str, values: list[object] | None = None) -> list[dict[str, Any]]:
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query.encode(), values or []).fetchall()
