{#- Schemas are the warehouse's own rooms (staging, kandidat): never prefixed by a developer's schema. -#}
{%- macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro -%}
