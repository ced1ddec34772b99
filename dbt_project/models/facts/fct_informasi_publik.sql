-- One row per title and OPD of a pemda's list; the newest fetch speaks.
with nama as (
    {{ nama_opd() }}
),

laporan as (
    select
        k.kunci as informasi_key,
        w.wilayah_key,
        s.kode_wilayah,
        s.nama_opd,
        s.judul,
        s.nomor,
        s.ringkasan,
        s.kategori,
        s.tanggal,
        s.tautan,
        s._dataset_id,
        row_number() over (partition by k.kunci order by s._fetched_at desc, s._dataset_id, s._penerbit, s._lokasi) as urutan,
        count(*) over (partition by k.kunci) as jumlah_laporan
    from {{ ref('stg_informasi_publik') }} as s
    inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
    inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'informasi' and s.kode_informasi = k.kunci_alami
)

select
    l.informasi_key,
    l.wilayah_key,
    {{ opd_laporan() }},
    l.judul,
    l.nomor,
    l.ringkasan,
    l.kategori,
    l.tanggal,
    l.tautan,
    l.jumlah_laporan::integer as jumlah_laporan,
    l._dataset_id
from laporan as l
{{ sambung_opd_laporan() }}
where l.urutan = 1
