{#-
  Fills the temporary table that ops.tutup_pelengkap works on with the tables (an indicator in a period and a province) in which a count of persons is
  small or a figure was hidden before. What is a count of persons: whatever is counted in jiwa, orang or keluarga, unless the list `sensor` opens it.
  An indicator that is a part of another stands in the other's table; `sel_asal` leads back to its own keys.
-#}
{% macro sel_indikator() -%}
    {%- set terbit = terbit_terbaru('mart', 'fct_indikator') -%}
    {%- set kolom_terbit = adapter.get_columns_in_relation(terbit) | map(attribute='name') | list if terbit else [] -%}
    select ops.sel_kosong();

    create temp table sel_asal on commit drop as
    with cacah as (
        select
            i.indikator_key,
            i.kode_indikator,
            coalesce(case when s.detail ->> 'aturan' = 'bagian' then s.detail ->> 'dari' end, i.kode_indikator) as pokok,
            coalesce(case when s.detail ->> 'aturan' = 'bagian' then s.detail ->> 'rincian' end, '') as rincian
        from {{ ref('dim_indikator') }} as i
        left join {{ source('ops', 'reference_item') }} as s on s.reference = 'sensor' and i.kode_indikator = s.code
        where i.satuan in ('jiwa', 'orang', 'keluarga') and coalesce(s.detail ->> 'aturan', '') <> 'terbuka'
    ),

    batas as (
        select
            w.key_id as wilayah_key,
            w.natural_key as kode_wilayah,
            coalesce(p.batas_sensor, 5) as k
        from {{ source('ops', 'key') }} as w
        left join {{ source('ops', 'pemda') }} as p on left(w.natural_key, 5) = p.pemda
        where w.dimension = 'wilayah'
    ),

    angka as (
        select
            a.indikator_key,
            a.wilayah_key,
            a.periode_key,
            a.klasifikasi_key,
            c.kode_indikator,
            b.kode_wilayah,
            a.nilai,
            b.k,
            c.pokok,
            c.rincian
        from {{ ref('angka_indikator') }} as a
        inner join cacah as c on a.indikator_key = c.indikator_key
        inner join batas as b on a.wilayah_key = b.wilayah_key
        where a.nilai is not null
    ),

    tabel as (
        select
            pokok,
            periode_key,
            left(kode_wilayah, 2) as provinsi
        from angka
        where nilai > 0 and nilai < k
        union
        select
            c.pokok,
            p.key_id as periode_key,
            left(d.kode_wilayah, 2) as provinsi
        from {{ source('ops', 'disensor') }} as d
        inner join cacah as c on d.kode_indikator = c.kode_indikator
        inner join {{ source('ops', 'key') }} as p on p.dimension = 'periode' and d.periode = p.natural_key
    )

    select
        a.pokok || '|' || a.periode_key || '|' || t.provinsi as tabel,
        a.kode_wilayah as wilayah,
        concat_ws(';', nullif(r.natural_key, ''), nullif(a.rincian, '')) as rincian,
        a.indikator_key,
        a.wilayah_key,
        a.periode_key,
        a.klasifikasi_key,
        a.kode_indikator,
        a.kode_wilayah,
        p.natural_key as periode,
        r.natural_key as klasifikasi,
        a.nilai,
        a.k
    from angka as a
    inner join tabel as t on a.pokok = t.pokok and a.periode_key = t.periode_key and left(a.kode_wilayah, 2) = t.provinsi
    inner join {{ source('ops', 'key') }} as p on a.periode_key = p.key_id
    inner join {{ source('ops', 'key') }} as r on a.klasifikasi_key = r.key_id;

    insert into sel (tabel, wilayah, rincian, menurut, nilai, k, dahulu, tampil)
    select
        s.tabel,
        s.wilayah,
        s.rincian,
        regexp_replace(s.rincian, '=[^;]*', '', 'g') as menurut,
        max(s.nilai) as nilai,
        max(s.k) as k,
        bool_or(d.kode_indikator is not null) as dahulu,
        {{ 'bool_or(coalesce(t.nilai is not null, false))' if 'disensor' in kolom_terbit else 'false' }} as tampil
    from pg_temp.sel_asal as s
    left join {{ source('ops', 'disensor') }} as d
        on s.kode_indikator = d.kode_indikator and s.kode_wilayah = d.kode_wilayah and s.periode = d.periode and s.klasifikasi = d.klasifikasi
    {%- if 'disensor' in kolom_terbit %}
    left join {{ terbit }} as t
        on
            s.indikator_key = t.indikator_key
            and s.wilayah_key = t.wilayah_key
            and s.periode_key = t.periode_key
            and s.klasifikasi_key = t.klasifikasi_key
    {%- endif %}
    group by s.tabel, s.wilayah, s.rincian
{%- endmacro %}

{#- The columns of figures `a`, without what tells a figure that `h` hides. -#}
{% macro kolom_tanpa_yang_disensor(kolom) -%}
    {%- for nama in kolom if nama != 'disensor' -%}
    {{ 'case when h.indikator_key is null then a.' ~ nama ~ ' end as ' ~ nama if nama in ('nilai', 'selisih_laporan') else 'a.' ~ nama }},
    {% endfor -%}
{%- endmacro %}
