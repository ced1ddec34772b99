{#- Rows of accepted stocks and needs, one row per measure: those that are seen at this cut, or (`berubah`) those that have come or ended since the candidate was built. -#}
{% macro baris_neraca_pangan(berubah=false) -%}
with terlihat as (
    {{ terlihat('neraca_pangan', berubah) }}
)

select
    {{ asal_baris(berubah=berubah) }},
    u.ukuran,
    u.nilai_ton,
    1::numeric as faktor,
    scale(u.nilai_ton) as desimal,
    coalesce(t._status_angka, 'tetap') as status_angka,
    case when t.komoditas is null then '' else c.code end as kode_komoditas,
    {{ wilayah_atau_pemda() }} as kode_wilayah
from terlihat as t
cross join
    unnest(
        array['stok', 'kebutuhan', 'ketersediaan', 'neraca'],
        array[t.stok_ton, t.kebutuhan_ton, t.ketersediaan_ton, t.neraca_ton]
    ) as u (ukuran, nilai_ton)
{{ kode_wilayah() }}
{{ kode_daftar('c', 'komoditas', 't.komoditas') }}
where u.nilai_ton is not null
{%- endmacro %}
