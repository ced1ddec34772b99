{%- set kunci_pasar -%}
    case when s.pasar = '' then '' else s.kode_wilayah || '/' || {{ sandi('s.pasar') }} end
{%- endset %}
{{ laporan(
    ref('stg_harga_komoditas'), angka='harga_rp', objek=['komoditas', 's.kode_komoditas'], rincian=['pasar', kunci_pasar], total="s.pasar = ''",
    ukuran="'harga'", satuan='s.satuan_terbit', wajib=['kode_komoditas']
) }}
