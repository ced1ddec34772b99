{#- Rows of accepted figures of indicators, one row each; wide tables unfolded: those that are seen at this cut, or (`berubah`) those that have come or ended since the candidate was built. -#}
{% macro baris_indikator(berubah=false) -%}
{%- set faktor = faktor_satuan('t.satuan_terbit is null or u.code = tujuan.code') -%}
with terlihat as (
    {{ terlihat('indikator', berubah) }}
),

-- A measure of a wide table says in the contract which indicator it is; `nilai` beside `kode_indikator` is the long form.
kolom_angka as (
    select
        dataset_id,
        column_name,
        unit,
        unit_from,
        indikator,
        klasifikasi
    from {{ source('ops', 'cut_column') }}
    where indikator is not null or column_name = 'nilai'
),

-- What else is in the key, but neither the concept's own nor a parent of a region, is how the figure is broken down.
kolom_pilah as (
    select
        c.dataset_id,
        array_agg(c.column_name order by c.column_name) as kolom
    from {{ source('ops', 'cut_column') }} as c
    where
        c.is_key
        and c.type in ('text', 'code')
        and c.column_name not in ('kode_indikator', 'satuan')
        and not exists (
            select 1 from {{ source('ops', 'cut_column') }} as a
            where a.dataset_id = c.dataset_id and a.within = c.column_name
        )
    group by c.dataset_id
),

angka as (
    select
        t.*,
        a.klasifikasi as klasifikasi_tetap,
        p.kolom as kolom_pilah,
        coalesce(a.indikator, t.kode_indikator) as indikator_terbit,
        case
            when a.column_name = 'nilai' then t.nilai
            -- A row accepted while this column held text, and never sent again since, has no figure.
            when jsonb_typeof(t.tambahan -> a.column_name) = 'number' then (t.tambahan ->> a.column_name)::numeric
        end as angka,
        coalesce(a.unit, case when a.unit_from <> 'satuan' then t.tambahan ->> a.unit_from end, t.satuan) as satuan_terbit
    from terlihat as t
    inner join kolom_angka as a on t._dataset_id = a.dataset_id
    left join kolom_pilah as p on t._dataset_id = p.dataset_id
)

select
    {{ asal_baris(berubah=berubah) }},
    t.indikator_terbit,
    i.code as kode_indikator,
    t.satuan_terbit,
    u.code as kode_satuan,
    case {{ faktor }} when 1 then t.angka else trim_scale(t.angka * {{ faktor }}) end as nilai,
    {{ faktor }} as faktor,
    scale(t.angka) as desimal,
    coalesce(t._status_angka, 'tetap') as status_angka,
    {{ wilayah_atau_pemda() }} as kode_wilayah,
    case
        when t.klasifikasi_tetap is null and t.kolom_pilah is null then ''
        else coalesce((
            select string_agg({{ sandi('b.nama') }} || '=' || {{ sandi('b.isi') }}, ';' order by b.nama)
            from (
                select
                    e.key as nama,
                    e.value as isi
                from jsonb_each_text(t.klasifikasi_tetap) as e
                union all
                select
                    n.nama,
                    t.tambahan ->> n.nama as isi
                from unnest(t.kolom_pilah) as n (nama)
            ) as b
            where b.isi is not null
        ), '')
    end as klasifikasi
from angka as t
{{ kode_wilayah() }}
{{ kode_daftar('i', 'indikator', 't.indikator_terbit') }}
{{ kode_daftar('u', 'satuan', 't.satuan_terbit') }}
left join {{ source('ops', 'reference_item') }} as acuan on acuan.reference = 'indikator' and i.code = acuan.code
{{ kode_daftar('tujuan', 'satuan', 'acuan.unit') }}
left join {{ source('ops', 'reference_item') }} as dari on dari.reference = 'satuan' and u.code = dari.code
left join {{ source('ops', 'reference_item') }} as ke on ke.reference = 'satuan' and tujuan.code = ke.code
where t.angka is not null
{%- endmacro %}
