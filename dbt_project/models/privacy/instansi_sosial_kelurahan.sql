{{ config(materialized='incremental', pre_hook="{{ tanpa_objek_berubah('indikator', 'indikator_key', 'klasifikasi_key') }}") }}
-- depends_on: {{ ref('fakta_berubah') }}
{{ sosial_kelurahan(ref('angka_indikator')) }}
