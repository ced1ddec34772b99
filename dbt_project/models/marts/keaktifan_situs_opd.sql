with terbaru as (
    select distinct on (situs_key) *
    from {{ ref('fct_keaktifan_situs') }}
    order by situs_key, tanggal desc
),

sebelumnya as (
    select distinct on (f.situs_key)
        f.situs_key,
        f.status
    from {{ ref('fct_keaktifan_situs') }} as f
    inner join terbaru as t on f.situs_key = t.situs_key and f.tanggal < t.tanggal
    order by f.situs_key, f.tanggal desc
)

select
    t.situs_key,
    t.wilayah_key,
    w.kode_wilayah as kode_pemda,
    w.nama_wilayah as nama_pemda,
    t.nama_opd,
    t.status,
    t.status = 'aktif' as aktif,
    t.tanggal as tanggal_penilaian,
    s.status as status_sebelumnya,
    t.alamat_situs,
    t.terakhir_diperbarui,
    t.kode_http,
    t._dataset_id
from terbaru as t
inner join {{ ref('dim_wilayah') }} as w on t.wilayah_key = w.wilayah_key
left join sebelumnya as s on t.situs_key = s.situs_key
