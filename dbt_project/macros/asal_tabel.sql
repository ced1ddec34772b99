{#-
  What a published table is made of, in words: what its model says (`meta.asal`), else the concepts, published tables and lists that it reads.
  Dimensions, keys, the cut, what has changed and what was compared are how a table is put together, not where its rows come from.
-#}
{% macro asal_tabel(simpul) -%}
    {{ return(simpul.config.meta.get('asal') or bahan(simpul) | unique | sort | join('; ')) }}
{%- endmacro %}

{% macro bahan(simpul) -%}
    {%- set ditemukan = [] -%}
    {%- for id in simpul.depends_on.nodes -%}
        {%- set induk = graph.sources.get(id) or graph.nodes.get(id) -%}
        {%- if induk.resource_type == 'source' -%}
            {%- if induk.schema == 'raw' -%}
                {%- do ditemukan.append('konsep ' ~ induk.name) -%}
            {%- elif induk.schema == 'ops' and induk.name not in ('key', 'cut', 'cut_pin', 'resolved_code', 'cut_column', 'cut_code_column') -%}
                {%- do ditemukan.append(induk.description) -%}
            {%- endif -%}
        {%- elif induk.name in ('stg_kunci', 'ubahan', 'fakta_berubah', 'rujuk_silang') or induk.name.startswith('dim_') -%}
        {%- elif 'terbit' in induk.tags -%}
            {%- do ditemukan.append('tabel ' ~ induk.name) -%}
        {%- else -%}
            {%- for satu in bahan(induk) if satu.startswith('konsep ') -%}
                {%- do ditemukan.append(satu) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(ditemukan) }}
{%- endmacro %}
