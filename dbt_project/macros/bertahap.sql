{#- How a table that stands is brought up to date: what may have changed is taken out before (pre-hook), and only that is put in again. -#}

{#- What has changed is joined on integer keys, and its statistics are known: here the planner may choose an index. -#}
{% macro bebas_memilih() -%}
    set local enable_nestloop to on;
{%- endmacro %}

{#- Of a table of reports: takes out what has ended, and what is about to come in once more after a build that did not end. -#}
{% macro tanpa_yang_berubah(konsep) -%}
    {%- if is_incremental() -%}
    {{ bebas_memilih() }}
    delete from {{ this }} as t
    using {{ ref('ubahan') }} as u
    where
        u.fakta = '{{ konsep }}'
        and (t.objek_key, t.wilayah_key, t.periode_key, t.rincian_key, t.ukuran) = (u.objek_key, u.wilayah_key, u.periode_key, u.rincian_key, u.ukuran)
        and (t._dataset_id, t._penerbit, t._from_batch, t._row_hash) = (u._dataset_id, u._penerbit, u._from_batch, u._row_hash)
    {%- endif -%}
{%- endmacro %}

{#- Of a table of one figure per object: takes out the objects that are looked at again. -#}
{% macro tanpa_objek_berubah(konsep, objek, rincian=none, ukuran=false, periode=true) -%}
    {%- if is_incremental() -%}
    {{ bebas_memilih() }}
    delete from {{ this }} as t where {{ objek_berubah(konsep, objek, rincian, ukuran, periode, dari='t') }}
    {%- endif -%}
{%- endmacro %}

{#- SQL, true for a row of `dari` about an object that is looked at again; `objek`, `rincian`: its columns of these keys. -#}
{% macro objek_berubah(konsep, objek, rincian=none, ukuran=false, periode=true, dari='t') -%}
    {%- set punya = [objek, 'wilayah_key'] -%}
    {%- set cari = ['objek_key', 'wilayah_key'] -%}
    {%- if periode %}{% do punya.append('periode_key') %}{% do cari.append('periode_key') %}{% endif -%}
    {%- if rincian %}{% do punya.append(rincian) %}{% do cari.append('rincian_key') %}{% endif -%}
    {%- if ukuran %}{% do punya.append('ukuran') %}{% do cari.append('ukuran') %}{% endif -%}
    ({{ dari }}.{{ punya | join(', ' ~ dari ~ '.') }}) in (select {{ cari | join(', ') }} from {{ ref('fakta_berubah') }} where fakta = '{{ konsep }}')
{%- endmacro %}

{#- The same as a further condition where the table stands already; nothing where it is built anew. -#}
{% macro bila_objek_berubah(konsep, objek, rincian=none, ukuran=false, periode=true, dari='t') -%}
    {%- if is_incremental() %} and {{ objek_berubah(konsep, objek, rincian, ukuran, periode, dari) }}{%- endif -%}
{%- endmacro %}

{#- True where the build follows what has changed. -#}
{% macro hanya_bertahap() -%}
    {{ 'false' if flags.FULL_REFRESH else 'true' }}
{%- endmacro %}

{#-
  Before a table of figures of indicators is brought up to date: takes out what it says of the objects that are looked at again, and keeps their keys in
  pg_temp.berubah: those whose figure may be another and, where the table knows what is hidden (`sensor`), those that are hidden now and stand here
  shown, or the other way round. `kunci`: the key of the table.
-#}
{% macro ambil_yang_berubah(kunci, sensor=true) -%}
    {%- if is_incremental() -%}
    {%- set asal = {'indikator_key': 'u.objek_key', 'wilayah_key': 'u.wilayah_key', 'klasifikasi_key': 'u.rincian_key', 'periode_key': 'u.periode_key', 'tahun': 'p.tahun'} -%}
    {{ bebas_memilih() }}
    create temp table berubah on commit drop as
    select {% for k in kunci %}{{ asal[k] }} as {{ k }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ ref('fakta_berubah') }} as u
    inner join {{ ref('dim_periode') }} as p on u.periode_key = p.periode_key
    where u.fakta = 'indikator'
    {%- if sensor %}
    union
    select {% for k in kunci %}t.{{ k }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ this }} as t
    where t.disensor and not exists (select 1 from {{ ref('disensor_indikator') }} as h where {{ sekunci('h', 't', kunci_angka()) }})
    union
    select {% for k in kunci %}t.{{ k }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ ref('disensor_indikator') }} as h
    inner join {{ this }} as t on {{ sekunci('h', 't', kunci_angka()) }}
    where not t.disensor
    {%- else %}
    group by {% for k in kunci %}{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}
    {%- endif %};
    analyze berubah;
    delete from {{ this }} as t
    using berubah as u
    where {{ sekunci('t', 'u', kunci) }}
    {%- endif -%}
{%- endmacro %}

{#- The key of a figure of an indicator. -#}
{% macro kunci_angka() -%}
    {{ return(['indikator_key', 'wilayah_key', 'periode_key', 'klasifikasi_key']) }}
{%- endmacro %}

{#- SQL, true where two rows bear one key. -#}
{% macro sekunci(a, b, kunci) -%}
    {% for k in kunci %}{{ a }}.{{ k }} = {{ b }}.{{ k }}{{ ' and ' if not loop.last }}{% endfor %}
{%- endmacro %}

{#- A further join of `dari` where the table stands already: only with what `ambil_yang_berubah` took out of it. -#}
{% macro hanya_yang_berubah(kunci, dari) -%}
    {%- if is_incremental() -%}
    inner join pg_temp.berubah as u on {{ sekunci(dari, 'u', kunci) }}
    {%- endif -%}
{%- endmacro %}

{#-
  The newest figure in `fakta` of each object: of an indicator, a region and a breakdown, or (`tahun`) of those in a year. `indikator`: SQL over
  dim_indikator `i`, of which indicators.
-#}
{% macro angka_terakhir(fakta, indikator='true', tahun=false) -%}
    {%- set objek = 'f.indikator_key, f.wilayah_key, f.klasifikasi_key' -%}
    {%- set urut = 'f.periode_akhir desc, f.periode_mulai desc, f.periode_key' -%}
    {%- if is_incremental() -%}
    select f.*{{ ', u.tahun' if tahun }}
    from pg_temp.berubah as u
    inner join {{ ref('dim_indikator') }} as i on u.indikator_key = i.indikator_key and {{ indikator }}
    cross join lateral (
        select f.* from {{ fakta }} as f
        where
            {{ sekunci('f', 'u', ['indikator_key', 'wilayah_key', 'klasifikasi_key']) }}
            {%- if tahun %}
            and f.periode_akhir between make_date(u.tahun, 1, 1) and make_date(u.tahun, 12, 31)
            {%- endif %}
        order by {{ urut }}
        limit 1
    ) as f
    {%- else -%}
    select distinct on ({{ objek }}{{ ', extract(year from f.periode_akhir)' if tahun }})
        f.*{{ ', extract(year from f.periode_akhir)::integer as tahun' if tahun }}
    from {{ fakta }} as f
    inner join {{ ref('dim_indikator') }} as i on f.indikator_key = i.indikator_key and {{ indikator }}
    order by {{ objek }}{{ ', extract(year from f.periode_akhir)' if tahun }}, {{ urut }}
    {%- endif -%}
{%- endmacro %}

{#- A further condition of a test of rows `m`: where the build follows changes, only of objects that are looked at again (`berubah`: arguments of objek_berubah). -#}
{% macro bila_yang_berubah(berubah) -%}
    {#- Rendered in any case: what dbt remembers of a full build must hold the reference, too. -#}
    {%- set syarat = objek_berubah(berubah.konsep, berubah.objek, berubah.rincian, dari='m') if berubah else '' -%}
    {%- if syarat and not flags.FULL_REFRESH %} and {{ syarat }}{%- endif -%}
{%- endmacro %}
