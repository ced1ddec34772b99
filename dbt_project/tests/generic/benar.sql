{#-
  A condition that holds for every row. Where the build follows changes, less is looked at: of `ubahan`, a relation of what has come since the last
  build; or the objects looked at again (`berubah`: arguments of objek_berubah).
-#}
{% test benar(model, syarat, ubahan=none, berubah=none) %}
    select m.*
    from {{ model if ubahan is none or flags.FULL_REFRESH else ubahan }} as m
    where
        not coalesce({{ syarat }}, false)
        {%- if ubahan is not none and not flags.FULL_REFRESH %}
        and m._terlihat
        {%- endif %}
        {{ bila_yang_berubah(berubah) }}
{% endtest %}
