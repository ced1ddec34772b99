{#-
  Fills the temporary table that ops.tutup_pelengkap works on with the tables (an indicator in a period and a province) in which a count of persons is
  small or a figure was hidden before. What is a count of persons: whatever is counted in jiwa, orang or keluarga, unless the list `sensor` opens it.
  An indicator that is a part of another stands in the other's table; `sel_asal` leads back to its own keys. A class that is the label of a total is
  the total of its side; one that is the total of some classes only is in no equation, and hidden (`rincian` null).
-#}
{% macro sel_indikator() -%}
    {%- set terbit = terbit_terbaru('mart', 'fct_indikator') -%}
    {%- set kolom_terbit = adapter.get_columns_in_relation(terbit) | map(attribute='name') | list if terbit else [] -%}
    {%- set kunci = kunci_angka() -%}
    select ops.sel_kosong();

    create temp table sel_cacah on commit drop as
    select
        i.indikator_key,
        i.kode_indikator,
        coalesce(case when s.detail ->> 'aturan' = 'bagian' then s.detail ->> 'dari' end, i.kode_indikator) as pokok,
        coalesce(case when s.detail ->> 'aturan' = 'bagian' then s.detail ->> 'rincian' end, '') as rincian
    from {{ ref('dim_indikator') }} as i
    left join {{ source('ops', 'reference_item') }} as s on s.reference = 'sensor' and i.kode_indikator = s.code
    where i.satuan in ('jiwa', 'orang', 'keluarga') and coalesce(s.detail ->> 'aturan', '') <> 'terbuka';

    create temp table sel_batas on commit drop as
    select
        w.key_id as wilayah_key,
        w.natural_key as kode_wilayah,
        left(w.natural_key, 2) as provinsi,
        coalesce(p.batas_sensor, 5) as k
    from {{ source('ops', 'key') }} as w
    left join {{ source('ops', 'pemda') }} as p on left(w.natural_key, 5) = p.pemda
    where w.dimension = 'wilayah';

    create temp table sel_dahulu on commit drop as
    select
        c.indikator_key,
        b.wilayah_key,
        p.key_id as periode_key,
        r.key_id as klasifikasi_key,
        c.pokok,
        b.provinsi
    from {{ source('ops', 'disensor') }} as d
    inner join pg_temp.sel_cacah as c on d.kode_indikator = c.kode_indikator
    inner join pg_temp.sel_batas as b on d.kode_wilayah = b.kode_wilayah
    inner join {{ source('ops', 'key') }} as p on p.dimension = 'periode' and d.periode = p.natural_key
    inner join {{ source('ops', 'key') }} as r on r.dimension = 'klasifikasi' and d.klasifikasi = r.natural_key;

    create temp table sel_rincian on commit drop as
    select
        k.key_id as klasifikasi_key,
        k.natural_key as klasifikasi,
        ops.rincian_tanpa_jumlah(k.natural_key) as rincian
    from {{ source('ops', 'key') }} as k
    where k.dimension = 'klasifikasi';

    analyze sel_cacah, sel_batas, sel_dahulu, sel_rincian;

    -- Tables in which something is to be hidden; in most of them nothing adds up (one level, no totals), so that only what is hidden itself is looked at.
    create temp table sel_tabel on commit drop as
    select
        c.pokok,
        a.periode_key,
        b.provinsi,
        min(length(b.kode_wilayah)) < max(length(b.kode_wilayah)) or bool_or(j.adalah_jumlah) and not bool_and(j.adalah_jumlah)
        or bool_or(r.rincian is distinct from r.klasifikasi) as berjumlah
    from {{ ref('angka_indikator') }} as a
    inner join pg_temp.sel_cacah as c on a.indikator_key = c.indikator_key
    inner join pg_temp.sel_batas as b on a.wilayah_key = b.wilayah_key
    inner join pg_temp.sel_rincian as r on a.klasifikasi_key = r.klasifikasi_key
    cross join lateral (select a.adalah_total and c.rincian = '' as adalah_jumlah) as j
    where a.nilai is not null
    group by c.pokok, a.periode_key, b.provinsi
    having
        bool_or(a.nilai > 0 and a.nilai < b.k)
        or (c.pokok, a.periode_key, b.provinsi) in (select pokok, periode_key, provinsi from pg_temp.sel_dahulu);

    analyze sel_tabel;

    create temp table sel_asal on commit drop as
    select
        a.pokok || '|' || a.periode_key || '|' || a.provinsi as tabel,
        a.kode_wilayah as wilayah,
        case when r.rincian is not null then concat_ws(';', nullif(r.rincian, ''), nullif(a.rincian_tetap, '')) end as rincian,
        {% for nama in kunci %}a.{{ nama }}, {% endfor %}
        a.kode_indikator,
        a.kode_wilayah,
        p.natural_key as periode,
        r.klasifikasi,
        a.nilai,
        a.k,
        a.dahulu
    from (
        select
            {% for nama in kunci %}a.{{ nama }}, {% endfor %}
            a.nilai,
            c.kode_indikator,
            c.pokok,
            c.rincian as rincian_tetap,
            b.kode_wilayah,
            b.provinsi,
            b.k,
            d.indikator_key is not null as dahulu
        from {{ ref('angka_indikator') }} as a
        inner join pg_temp.sel_cacah as c on a.indikator_key = c.indikator_key
        inner join pg_temp.sel_batas as b on a.wilayah_key = b.wilayah_key
        inner join pg_temp.sel_tabel as t on c.pokok = t.pokok and a.periode_key = t.periode_key and b.provinsi = t.provinsi
        left join pg_temp.sel_dahulu as d on {{ sekunci('a', 'd', kunci) }}
        where a.nilai is not null and (t.berjumlah or d.indikator_key is not null or (a.nilai > 0 and a.nilai < b.k))
        offset 0
    ) as a
    inner join {{ source('ops', 'key') }} as p on a.periode_key = p.key_id
    inner join pg_temp.sel_rincian as r on a.klasifikasi_key = r.klasifikasi_key;

    insert into sel (tabel, wilayah, rincian, menurut, nilai, k, dahulu, tampil)
    select
        s.tabel,
        s.wilayah,
        s.rincian,
        regexp_replace(s.rincian, '=[^;]*', '', 'g') as menurut,
        max(s.nilai) as nilai,
        max(s.k) as k,
        bool_or(s.dahulu) as dahulu,
        {{ 'bool_or(coalesce(t.nilai is not null, false))' if 'disensor' in kolom_terbit else 'false' }} as tampil
    from pg_temp.sel_asal as s
    {%- if 'disensor' in kolom_terbit %}
    left join {{ terbit }} as t on {{ sekunci('s', 't', kunci) }}
    {%- endif %}
    where s.rincian is not null
    group by s.tabel, s.wilayah, s.rincian
{%- endmacro %}

{#- The columns of figures `a`, without what tells a figure that `h` hides. -#}
{% macro kolom_tanpa_yang_disensor(kolom) -%}
    {%- for nama in kolom if nama != 'disensor' -%}
    {%- if nama == 'selisih_laporan' %}
    case when h.indikator_key is null and not ({{ mungkin_laporan_kecil('a') }}) then a.selisih_laporan end as selisih_laporan,
    {%- else %}
    {{ 'case when h.indikator_key is null then a.nilai end as nilai' if nama == 'nilai' else 'a.' ~ nama }},
    {%- endif %}
    {% endfor -%}
{%- endmacro %}

{#-
  One of several reports of a count of persons may be small: no report is farther from the figure than they are apart. Where the figure is not one of
  them (it was held, or decided), nothing says where they lie. The highest of all limits serves for each: it hides no figure, only how far they are apart.
-#}
{% macro mungkin_laporan_kecil(a) -%}
    {{ a }}.jumlah_laporan > 1
        and {{ a }}.satuan in ('jiwa', 'orang', 'keluarga')
        and ({{ a }}.status_rekonsiliasi in ('ditahan', 'diputuskan')
            or {{ a }}.nilai - {{ a }}.selisih_laporan < (select greatest(5, max(batas_sensor)) from {{ source('ops', 'pemda') }}))
{%- endmacro %}
