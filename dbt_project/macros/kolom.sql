{#- `_dataset_id` where the relation has it, so that a failing row can name its dataset. -#}
{% macro kolom_dataset(relasi) -%}
    {%- set kolom = adapter.get_columns_in_relation(relasi) | map(attribute='name') | list if execute else [] -%}
    {{ 'm._dataset_id' if '_dataset_id' in kolom else 'null::integer' }}
{%- endmacro %}

{#- The key of a dimension is named after it: dim_wilayah -> wilayah_key. -#}
{% macro kolom_kunci(dimensi) -%}
    {{ '_dataset_id' if dimensi.identifier == 'dim_sumber' else dimensi.identifier | replace('dim_', '') ~ '_key' }}
{%- endmacro %}
