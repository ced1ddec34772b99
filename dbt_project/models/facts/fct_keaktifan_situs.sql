-- One verdict per site and day of assessment; the newest fetch speaks.
with laporan as (
    select
        t.kunci as situs_key,
        s.akhir as tanggal,
        to_char(s.akhir, 'YYYYMMDD')::integer as tanggal_key,
        w.wilayah_key,
        s.nama_opd,
        s.status,
        s.alamat_situs,
        s.terakhir_diperbarui,
        s.kode_http,
        s._dataset_id,
        row_number() over (partition by t.kunci, s.akhir order by s._fetched_at desc, s._dataset_id, s._penerbit, s._lokasi) as urutan
    from {{ ref('stg_situs_opd') }} as s
    inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
    inner join {{ ref('stg_kunci') }} as t
        on t.dimensi = 'situs' and t.kunci_alami = s.kode_wilayah || '/' || {{ sandi('s.nama_opd') }}
    where s.akhir is not null
)

select
    l.situs_key,
    l.tanggal_key,
    l.tanggal,
    l.wilayah_key,
    l.nama_opd,
    l.status,
    l.alamat_situs,
    l.terakhir_diperbarui,
    l.kode_http::integer as kode_http,
    l._dataset_id
from laporan as l
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
where l.urutan = 1
