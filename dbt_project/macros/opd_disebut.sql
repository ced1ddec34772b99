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

{#- The code of what a row of a list speaks of, of any length: a title may be longer than an index can hold. -#}
{% macro sandi_panjang(teks) -%}
    case when length({{ teks }}) <= 400 then {{ teks }} else left({{ teks }}, 360) || '_' || md5({{ teks }}) end
{%- endmacro %}
