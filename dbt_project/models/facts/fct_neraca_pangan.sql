-- One figure per measure (stok, kebutuhan, ketersediaan, neraca), commodity, region and period; the newest fetch speaks.
with terlihat as materialized (
    select *
    from {{ ref('stg_neraca_pangan') }}
    where kode_komoditas is not null and kode_wilayah is not null
),

laporan as (
    select
        c.kunci as komoditas_key,
        w.wilayah_key,
        p.periode_key,
        s.ukuran,
        p.akhir_key as tanggal_key,
        p.mulai as periode_mulai,
        p.akhir as periode_akhir,
        p.periode_grain,
        w.level as wilayah_level,
        s.kode_komoditas = '' as adalah_total,
        s.nilai_ton,
        s.status_angka,
        s._dataset_id,
        row_number() over objek as urutan,
        count(*) over seluruh as jumlah_laporan,
        max(s.nilai_ton) over seluruh - min(s.nilai_ton) over seluruh as selisih_laporan_ton
    from terlihat as s
    inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
    inner join {{ ref('dim_periode') }} as p on s.grain = p.periode_grain and s.mulai = p.mulai and s.akhir = p.akhir
    inner join {{ ref('stg_kunci') }} as c on c.dimensi = 'komoditas' and s.kode_komoditas = c.kunci_alami
    window
        seluruh as (partition by c.kunci, w.wilayah_key, p.periode_key, s.ukuran),
        objek as (
            partition by c.kunci, w.wilayah_key, p.periode_key, s.ukuran
            order by s._fetched_at desc, s._dataset_id, s._penerbit, s._lokasi
        )
)

select
    l.komoditas_key,
    l.wilayah_key,
    l.periode_key,
    l.ukuran,
    l.tanggal_key,
    l.periode_mulai,
    l.periode_akhir,
    l.periode_grain,
    l.wilayah_level,
    l.adalah_total,
    l.nilai_ton,
    l.status_angka,
    l.jumlah_laporan::integer as jumlah_laporan,
    l.selisih_laporan_ton,
    u.opd_key,
    l._dataset_id
from laporan as l
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
where l.urutan = 1
