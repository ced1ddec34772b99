{#- A condition that holds for every row. -#}
{% test benar(model, syarat) %}
    select m.*
    from {{ model }} as m
    where not coalesce({{ syarat }}, false)
{% endtest %}
