{{ config(
    materialized='incremental', incremental_strategy='delete+insert', unique_key=['objek_key', 'wilayah_key', 'periode_key', 'rincian_key', 'ukuran'],
    indexes=[{'columns': ['objek_key', 'wilayah_key', 'periode_key', 'rincian_key', 'ukuran']}], pre_hook="{{ tanpa_yang_berubah('neraca_pangan') }}"
) }}
-- depends_on: {{ ref('ubahan') }}
{% call laporan('neraca_pangan') %}
{{ laporan_neraca_pangan() }}
{%- endcall %}
