{#- Rows of accepted stocks and needs, one row per measure: those that are seen at this cut, or (`berubah`) those that have come or ended since the candidate was built. -#}
{% macro baris_neraca_pangan(berubah=false) -%}
{#- In tons, whatever unit the contract says its source counts in. -#}
{%- set faktor = faktor_satuan("h.unit is null or h.unit = 'ton'") -%}
with terlihat as (
    {{ terlihat('neraca_pangan', berubah) }}
)

select
    {{ asal_baris(berubah=berubah) }},
    u.ukuran,
    case {{ faktor }} when 1 then u.nilai else trim_scale(u.nilai * {{ faktor }}) end as nilai_ton,
    {{ faktor }} as faktor,
    scale(u.nilai) as desimal,
    coalesce(t._status_angka, 'tetap') as status_angka,
    case when t.komoditas is null then '' else c.code end as kode_komoditas,
    {{ wilayah_atau_pemda() }} as kode_wilayah
from terlihat as t
cross join
    unnest(
        array['stok', 'kebutuhan', 'ketersediaan', 'neraca'],
        array[t.stok_ton, t.kebutuhan_ton, t.ketersediaan_ton, t.neraca_ton]
    ) as u (ukuran, nilai)
{{ kode_wilayah() }}
{{ kode_daftar('c', 'komoditas', 't.komoditas') }}
left join {{ source('ops', 'cut_column') }} as h on t._dataset_id = h.dataset_id and h.column_name = u.ukuran || '_ton'
left join {{ source('ops', 'reference_item') }} as dari on dari.reference = 'satuan' and h.unit = dari.code
left join {{ source('ops', 'reference_item') }} as ke on ke.reference = 'satuan' and ke.code = 'ton'
where u.nilai is not null
{%- endmacro %}
