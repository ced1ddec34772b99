{#- What is an object of each concept, in the words of its staging model `s`. -#}
{% macro laporan_indikator(berubah=false) -%}
    {{ baris_laporan(
        'indikator', berubah, angka='nilai', objek=['indikator', 's.kode_indikator'], rincian=['klasifikasi', 's.klasifikasi'],
        total="s.klasifikasi = ''", wajib=['kode_indikator']
    ) }}
{%- endmacro %}

{% macro laporan_harga_komoditas(berubah=false) -%}
    {%- set kunci_pasar -%}
        case when s.pasar = '' then '' else s.kode_wilayah || '/' || {{ sandi('s.pasar') }} end
    {%- endset -%}
    {{ baris_laporan(
        'harga_komoditas', berubah, angka='harga_rp', objek=['komoditas', 's.kode_komoditas'], rincian=['pasar', kunci_pasar], total="s.pasar = ''",
        ukuran="'harga'", satuan='s.satuan_terbit', wajib=['kode_komoditas']
    ) }}
{%- endmacro %}

{% macro laporan_neraca_pangan(berubah=false) -%}
    {{ baris_laporan(
        'neraca_pangan', berubah, angka='nilai_ton', objek=['komoditas', 's.kode_komoditas'], rincian=['pasar', "''"], total="s.kode_komoditas = ''",
        ukuran='s.ukuran', wajib=['kode_komoditas']
    ) }}
{%- endmacro %}
