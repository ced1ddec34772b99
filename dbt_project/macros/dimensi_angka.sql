{#- From figures `dari` of indicators to the names that readers know them by: region w, indicator i, period p, breakdown k, agency o. -#}
{% macro dimensi_angka(dari) -%}
inner join {{ ref('dim_wilayah') }} as w on {{ dari }}.wilayah_key = w.wilayah_key
inner join {{ ref('dim_indikator') }} as i on {{ dari }}.indikator_key = i.indikator_key
inner join {{ ref('dim_periode') }} as p on {{ dari }}.periode_key = p.periode_key
inner join {{ ref('dim_klasifikasi') }} as k on {{ dari }}.klasifikasi_key = k.klasifikasi_key
left join {{ ref('dim_opd') }} as o on {{ dari }}.opd_key = o.opd_key
{%- endmacro %}
