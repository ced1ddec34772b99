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
