{{ config(materialized='incremental', pre_hook="{{ ambil_yang_berubah(['indikator_key', 'wilayah_key', 'klasifikasi_key']) }}") }}
-- depends_on: {{ ref('fakta_berubah') }} {{ ref('disensor_indikator') }} {{ ref('dim_periode') }}
{{ indikator_terkini(ref('fct_indikator'), lain=['disensor']) }}
