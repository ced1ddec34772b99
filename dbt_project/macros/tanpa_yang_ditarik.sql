{#-
  Takes rows that a person withdrew for good out of a fact that was just built, before anything is made of it. Publishing leaves them out once
  more; here it is the marts that must not be computed with them.
-#}
{% macro tanpa_yang_ditarik() -%}
    {%- if execute -%}
        {#- A figure that was withdrawn from what everybody reads is withdrawn for agencies, too. -#}
        {%- set sebutan = config.get('meta', {}).get('terbit_sebagai', this.identifier) -%}
        {%- set pertanyaan -%}
            select string_agg(
                '(' || (select string_agg(format('%I = %L', e.key, e.value), ' and ') from jsonb_each_text(w.match) as e) || ')', ' or '
            )
            from ops.withdrawal as w
            where
                w.table_name in ('{{ this.identifier }}', '{{ sebutan }}', '{{ sebutan.split('.')[-1] }}')
                and not exists (
                    select 1 from jsonb_object_keys(w.match) as k
                    where not exists (select 1 from pg_attribute as a where a.attrelid = '{{ this }}'::regclass and a.attname = k)
                )
        {%- endset -%}
        {%- set syarat = run_query(pertanyaan).columns[0].values()[0] -%}
        {%- if syarat -%}
            delete from {{ this }} where {{ syarat }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
