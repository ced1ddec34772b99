{{ config(materialized='incremental', pre_hook=[
    "{{ tanpa_objek_berubah('indikator', 'indikator_key', 'klasifikasi_key', periode=false) }}", "{{ tanpa_yang_lain_dari_fakta('t.tanggal = f.periode_akhir') }}"
]) }}
-- depends_on: {{ ref('fakta_berubah') }}
with terbaru as (
    select distinct on (f.indikator_key, f.wilayah_key, f.klasifikasi_key) f.*
    from {{ ref('fct_indikator') }} as f
    where
        true
        {{ yang_belum_ada(['indikator_key', 'wilayah_key', 'klasifikasi_key'], 'f') }}
    order by f.indikator_key, f.wilayah_key, f.klasifikasi_key, f.periode_akhir desc, f.periode_mulai desc, f.periode_key
)

select
    t.indikator_key,
    t.wilayah_key,
    t.klasifikasi_key,
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
