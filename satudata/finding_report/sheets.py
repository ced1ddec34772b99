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


OF_AGENCY = "pemda is not distinct from %(pemda)s and opd = %(opd)s"
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
        f"""select berkas as "Berkas", lembar as "Lembar", min(baris_ke) as "Baris pertama", kolom as "Kolom", nilai as "Isi", seharusnya as "Seharusnya",
                   aturan as "Aturan", pesan as "Penjelasan", count(*) as "Banyaknya",
                   array_to_string((array_agg(coalesce(baris_ke::text, tempat) order by baris_id))[:20], ', ')
                     || case when count(*) > 20 then ', dan ' || count(*) - 20 || ' lagi' else '' end as "Semua baris",
                   (array_agg(kunci order by baris_id))[1] as "Kunci baris pertama", min(tenggat) as "Tenggat", dataset as "Dataset", penerbit as "Penerbit"
            from quality.baris_dikarantina where keadaan = 'open' and {OF_AGENCY}
            group by dataset, penerbit, berkas, lembar, kolom, nilai, seharusnya, aturan, pesan
            order by dataset, penerbit, berkas, min(baris_id) limit {MOST_ROWS}""",
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
