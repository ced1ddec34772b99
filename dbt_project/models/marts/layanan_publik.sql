-- One figure a year per service, region and breakdown: of several periods the last one of the year.
{{ config(materialized='incremental', pre_hook="{{ ambil_yang_berubah(['indikator_key', 'wilayah_key', 'klasifikasi_key', 'tahun']) }}") }}
-- depends_on: {{ ref('fakta_berubah') }} {{ ref('disensor_indikator') }} {{ ref('dim_periode') }}
{%- set layanan -%}
    i.ukuran in ('Jumlah', 'Berat', 'Panjang')
    and i.tema in (
        'perizinan', 'kependudukan', 'kesehatan', 'pendidikan', 'sosial', 'lingkungan', 'infrastruktur', 'keamanan', 'kemasyarakatan', 'keagamaan'
    )
{%- endset %}
with terbaru as (
    {{ angka_terakhir(ref('fct_indikator'), layanan, tahun=true) }}
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
    t.disensor,
    o.nama_opd as produsen_data,
    t._dataset_id
from terbaru as t
{{ dimensi_angka('t') }}
