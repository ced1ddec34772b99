{{ config(materialized='incremental', pre_hook="{{ tanpa_objek_berubah('harga_komoditas', 'komoditas_key', 'pasar_key') }}") }}
-- depends_on: {{ ref('fakta_berubah') }}
{{ satu_angka(
    ref('laporan_harga_komoditas'), 'harga_komoditas', 'komoditas', angka='harga_rp', selisih='selisih_laporan_rp', rincian='pasar',
    satuan='coalesce(o.satuan, l.satuan_terbit)'
) }}
