with terlihat as (
    {{ terlihat('informasi_publik') }}
),

dibaca as (
    select
        {{ asal_baris(berperiode=false) }},
        t.judul,
        t.nomor,
        t.ringkasan,
        t.tanggal,
        t.tautan,
        t.opd as nama_opd,
        t.pemda as kode_wilayah,
        {{ sandi('t.kategori') }} as kategori,
        coalesce({{ sandi('t.opd') }}, t.dataset) || '/' || {{ sandi('t.judul') }} as sandi_informasi
    from terlihat as t
    where t.judul is not null
)

select
    d._dataset_id,
    d._penerbit,
    d._from_batch,
    d._lokasi,
    d._fetched_at,
    d.judul,
    d.nomor,
    d.ringkasan,
    d.tanggal,
    d.tautan,
    d.nama_opd,
    d.kode_wilayah,
    d.kategori,
    d.kode_wilayah || '/' || {{ sandi_panjang('d.sandi_informasi') }} as kode_informasi
from dibaca as d
