{#-
  Gives every new member of a dimension its lasting integer key. All dimensions at once, in one order and without a sequence, so that a build
  that was killed and repeated hands out the same keys; only one transform runs at a time.
-#}
{% macro alokasi_kunci() -%}
    {%- set yang = '' if flags.FULL_REFRESH else '_berubah' -%}
    {%- set terlihat = '' if flags.FULL_REFRESH else ' and _terlihat' -%}
    insert into {{ source('ops', 'key') }} (key_id, dimension, natural_key) overriding system value
    select
        (select coalesce(max(key_id), 0) from {{ source('ops', 'key') }}) + row_number() over (order by b.dimension, b.natural_key),
        b.dimension,
        b.natural_key
    from (
        select reference as dimension, code as natural_key
        from {{ source('ops', 'reference_item') }} where reference in ('wilayah', 'komoditas', 'indikator')
        union
        select 'wilayah', code from {{ source('ops', 'resolved_code') }} where reference = 'wilayah' and code is not null
        union
        values ('komoditas', ''), ('klasifikasi', ''), ('pasar', '')
        union
        select 'opd', pemda || '/' || opd from {{ source('ops', 'opd') }}
        union
        select 'opd', pemda || '/' || opd from {{ source('ops', 'cut_dataset') }} where pemda is not null and opd is not null
        union
        select 'periode', grain || ':' || mulai::text || ':' || akhir::text from (
            select grain, mulai, akhir from {{ ref('stg_indikator' ~ yang) }} where true{{ terlihat }}
            union
            select grain, mulai, akhir from {{ ref('stg_harga_komoditas' ~ yang) }} where true{{ terlihat }}
            union
            select grain, mulai, akhir from {{ ref('stg_neraca_pangan' ~ yang) }} where true{{ terlihat }}
            union
            select grain, mulai, akhir from {{ ref('stg_situs_opd') }}
            union
            select grain, mulai, akhir from {{ ref('stg_kinerja') }}
        ) as p where grain is not null and mulai is not null
        union
        select 'klasifikasi', klasifikasi from {{ ref('stg_indikator' ~ yang) }} where true{{ terlihat }}
        union
        select 'pasar', kode_wilayah || '/' || {{ sandi('pasar') }} from {{ ref('stg_harga_komoditas' ~ yang) }} where pasar <> '' and kode_wilayah is not null{{ terlihat }}
        union
        select 'titik', jenis || '/' || kode_wilayah || '/' || {{ sandi('nama') }} from {{ ref('stg_titik_lokasi') }} where kode_wilayah is not null
        union
        select 'situs', kode_wilayah || '/' || {{ sandi('nama_opd') }} from {{ ref('stg_situs_opd') }} where kode_wilayah is not null
        union
        select 'informasi', kode_informasi from {{ ref('stg_informasi_publik') }} where kode_informasi is not null
        union
        select 'kinerja', kode_kinerja from {{ ref('stg_kinerja') }} where kode_kinerja is not null
    ) as b
    where not exists (
        select 1 from {{ source('ops', 'key') }} as k where k.dimension = b.dimension and k.natural_key = b.natural_key
    )
{%- endmacro %}
