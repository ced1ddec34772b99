"""What the minutes of a week say, as of its last day: read from events and dated figures, so that a week printed again later says the same.

Only what was withdrawn since is left out of it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

AS_OF = """
    with seen as (
      select c.*, e.event, e.day as event_on, e.note, e.decision_id, o.day as since, o.day + c.deadline_days as due
      from ops.conflict c
      cross join lateral (select v.event, v.day, v.note, v.decision_id from ops.conflict_event v
                          where v.conflict_id = c.conflict_id and v.day <= %(last)s order by v.conflict_event_id desc limit 1) e
      cross join lateral (select max(v.day) as day from ops.conflict_event v
                          where v.conflict_id = c.conflict_id and v.event in ('dibuka', 'dibuka_lagi') and v.day <= %(last)s) o
      where c.pemda = %(pemda)s),
    said as (select * from ops.conflict_report r where r.since <= %(last)s and (r.until is null or r.until > %(last)s)
             and not exists (select from ops.withdrawal w where w.dataset = r.dataset)),
    named as (
      select s.*, quality.nama_objek(s.fakta, s.kode_objek, s.ukuran) as objek_nama, coalesce(w.name, s.kode_wilayah) as wilayah,
             quality.periode(s.grain, s.mulai, s.akhir) || case when s.kode_rincian <> '' then ' (' || s.kode_rincian || ')' else '' end as periode,
             quality.tingkat(s.due, s.deadline_days, %(last)s) as tingkat
      from seen s left join ops.reference_item w on w.reference = 'wilayah' and w.code = s.kode_wilayah)"""
PAIRS = (
    AS_OF
    + """
    select n.conflict_id, n.objek_nama as objek, n.wilayah, n.periode, n.satuan, n.event as keadaan, n.since as sejak, n.due as tenggat, n.tingkat,
           a.pelapor as a, quality.nama_pelapor(a.pelapor) as opd_a, a.nilai as nilai_a, a.dataset as dataset_a, a.fetched_at as diambil_a,
           quality.tercatat(a.nilai_asal, a.satuan_asal, n.satuan) as tercatat_a, quality.tercatat(b.nilai_asal, b.satuan_asal, n.satuan) as tercatat_b,
           b.pelapor as b, quality.nama_pelapor(b.pelapor) as opd_b, b.nilai as nilai_b, b.dataset as dataset_b, b.fetched_at as diambil_b
    from named n join said a using (conflict_id) join said b on b.conflict_id = a.conflict_id and a.pelapor < b.pelapor
    where n.event in ('dibuka', 'dibahas', 'dibuka_lagi') and n.objek not in (select objek from ops.withdrawn_object)
      and abs(a.nilai - b.nilai) > greatest(n.tolerance * greatest(abs(a.nilai), abs(b.nilai)), greatest(a.langkah, b.langkah) / 2)
    order by a.pelapor, b.pelapor, n.conflict_id"""
)
DECIDED = (
    AS_OF
    + """
    select n.conflict_id, n.objek_nama as objek, n.wilayah, n.periode, d.nilai, n.satuan, quality.nama_pelapor(d.pakai) as angka_dari, d.dasar, d.berita_acara,
           n.event_on as tanggal
    from named n join ops.decision d on d.decision_id = n.decision_id
    where n.event = 'diputuskan' and n.event_on >= %(first)s and d.decision_id not in (select decision_id from ops.withdrawn_decision)
    order by n.conflict_id"""
)
ENDED = (
    AS_OF
    + """
    select n.conflict_id, n.objek_nama as objek, n.wilayah, n.periode, n.event_on as tanggal, n.note as sebab
    from named n where n.event = 'selesai' and n.event_on >= %(first)s order by n.conflict_id"""
)


def pemda_with_conflicts(conn: Connection) -> list[tuple[str, str, str]]:
    """Code, name and Walidata (name) of every pemda that ever had a conflict."""
    return conn.execute(
        """select c.pemda, coalesce(p.nama, c.pemda), coalesce(o.nama, p.walidata, 'Walidata')
           from (select distinct pemda from ops.conflict where pemda is not null) c
           left join ops.pemda p using (pemda) left join ops.opd o on o.pemda = p.pemda and o.opd = p.walidata order by 1"""
    ).fetchall()


def week_of(
    conn: Connection, pemda: str, first: date, last: date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Open on its last day (one row per pair of agencies that differ), decided and ended within the week."""
    given = {"pemda": pemda, "first": first, "last": last}
    with conn.transaction(), conn.cursor(row_factory=dict_row) as cursor:
        cursor.execute("set transaction isolation level repeatable read")
        pairs, decided, ended = (cursor.execute(query.encode(), given).fetchall() for query in (PAIRS, DECIDED, ENDED))
    return pairs, decided, ended
