{#- A published text as a part of a code: laki-laki and Laki Laki are both laki_laki. -#}
{% macro sandi(teks) -%}
    trim(both '_' from regexp_replace(lower({{ teks }}), '[^[:alnum:]]+', '_', 'g'))
{%- endmacro %}

{#- The code of a period: 2023 | 2023-S1 | 2023-T1 | 2023-02 | 2023-02-M4 | 2023-W05 | 2023-02-14. -#}
{% macro kode_periode(grain, mulai) -%}
    case {{ grain }}
        when 'tahun' then to_char({{ mulai }}, 'YYYY')
        when 'semester' then to_char({{ mulai }}, 'YYYY"-S"') || ceil(extract(month from {{ mulai }}) / 6)::text
        when 'triwulan' then to_char({{ mulai }}, 'YYYY"-T"Q')
        when 'bulan' then to_char({{ mulai }}, 'YYYY-MM')
        when 'minggu_bulan' then to_char({{ mulai }}, 'YYYY-MM"-M"') || ceil(extract(day from {{ mulai }}) / 7)::text
        when 'minggu' then to_char({{ mulai }}, 'IYYY"-W"IW')
        else to_char({{ mulai }}, 'YYYY-MM-DD')
    end
{%- endmacro %}
