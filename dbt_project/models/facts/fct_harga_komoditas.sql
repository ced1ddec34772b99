-- One price per commodity, market, region and period; where several datasets report it, the newest fetch speaks.
with terlihat as materialized (
    select *
    from {{ ref('stg_harga_komoditas') }}
    where kode_komoditas is not null and kode_wilayah is not null
),

laporan as (
    select
        c.kunci as komoditas_key,
        w.wilayah_key,
        m.kunci as pasar_key,
        p.periode_key,
        p.akhir_key as tanggal_key,
        p.mulai as periode_mulai,
        p.akhir as periode_akhir,
        p.periode_grain,
        w.level as wilayah_level,
        s.pasar = '' as adalah_total,
        s.harga_rp,
        s.satuan_terbit,
        s.status_angka,
        s._dataset_id,
        row_number() over objek as urutan,
        count(*) over seluruh as jumlah_laporan,
        max(s.harga_rp) over seluruh - min(s.harga_rp) over seluruh as selisih_laporan
    from terlihat as s
    inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
    inner join {{ ref('dim_periode') }} as p on s.grain = p.periode_grain and s.mulai = p.mulai and s.akhir = p.akhir
    inner join {{ ref('stg_kunci') }} as c on c.dimensi = 'komoditas' and s.kode_komoditas = c.kunci_alami
    inner join {{ ref('stg_kunci') }} as m
        on m.dimensi = 'pasar' and m.kunci_alami = case when s.pasar = '' then '' else s.kode_wilayah || '/' || {{ sandi('s.pasar') }} end
    window
        seluruh as (partition by c.kunci, w.wilayah_key, m.kunci, p.periode_key),
        objek as (
            partition by c.kunci, w.wilayah_key, m.kunci, p.periode_key
            order by s._fetched_at desc, s._dataset_id, s._penerbit, s._lokasi
        )
)

select
    l.komoditas_key,
    l.wilayah_key,
    l.pasar_key,
    l.periode_key,
    l.tanggal_key,
    l.periode_mulai,
    l.periode_akhir,
    l.periode_grain,
    l.wilayah_level,
    l.adalah_total,
    l.harga_rp,
    coalesce(d.satuan, l.satuan_terbit) as satuan,
    l.status_angka,
    l.jumlah_laporan::integer as jumlah_laporan,
    l.selisih_laporan as selisih_laporan_rp,
    u.opd_key,
    l._dataset_id
from laporan as l
inner join {{ ref('dim_komoditas') }} as d on l.komoditas_key = d.komoditas_key
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
where l.urutan = 1
