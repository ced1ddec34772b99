{#- Not two rows about one object; every dataset that takes part in a double one is named. -#}
{% test satu_baris_per(model, kolom) %}
    select
        b.*
    from (
        select
            m.*,
            count(*) over (partition by {{ kolom | join(', ') }}) as berapa
        from {{ model }} as m
    ) as b
    where b.berapa > 1
{% endtest %}
