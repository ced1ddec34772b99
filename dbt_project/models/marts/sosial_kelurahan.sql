{{ config(
    materialized='incremental', pre_hook=["{{ tanpa_objek_berubah('indikator', 'indikator_key', 'klasifikasi_key') }}", "{{ tanpa_yang_lain_dari_fakta('t.periode_key = f.periode_key') }}"]
) }}
-- depends_on: {{ ref('fakta_berubah') }}
{{ sosial_kelurahan(ref('fct_indikator'), lain=['disensor']) }}
