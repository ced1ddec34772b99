-- One target and realisation per indicator, OPD and period; the newest fetch speaks.
with nama as (
    {{ nama_opd() }}
),

laporan as (
    select
        k.kunci as kinerja_key,
        p.periode_key,
        p.akhir_key as tanggal_key,
        p.mulai as periode_mulai,
        p.akhir as periode_akhir,
        p.periode_grain,
        w.wilayah_key,
        s.kode_wilayah,
        s.nama_opd,
        s.sasaran,
        s.indikator_kinerja,
        s.target,
        s.realisasi,
        s.satuan,
        s.capaian_persen,
        s.status_angka,
        s._dataset_id,
        row_number() over (partition by k.kunci, p.periode_key order by s._fetched_at desc, s._dataset_id, s._penerbit, s._lokasi) as urutan,
        count(*) over (partition by k.kunci, p.periode_key) as jumlah_laporan
    from {{ ref('stg_kinerja') }} as s
    inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
    inner join {{ ref('dim_periode') }} as p on s.grain = p.periode_grain and s.mulai = p.mulai and s.akhir = p.akhir
    inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'kinerja' and s.kode_kinerja = k.kunci_alami
)

select
    l.kinerja_key,
    l.periode_key,
    l.tanggal_key,
    l.periode_mulai,
    l.periode_akhir,
    l.periode_grain,
    l.wilayah_key,
    {{ opd_laporan() }},
    l.sasaran,
    l.indikator_kinerja,
    l.target,
    l.realisasi,
    l.satuan,
    l.capaian_persen,
    round(l.realisasi / nullif(l.target, 0) * 100, 2) as realisasi_per_target_persen,
    l.status_angka,
    l.jumlah_laporan::integer as jumlah_laporan,
    l._dataset_id
from laporan as l
{{ sambung_opd_laporan() }}
where l.urutan = 1
