{{ config(materialized='incremental', pre_hook="{{ ambil_yang_berubah(['indikator_key', 'wilayah_key', 'klasifikasi_key']) }}") }}
-- depends_on: {{ ref('fakta_berubah') }} {{ ref('disensor_indikator') }} {{ ref('dim_periode') }}
with terbaru as (
    {{ angka_terakhir() }}
)

select
    t.indikator_key,
    t.wilayah_key,
    t.klasifikasi_key,
    t.periode_key,
    i.kode_indikator,
    i.nama_indikator,
    i.tema,
    w.kode_wilayah,
    w.nama_wilayah,
    w.level as wilayah_level,
    w.nama_kecamatan,
    w.nama_kabupaten_kota,
    k.nama_klasifikasi,
    t.adalah_total,
    p.periode,
    t.periode_akhir as tanggal,
    t.nilai,
    t.satuan,
    t.status_angka,
    t.disensor,
    o.nama_opd as produsen_data,
    t._dataset_id
from terbaru as t
{{ dimensi_angka('t') }}
