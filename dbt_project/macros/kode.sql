{#- Joins the code of a published text of row `t`, as ops.resolve_codes found it for this text at its level, under its parent, in its system. -#}
{% macro kode_wilayah(kolom='kode_wilayah') -%}
    left join {{ source('ops', 'cut_code_column') }} as k on t._dataset_id = k.dataset_id and k.column_name = '{{ kolom }}'
    left join {{ source('ops', 'resolved_code') }} as w
        on
            w.reference = 'wilayah'
            and lower(t.{{ kolom }}) = w.published
            and k.level = w.level
            and k.system = w.system
            and k.bare_name_is = w.bare_name_is
            and w.within = case
                when k.within = '' or k.within ~ '^[0-9]' then k.within
                else coalesce(lower(coalesce(t.tambahan ->> k.within, to_jsonb(t.*) ->> k.within)), '')
            end
{%- endmacro %}

{#- The same for lists without levels: komoditas, indikator, satuan. `teks` is SQL of the published text. -#}
{% macro kode_daftar(alias, daftar, teks) -%}
    left join {{ source('ops', 'resolved_code') }} as {{ alias }}
        on
            {{ alias }}.reference = '{{ daftar }}'
            and lower({{ teks }}) = {{ alias }}.published
            and {{ alias }}.level = ''
            and {{ alias }}.within = ''
            and {{ alias }}.system = ''
            and {{ alias }}.bare_name_is = ''
{%- endmacro %}

{#- The region of row `t` after kode_wilayah(): its own; the pemda's where the source has no such column or may leave it open. -#}
{% macro wilayah_atau_pemda(kolom='kode_wilayah') -%}
    case when t.{{ kolom }} is null or (w.code is null and k.unknown = 'keep_null') then t.pemda else w.code end
{%- endmacro %}

{#- What a figure in unit `dari` is multiplied with to be in unit `ke`, both rows of the list satuan: 1 where `sama`, `selain` where they do not measure alike. -#}
{% macro faktor_satuan(sama, selain='null') -%}
    case
        when {{ sama }} then 1
        when dari.detail ->> 'dimensi' = ke.detail ->> 'dimensi' then (dari.detail ->> 'faktor')::numeric / (ke.detail ->> 'faktor')::numeric
        else {{ selain }}
    end
{%- endmacro %}
