{#- A condition that holds for every row. `ubahan`: a relation of what has come since the last build, all that is looked at where the build follows it. -#}
{% test benar(model, syarat, ubahan=none) %}
    select m.*
    from {{ model if ubahan is none or flags.FULL_REFRESH else ubahan }} as m
    where
        not coalesce({{ syarat }}, false)
        {%- if ubahan is not none and not flags.FULL_REFRESH %}
        and m._terlihat
        {%- endif %}
{% endtest %}
