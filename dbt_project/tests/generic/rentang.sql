{#- A figure within what is possible at all. What is unlikely is a contract's business; here stands what nobody may publish. -#}
{% test rentang(model, column_name, dari=none, sampai=none, bila='true') %}
    select
        {{ column_name }} as nilai,
        {{ kolom_dataset(model) }} as _dataset_id
    from {{ model }} as m
    where
        {{ bila }}
        and not (
            true
            {% if dari is not none %}and {{ column_name }} >= {{ dari }}{% endif %}
            {% if sampai is not none %}and {{ column_name }} <= {{ sampai }}{% endif %}
        )
{% endtest %}
