{#- The Monday of the ISO week of a day. -#}
{% macro senin(tanggal) -%}
    ({{ tanggal }} - extract(isodow from {{ tanggal }})::integer + 1)
{%- endmacro %}

{#- Joins the weeks that the period of row `dari` touches, as their Mondays: `m.minggu`, and from which to which of its days, the first being 1: `m.dari`, `m.sampai`. -#}
{% macro minggu_periode(dari) -%}
    {%- set awal = senin(dari ~ '.periode_mulai') -%}
    cross join lateral (
        select
            {{ awal }} + 7 * n.ke as minggu,
            greatest({{ awal }} + 7 * n.ke - {{ dari }}.periode_mulai, 0) + 1 as dari,
            least({{ awal }} + 7 * n.ke + 6, {{ dari }}.periode_akhir) - {{ dari }}.periode_mulai + 1 as sampai
        from generate_series(0, ({{ senin(dari ~ '.periode_akhir') }} - {{ awal }}) / 7) as n (ke)
    ) as m
{%- endmacro %}
