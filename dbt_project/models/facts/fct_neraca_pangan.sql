{{ config(materialized='incremental', pre_hook="{{ tanpa_objek_berubah('neraca_pangan', 'komoditas_key', ukuran=true) }}") }}
-- depends_on: {{ ref('fakta_berubah') }}
{{ satu_angka(ref('laporan_neraca_pangan'), 'neraca_pangan', 'komoditas', angka='nilai_ton', selisih='selisih_laporan_ton', ukuran=true) }}
