{{ config(materialized='incremental', pre_hook="{{ tanpa_objek_berubah('indikator', 'indikator_key', 'klasifikasi_key') }}") }}
-- depends_on: {{ ref('fakta_berubah') }}
{{ satu_angka(
    ref('laporan_indikator'), 'indikator', 'indikator', angka='nilai', selisih='selisih_laporan', rincian='klasifikasi', satuan='o.satuan'
) }}
