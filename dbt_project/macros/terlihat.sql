{#-
  Rows of a concept as readers of this cut may see them: no row of a later batch, none beyond its publisher's pin, nothing restricted, and no cell of a
  column that its contract calls personal, be it the concept's own or beside it.
  `berubah`: instead, the rows that came or ended between what the candidate has seen of their publisher and what it is to see now; `_terlihat`
  says which of them are seen.
-#}
{% macro terlihat(konsep, berubah=false) -%}
    {%- set batas = "least((select c.cut_no from " ~ source('ops', 'cut') ~ " as c), p.up_to_no)" -%}
    {%- set tampak = "r._from_batch <= " ~ batas ~ " and (r._to_batch is null or r._to_batch > " ~ batas ~ ")" -%}
    select
        {{ tanpa_kolom_pribadi(konsep) }},
        {%- if berubah %}
        {{ tampak }} as _terlihat,
        {%- endif %}
        d.dataset,
        d.pemda,
        d.grain
    from {{ source('raw', konsep) }} as r
    inner join {{ source('ops', 'cut_dataset') }} as d on r._dataset_id = d.dataset_id
    left join {{ source('ops', 'cut_pin') }} as p on d.dataset = p.dataset and r._penerbit = p.penerbit
    {%- if berubah %}
    inner join {{ source('ops', 'candidate_seen') }} as u on r._dataset_id = u.dataset_id and r._penerbit = u.penerbit
    {%- endif %}
    where
        d.akses = 'terbuka'
        {%- if berubah %}
        and (r._from_batch > u.low and r._from_batch <= u.high or r._to_batch > u.low and r._to_batch <= u.high)
        {%- else %}
        and {{ tampak }}
        {%- endif %}
{%- endmacro %}

{#- The columns of rows `r` of a concept; empty where the contract of their dataset calls a column personal. -#}
{% macro tanpa_kolom_pribadi(konsep) -%}
    {%- set pribadi = {} -%}
    {%- if execute -%}
        {%- set pertanyaan -%}
            select c.column_name, string_agg(c.dataset_id::text, ', ' order by c.dataset_id)
            from ops.cut_column as c inner join ops.cut_dataset as d using (dataset_id)
            where d.concept = '{{ konsep }}' and d.akses = 'terbuka' and c.pribadi is not null
            group by 1 order by 1
        {%- endset -%}
        {%- for baris in run_query(pertanyaan).rows -%}{%- do pribadi.update({baris[0]: baris[1]}) -%}{%- endfor -%}
    {%- endif -%}
    {%- if not pribadi -%}
    r.*
    {%- else -%}
    {%- for kolom in adapter.get_columns_in_relation(source('raw', konsep)) %}
    {%- if kolom.name == 'tambahan' %}
    r.tambahan
    {%- for nama, dataset in pribadi.items() %}
    - case when r._dataset_id in ({{ dataset }}) then '{{ nama }}' else '' end
    {%- endfor %} as tambahan
    {%- elif kolom.name in pribadi %}
    case when r._dataset_id not in ({{ pribadi[kolom.name] }}) then r.{{ adapter.quote(kolom.name) }} end as {{ adapter.quote(kolom.name) }}
    {%- else %}
    r.{{ adapter.quote(kolom.name) }}
    {%- endif %}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
    {%- endif %}
{%- endmacro %}
