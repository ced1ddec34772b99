{#-
  Rows of a concept as readers of this cut may see them: no row of a later batch, none beyond its publisher's pin, nothing restricted.
  `berubah`: instead, the rows that came or ended between what the candidate has seen of their publisher and what it is to see now; `_terlihat`
  says which of them are seen.
-#}
{% macro terlihat(konsep, berubah=false) -%}
    {%- set batas = "least((select c.cut_no from " ~ source('ops', 'cut') ~ " as c), p.up_to_no)" -%}
    {%- set tampak = "r._from_batch <= " ~ batas ~ " and (r._to_batch is null or r._to_batch > " ~ batas ~ ")" -%}
    select
        r.*,
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
