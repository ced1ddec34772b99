-- One figure a year per service, region and breakdown: of several periods the last one of the year.
with terbaru as (
    select distinct on (f.indikator_key, f.wilayah_key, f.klasifikasi_key, extract(year from f.periode_akhir))
        f.*,
        extract(year from f.periode_akhir)::integer as tahun
    from {{ ref('fct_indikator') }} as f
    inner join {{ ref('dim_indikator') }} as i on f.indikator_key = i.indikator_key
    where
        i.ukuran in ('Jumlah', 'Berat', 'Panjang')
        and i.tema in (
            'perizinan', 'kependudukan', 'kesehatan', 'pendidikan', 'sosial', 'lingkungan', 'infrastruktur', 'keamanan', 'kemasyarakatan', 'keagamaan'
        )
    order by f.indikator_key, f.wilayah_key, f.klasifikasi_key, extract(year from f.periode_akhir), f.periode_akhir desc, f.periode_mulai desc, f.periode_key
)

select
    t.indikator_key,
    t.wilayah_key,
    t.klasifikasi_key,
    t.tahun,
    t.periode_key,
    i.tema as layanan,
    i.kode_indikator,
    i.nama_indikator,
    k.nama_klasifikasi,
    t.adalah_total,
    w.kode_wilayah,
    w.nama_wilayah,
    t.wilayah_level,
    w.nama_kecamatan,
    w.nama_kabupaten_kota,
    p.periode,
    t.nilai,
    t.satuan,
    t.status_angka,
    o.nama_opd as produsen_data,
    t._dataset_id
from terbaru as t
{{ dimensi_angka('t') }}
