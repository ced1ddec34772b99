{#- OPD by every name that a list may call them: short name, official name, abbreviation. Two of one name in a pemda: the first. -#}
{% macro nama_opd() -%}
    select distinct on (o.kode_pemda, n.nama)
        o.kode_pemda,
        n.nama,
        o.opd_key,
        o.nama_opd
    from {{ ref('dim_opd') }} as o
    cross join unnest(array[o.opd, {{ sandi('o.nama_opd') }}, {{ sandi('o.singkatan') }}]) as n (nama)
    where n.nama <> ''
    order by o.kode_pemda, n.nama, o.opd_key
{%- endmacro %}

{#- The agency of reports `l`: the one that the row names, else the one whose dataset it is; with `nama` as nama_opd() makes it. -#}
{% macro opd_laporan() -%}
    case when l.nama_opd is null then u.opd_key else n.opd_key end as opd_key,
    coalesce(l.nama_opd, o.nama_opd) as nama_opd
{%- endmacro %}

{% macro sambung_opd_laporan() -%}
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
left join {{ ref('dim_opd') }} as o on u.opd_key = o.opd_key
left join nama as n on l.kode_wilayah = n.kode_pemda and n.nama = {{ sandi('l.nama_opd') }}
{%- endmacro %}

{#- The code of what a row of a list speaks of, of any length: a title may be longer than an index can hold. -#}
{% macro sandi_panjang(teks) -%}
    case when length({{ teks }}) <= 400 then {{ teks }} else left({{ teks }}, 360) || '_' || md5({{ teks }}) end
{%- endmacro %}
