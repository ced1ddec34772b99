{#- A row for every kelurahan, with the newest figures of `terkini`: as everybody, or as only agencies read them. -#}
{% macro profil_kelurahan(terkini) -%}
with pemda as (
    select distinct pemda as kode_pemda
    from {{ source('ops', 'cut_dataset') }}
    where pemda is not null
),

angka as (
    select
        wilayah_key,
        count(distinct indikator_key) as jumlah_indikator,
        max(tanggal) as tanggal_terbaru,
        max(nilai) filter (where kode_indikator = 'penduduk' and adalah_total) as penduduk_jiwa
    from {{ terkini }}
    group by wilayah_key
),

titik as (
    select
        wilayah_key,
        count(*) filter (where jenis = 'kantor_kelurahan') as jumlah_kantor,
        count(*) filter (where jenis = 'posyandu') as jumlah_posyandu,
        count(*) filter (where jenis = 'pos_kamling') as jumlah_pos_kamling,
        count(*) as jumlah_titik
    from {{ ref('fct_titik_lokasi') }}
    group by wilayah_key
)

select
    w.wilayah_key,
    w.kode_wilayah,
    w.nama_wilayah as nama_kelurahan,
    w.jenis,
    w.nama_kecamatan,
    w.nama_kabupaten_kota,
    a.penduduk_jiwa,
    coalesce(a.jumlah_indikator, 0)::integer as jumlah_indikator,
    a.tanggal_terbaru,
    coalesce(t.jumlah_kantor, 0)::integer as jumlah_kantor,
    coalesce(t.jumlah_posyandu, 0)::integer as jumlah_posyandu,
    coalesce(t.jumlah_pos_kamling, 0)::integer as jumlah_pos_kamling,
    coalesce(t.jumlah_titik, 0)::integer as jumlah_titik,
    a.wilayah_key is not null as sudah_melapor
from {{ ref('dim_wilayah') }} as w
inner join pemda as p on w.kode_kabupaten_kota = p.kode_pemda
left join angka as a on w.wilayah_key = a.wilayah_key
left join titik as t on w.wilayah_key = t.wilayah_key
where w.level = 'desa_kelurahan' and w.terdaftar
{%- endmacro %}
