"""The sheets of a finding report: each answers one or two of the six questions (docs/pertanyaan.md) for one agency, from one quality view."""

from __future__ import annotations

from dataclasses import dataclass

MOST_ROWS = 1_000_000
"""Below what a sheet of a workbook holds (1,048,576)."""


@dataclass(frozen=True)
class Sheet:
    """One table of the report; the query's columns are named as people read them, `%(pemda)s` and `%(opd)s` say whose it is."""

    title: str
    file: str
    query: str


MOST_PLACES = 20
OF_AGENCY = "pemda is not distinct from %(pemda)s and opd = %(opd)s"
ROWS = f"""
with one as (  -- a row that breaks two rules is one row to mend
  select dataset, penerbit, batch_id, baris_id, min(berkas) as berkas, min(lembar) as lembar, min(baris) as baris, min(kunci) as kunci, min(urutan) as urutan,
         string_agg(kolom, '; ' order by aturan) as kolom, string_agg(nilai, '; ' order by aturan) as nilai,
         string_agg(seharusnya, '; ' order by aturan) as seharusnya, string_agg(aturan, '; ' order by aturan) as aturan,
         string_agg(distinct akibat, '; ') as akibat, string_agg(pesan, ' ' order by aturan) as pesan, min(tenggat) as tenggat
  from quality.baris_melanggar where {OF_AGENCY} and baris_lain is null group by dataset, penerbit, batch_id, baris_id),
alike as (
  select dataset, penerbit, berkas, lembar, kolom, nilai, seharusnya, aturan, akibat, pesan, count(*) as many, min(urutan) as urutan, min(tenggat) as tenggat,
         (array_agg(baris order by urutan))[:{MOST_PLACES}] as places, (array_agg(kunci order by urutan))[1] as kunci
  from one group by dataset, penerbit, berkas, lembar, kolom, nilai, seharusnya, aturan, akibat, pesan
  union all
  select dataset, penerbit, berkas, lembar, kolom, nilai, seharusnya, aturan, akibat, null, baris_lain, null, tenggat, array[baris], null
  from quality.baris_melanggar where {OF_AGENCY} and baris_lain is not null)

select berkas as "Berkas", lembar as "Lembar",
       case when places[1] ~ '^[0-9]{{1,15}}$' then to_jsonb(places[1]::bigint) else to_jsonb(places[1]) end as "Baris pertama",
       kolom as "Kolom", nilai as "Isi", seharusnya as "Seharusnya", akibat as "Akibat", aturan as "Aturan", pesan as "Penjelasan", many as "Banyaknya",
       array_to_string(places, ', ')
         || case when many > {MOST_PLACES} and urutan is not null then ', dan ' || many - {MOST_PLACES} || ' lagi' else '' end as "Semua baris",
       kunci as "Kunci baris pertama", tenggat as "Tenggat", dataset as "Dataset", penerbit as "Penerbit"
from alike order by dataset, penerbit, aturan, berkas, urutan nulls last limit {MOST_ROWS}"""
"""Every row that breaks a rule, those with one fault in one line; `Banyaknya` of what is set aside adds up to the rows that are."""
SHEETS = (
    Sheet(
        "Yang gagal", "1_yang_gagal",
        f"""select judul as "Data", dataset as "Dataset", penerbit_nama as "Penerbit", tanggal_putaran as "Tanggal", putusan as "Putusan",
                   kalimat as "Penjelasan", calon as "Baris", diterima + tetap as "Diterima", karantina as "Dikarantina", ditolak as "Ditolak"
            from quality.putaran where perlu_tindakan and {OF_AGENCY} order by dataset, penerbit, nilai""",
    ),
    Sheet(
        "Aturan yang gagal", "2_aturan_yang_gagal",
        f"""select judul as "Data", dataset as "Dataset", penerbit_nama as "Penerbit", aturan as "Aturan", akibat as "Akibat", kolom as "Kolom",
                   baris_gagal as "Baris melanggar", baris_diperiksa as "Baris diperiksa", seharusnya as "Seharusnya", pesan as "Penjelasan",
                   case when dikecualikan then 'ya' end as "Dikecualikan"
            from quality.aturan_gagal where {OF_AGENCY} order by dataset, penerbit, keparahan, aturan""",
    ),
    Sheet(
        "Baris yang salah", "3_baris_yang_salah",
        ROWS,
    ),
    Sheet(
        "Temuan dan tenggat", "4_temuan_dan_tenggat",
        f"""select judul as "Data", dataset as "Dataset", penerbit_nama as "Penerbit", aturan as "Aturan", pesan as "Penjelasan",
                   baru_atau_lama as "Baru atau lama", sejak as "Sejak", kali as "Kali ditemukan",
                   penanggung_jawab as "Penanggung jawab", tenggat as "Tenggat", sisa_hari as "Sisa hari",
                   dikecualikan_sampai as "Dikecualikan sampai"
            from quality.temuan where {OF_AGENCY} order by tenggat, dataset, penerbit, aturan""",
    ),
    Sheet(
        "Yang tetap terbit", "5_yang_tetap_terbit",
        f"""select judul as "Data", dataset as "Dataset", penerbit_nama as "Penerbit", putusan as "Putusan", sebab as "Sebab", tertahan_sejak as "Sejak",
                   kalimat as "Yang terbit", periode_dari as "Periode dari", periode_sampai as "Periode sampai"
            from quality.terbit_sementara where {OF_AGENCY} order by dataset, penerbit, nilai""",
    ),
)  # fmt: skip
