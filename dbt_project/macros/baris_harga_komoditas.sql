{#- Rows of accepted prices: those that are seen at this cut, or (`berubah`) those that have come or ended since the candidate was built. -#}
{% macro baris_harga_komoditas(berubah=false) -%}
{#- A price per something that is not measured alike, or that is not said, stands as it was published. -#}
{%- set faktor = faktor_satuan('dari.code = ke.code', selain='1') -%}
with terlihat as (
    {{ terlihat('harga_komoditas', berubah) }}
)

select
    {{ asal_baris(berubah=berubah) }},
    c.code as kode_komoditas,
    coalesce(t.pasar, '') as pasar,
    case {{ faktor }} when 1 then t.harga_rp else trim_scale(t.harga_rp * {{ faktor }}) end as harga_rp,
    {{ faktor }} as faktor,
    scale(t.harga_rp) as desimal,
    t.satuan as satuan_terbit,
    coalesce(t._status_angka, 'tetap') as status_angka,
    {{ wilayah_atau_pemda() }} as kode_wilayah
from terlihat as t
{{ kode_wilayah() }}
{{ kode_daftar('c', 'komoditas', 't.komoditas') }}
{{ kode_daftar('u', 'satuan', 't.satuan') }}
left join {{ source('ops', 'cut_column') }} as h on t._dataset_id = h.dataset_id and h.column_name = 'harga_rp'
left join {{ source('ops', 'reference_item') }} as acuan on acuan.reference = 'komoditas' and c.code = acuan.code
left join {{ source('ops', 'reference_item') }} as dari on dari.reference = 'satuan' and dari.code = coalesce('Rp/' || u.code, h.unit)
left join {{ source('ops', 'reference_item') }} as ke on ke.reference = 'satuan' and ke.code = 'Rp/' || acuan.unit
where t.harga_rp is not null
{%- endmacro %}
