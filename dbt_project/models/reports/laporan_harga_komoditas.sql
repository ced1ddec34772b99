{{ config(
    materialized='incremental', incremental_strategy='delete+insert', unique_key=['objek_key', 'wilayah_key', 'periode_key', 'rincian_key', 'ukuran'],
    indexes=[{'columns': ['objek_key', 'wilayah_key', 'periode_key', 'rincian_key', 'ukuran']}], pre_hook="{{ tanpa_yang_berubah('harga_komoditas') }}"
) }}
-- depends_on: {{ ref('ubahan') }}
{% call laporan('harga_komoditas') %}
{{ laporan_harga_komoditas() }}
{%- endcall %}
