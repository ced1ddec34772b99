{#- The published table of a model that releases go on with: the newest of its versions, the others have stood still. None before it was published. -#}
{% macro terbit_terbaru(skema, model) -%}
    {%- if execute -%}
        {%- set dicari = model if skema == 'mart' else skema ~ '.' ~ model -%}
        {%- set sebutan = run_query("select ops.newest_table('" ~ dicari ~ "')").columns[0].values()[0] -%}
        {{ return(adapter.get_relation(target.database, skema, sebutan.split('.')[-1])) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
