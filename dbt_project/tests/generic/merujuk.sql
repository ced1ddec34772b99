{#-
  Every key leads to a row of its dimension, in one scan. `ke` maps a column of ours to the dimension; publishing makes foreign keys of the same list.
  `berubah`: arguments of objek_berubah; where the build follows changes, only objects looked at again are: a dimension loses no row that others lead to.
-#}
{% test merujuk(model, ke, berubah=none) %}
    select
        v.kolom,
        v.nilai,
        v._dataset_id
    from (
        select
            {%- for kolom in ke %}
            m.{{ kolom }}::text as nilai_{{ loop.index }},
            m.{{ kolom }} is not null and d{{ loop.index }}.{{ kolom_kunci(ke[kolom]) }} is null as hilang_{{ loop.index }},
            {%- endfor %}
            {{ kolom_dataset(model) }} as _dataset_id
        from {% if bila_yang_berubah(berubah) %}(select m.* from {{ model }} as m where true{{ bila_yang_berubah(berubah) }} offset 0){% else %}{{ model }}{% endif %} as m
        {%- for kolom, dimensi in ke.items() %}
        left join {{ dimensi }} as d{{ loop.index }} on m.{{ kolom }} = d{{ loop.index }}.{{ kolom_kunci(dimensi) }}
        {%- endfor %}
        where
            {% for kolom, dimensi in ke.items() %}m.{{ kolom }} is not null and d{{ loop.index }}.{{ kolom_kunci(dimensi) }} is null{{ ' or ' if not loop.last }}{% endfor %}
    ) as h
    cross join lateral (values
        {%- for kolom in ke %}
        ('{{ kolom }}', h.nilai_{{ loop.index }}, h._dataset_id, h.hilang_{{ loop.index }}){{ ',' if not loop.last }}
        {%- endfor %}
    ) as v (kolom, nilai, _dataset_id, hilang)
    where v.hilang
{% endtest %}
