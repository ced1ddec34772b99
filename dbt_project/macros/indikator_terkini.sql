{#- The newest figure of each indicator, region and breakdown, from `fakta`: as everybody, or as only agencies read them. -#}
{% macro indikator_terkini(fakta, lain=[]) -%}
with terbaru as (
    {{ angka_terakhir(fakta) }}
)

select
    t.indikator_key,
    t.wilayah_key,
    t.klasifikasi_key,
    t.periode_key,
    i.kode_indikator,
    i.nama_indikator,
    i.tema,
    w.kode_wilayah,
    w.nama_wilayah,
    w.level as wilayah_level,
    w.nama_kecamatan,
    w.nama_kabupaten_kota,
    k.nama_klasifikasi,
    t.adalah_total,
    p.periode,
    t.periode_akhir as tanggal,
    t.nilai,
    t.satuan,
    t.status_angka,
    {%- for kolom in lain %}
    t.{{ kolom }},
    {%- endfor %}
    o.nama_opd as produsen_data,
    t._dataset_id
from terbaru as t
{{ dimensi_angka('t') }}
{%- endmacro %}
