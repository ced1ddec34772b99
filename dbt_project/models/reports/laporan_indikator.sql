{{ config(
    materialized='incremental', incremental_strategy='delete+insert', unique_key=['objek_key', 'wilayah_key', 'periode_key', 'rincian_key', 'ukuran'],
    indexes=[{'columns': ['objek_key', 'wilayah_key', 'periode_key', 'rincian_key', 'ukuran']}], pre_hook="{{ tanpa_yang_berubah('indikator') }}"
) }}
-- depends_on: {{ ref('ubahan') }}
{% call laporan('indikator') %}
{{ laporan_indikator() }}
{%- endcall %}
