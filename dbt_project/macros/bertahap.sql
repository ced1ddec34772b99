{#- How a table that stands is brought up to date: what may have changed is taken out before (pre-hook), and only that is put in again. -#}

{#- Of a table of reports: takes out what has ended, and what is about to come in once more after a build that did not end. -#}
{% macro tanpa_yang_berubah(konsep) -%}
    {%- if is_incremental() -%}
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

{#- Before a table of what everybody reads: takes out the figures that are hidden now and were not, or were and are not. -#}
{% macro tanpa_yang_lain_sensornya() -%}
    {%- if is_incremental() -%}
    delete from {{ this }} as t where t.disensor <> ((t.indikator_key, t.wilayah_key, t.periode_key, t.klasifikasi_key) in (
        select indikator_key, wilayah_key, periode_key, klasifikasi_key from {{ ref('disensor_indikator') }}
    ))
    {%- endif -%}
{%- endmacro %}

{#- The same of a table that is made of the figures everybody reads; `periode`: SQL of what else must be the same in fact `f` and row `t`. -#}
{% macro tanpa_yang_lain_dari_fakta(periode) -%}
    {%- if is_incremental() -%}
    delete from {{ this }} as t
    using {{ ref('fct_indikator') }} as f
    where
        (t.indikator_key, t.wilayah_key, t.klasifikasi_key) = (f.indikator_key, f.wilayah_key, f.klasifikasi_key)
        and {{ periode }}
        and t.disensor <> f.disensor
    {%- endif -%}
{%- endmacro %}

{#- A further condition where the table stands already: only what it lacks of `dari`, whatever was taken out of it. -#}
{% macro yang_belum_ada(kunci, dari) -%}
    {%- if is_incremental() %} and not exists (
        select 1 from {{ this }} as ada
        where {% for k in kunci %}ada.{{ k }} = {{ dari }}.{{ k }}{% if not loop.last %} and {% endif %}{% endfor %}
    )
    {%- endif -%}
{%- endmacro %}
