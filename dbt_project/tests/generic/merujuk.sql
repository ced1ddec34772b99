{#- Every key leads to a row of its dimension. `ke` maps a column of ours to the dimension; publishing makes foreign keys of the same list. -#}
{% test merujuk(model, ke) %}
{%- set punya_dataset = kolom_dataset(model) -%}
{%- for kolom, dimensi in ke.items() %}
    select
        '{{ kolom }}' as kolom,
        m.{{ kolom }}::text as nilai,
        {{ punya_dataset }} as _dataset_id
    from {{ model }} as m
    left join {{ dimensi }} as d on m.{{ kolom }} = d.{{ kolom_kunci(dimensi) }}
    where m.{{ kolom }} is not null and d.{{ kolom_kunci(dimensi) }} is null
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
{% endtest %}
