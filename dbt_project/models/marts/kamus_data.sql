-- The dictionary is what the models themselves say about their tables and columns, and the contracts about those without a concept.
-- A number whose model names no unit, or not over what it may be summed up, stands with an empty word, and the test of this table names it.
{{ config(tags=['kamus']) }}
{%- set baris = [] -%}
{%- if execute -%}
    {%- set terbit = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | list + graph.sources.values() | list -%}
    {%- for simpul in terbit if 'terbit' in simpul.tags -%}
        {%- set asal = asal_tabel(simpul) -%}
        {%- do baris.append([simpul.name, '', 0, '', 'tanpa satuan', simpul.description, asal, 'bukan ukuran']) -%}
        {%- for kolom in simpul.columns.values() -%}
            {%- set bukan_ukuran = kolom.data_type not in ('integer', 'bigint', 'numeric') or kolom.name.endswith('_key') or kolom.name in ('_dataset_id', 'keputusan_no') -%}
            {%- set satuan = kolom.config.meta.get('satuan', 'tanpa satuan' if bukan_ukuran else '') -%}
            {%- set penjumlahan = kolom.config.meta.get('penjumlahan', 'bukan ukuran' if satuan == 'tanpa satuan' else '') -%}
            {%- do baris.append([simpul.name, kolom.name, loop.index, kolom.data_type, satuan, kolom.description, asal, penjumlahan]) -%}
        {%- endfor -%}
        {%- if simpul.resource_type == 'model' -%}
            {%- do baris.append([simpul.name, 'diperbarui_pada', simpul.columns | length + 1, 'timestamptz', 'tanpa satuan', '', 'rilis', 'bukan ukuran']) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif %}
with isi (tabel, kolom, urutan, tipe, satuan, keterangan, asal, penjumlahan) as (
    values
    ('', '', 0, '', '', '', '', '')
    {%- for b in baris | sort %},
    ('{{ b[0] }}', '{{ b[1] }}', {{ b[2] }}, '{{ b[3] }}', '{{ b[4] }}', '{{ b[5] | trim | replace("'", "''") }}', '{{ b[6] | trim | replace("'", "''") }}', '{{ b[7] }}')
    {%- endfor %}
),

-- What publishing itself adds to a table.
tambahan (kolom, urutan, tipe, keterangan) as (
    values
    ('penerbit', 0, 'text', 'Kode penerbit baris; kosong bila penerbitnya hanya satu'),
    ('status_angka', 9997, 'text', 'tetap, sementara, sangat_sementara, revisi, atau estimasi, menurut sumbernya'),
    ('baris_ke', 9998, 'integer', 'Nomor urut di antara baris yang kuncinya sama; biasanya 1'),
    ('diperbarui_pada', 9999, 'timestamptz', 'Waktu rilis yang terakhir mengubah baris ini')
)

select
    i.tabel,
    i.kolom,
    i.urutan,
    i.tipe,
    i.satuan,
    case i.kolom when 'diperbarui_pada' then t.keterangan else i.keterangan end as keterangan,
    i.asal,
    i.penjumlahan
from isi as i
left join tambahan as t on i.kolom = t.kolom
where i.tabel <> ''
union all
select
    d.table_name as tabel,
    '' as kolom,
    0 as urutan,
    '' as tipe,
    'tanpa satuan' as satuan,
    coalesce(d.title, d.dataset) as keterangan,
    d.dataset as asal,
    'bukan ukuran' as penjumlahan
from {{ source('ops', 'data_table') }} as d
where d.table_name not like 'mart\_instansi.%'
union all
select
    d.table_name as tabel,
    t.kolom,
    t.urutan,
    t.tipe,
    'tanpa satuan' as satuan,
    t.keterangan,
    d.dataset as asal,
    'bukan ukuran' as penjumlahan
from {{ source('ops', 'data_table') }} as d
cross join tambahan as t
where d.table_name not like 'mart\_instansi.%'
union all
select
    d.table_name as tabel,
    d.column_name as kolom,
    d.position as urutan,
    d.type as tipe,
    coalesce(d.unit, 'menurut kolom ' || c.unit_from, case
        when d.type in ('integer', 'decimal') then 'tidak dinyatakan'
        when d.type = 'percent' then 'persen'
        when d.type in ('latitude', 'longitude') then 'derajat'
        else 'tanpa satuan'
    end) as satuan,
    d.description as keterangan,
    d.dataset as asal,
    case
        when d.type in ('integer', 'decimal') then 'tidak dinyatakan'
        when d.type in ('percent', 'latitude', 'longitude') then 'tidak'
        else 'bukan ukuran'
    end as penjumlahan
from {{ source('ops', 'data_column') }} as d
inner join {{ source('ops', 'cut_column') }} as c on d.dataset_id = c.dataset_id and d.column_name = c.column_name
where d.table_name not like 'mart\_instansi.%'
