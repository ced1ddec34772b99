{#- Columns that are never empty, in one scan. -#}
{% test terisi(model, kolom) %}
    select m.*
    from {{ model }} as m
    where {% for k in kolom %}m.{{ k }} is null{% if not loop.last %} or {% endif %}{% endfor %}
{% endtest %}
