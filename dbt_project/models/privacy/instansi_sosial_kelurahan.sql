{{ config(materialized='incremental', pre_hook="{{ ambil_yang_berubah(kunci_angka(), sensor=false) }}") }}
-- depends_on: {{ ref('fakta_berubah') }} {{ ref('dim_periode') }}
{{ sosial_kelurahan(ref('angka_indikator')) }}
