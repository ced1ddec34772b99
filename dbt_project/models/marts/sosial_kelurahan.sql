{{ config(materialized='incremental', pre_hook="{{ ambil_yang_berubah(kunci_angka()) }}") }}
-- depends_on: {{ ref('fakta_berubah') }} {{ ref('disensor_indikator') }} {{ ref('dim_periode') }}
{{ sosial_kelurahan(ref('fct_indikator'), lain=['disensor']) }}
