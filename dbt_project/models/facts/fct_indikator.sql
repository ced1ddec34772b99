-- One figure per object. Where several datasets report it, the newest fetch speaks; how many did and how far apart they are stays visible.
with terlihat as materialized (
    select *
    from {{ ref('stg_indikator') }}
    where nilai is not null and kode_indikator is not null and kode_wilayah is not null
),

laporan as (
    select
        i.kunci as indikator_key,
        w.wilayah_key,
        p.periode_key,
        k.kunci as klasifikasi_key,
        p.mulai as periode_mulai,
        p.akhir as periode_akhir,
        p.akhir_key as tanggal_key,
        p.periode_grain,
        w.level as wilayah_level,
        s.klasifikasi = '' as adalah_total,
        s.nilai,
        s.status_angka,
        s._dataset_id,
        row_number() over objek as urutan,
        count(*) over seluruh as jumlah_laporan,
        max(s.nilai) over seluruh - min(s.nilai) over seluruh as selisih_laporan
    from terlihat as s
    inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
    inner join {{ ref('dim_periode') }} as p on s.grain = p.periode_grain and s.mulai = p.mulai and s.akhir = p.akhir
    inner join {{ ref('stg_kunci') }} as i on i.dimensi = 'indikator' and s.kode_indikator = i.kunci_alami
    inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'klasifikasi' and s.klasifikasi = k.kunci_alami
    window
        seluruh as (partition by i.kunci, w.wilayah_key, p.periode_key, k.kunci),
        objek as (
            partition by i.kunci, w.wilayah_key, p.periode_key, k.kunci
            order by s._fetched_at desc, s._dataset_id, s._penerbit, s._lokasi
        )
)

select
    l.indikator_key,
    l.wilayah_key,
    l.periode_key,
    l.klasifikasi_key,
    l.tanggal_key,
    l.periode_mulai,
    l.periode_akhir,
    l.periode_grain,
    l.wilayah_level,
    l.adalah_total,
    l.nilai,
    d.satuan,
    l.status_angka,
    l.jumlah_laporan::integer as jumlah_laporan,
    l.selisih_laporan,
    u.opd_key,
    l._dataset_id
from laporan as l
inner join {{ ref('dim_indikator') }} as d on l.indikator_key = d.indikator_key
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
where l.urutan = 1
