-- The dictionary is what the models themselves say about their tables and columns, and the contracts about those without a concept.
{{ config(tags=['kamus']) }}
{%- set baris = [] -%}
{%- if execute -%}
    {%- for simpul in graph.nodes.values() if simpul.resource_type == 'model' and 'terbit' in simpul.tags -%}
        {%- do baris.append([simpul.name, '', 0, '', '', simpul.description]) -%}
        {%- for kolom in simpul.columns.values() -%}
            {%- do baris.append([simpul.name, kolom.name, loop.index, kolom.data_type, kolom.config.meta.get('satuan', ''), kolom.description]) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endif %}
with isi (tabel, kolom, urutan, tipe, satuan, keterangan) as (
    values
    ('', '', 0, '', '', '')
    {%- for b in baris | sort %},
    ('{{ b[0] }}', '{{ b[1] }}', {{ b[2] }}, '{{ b[3] }}', '{{ b[4] }}', '{{ b[5] | trim | replace("'", "''") }}')
    {%- endfor %}
)

select
    tabel,
    kolom,
    urutan,
    tipe,
    nullif(satuan, '') as satuan,
    keterangan,
    'konsep' as asal
from isi
where tabel <> ''
union all
select
    table_name as tabel,
    '' as kolom,
    0 as urutan,
    '' as tipe,
    null as satuan,
    coalesce(title, dataset) as keterangan,
    dataset as asal
from {{ source('ops', 'data_table') }}
union all
select
    table_name as tabel,
    column_name as kolom,
    position as urutan,
    type as tipe,
    unit as satuan,
    description as keterangan,
    dataset as asal
from {{ source('ops', 'data_column') }}
