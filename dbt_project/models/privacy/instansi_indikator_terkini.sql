{{ config(materialized='incremental', pre_hook="{{ ambil_yang_berubah(['indikator_key', 'wilayah_key', 'klasifikasi_key'], sensor=false) }}") }}
-- depends_on: {{ ref('fakta_berubah') }} {{ ref('dim_periode') }}
{{ indikator_terkini(ref('angka_indikator')) }}
