{#- Rows of a concept as readers of this cut may see them: no row of a later batch, none beyond its publisher's pin, nothing restricted. -#}
{% macro terlihat(konsep) -%}
    select
        r.*,
        d.dataset,
        d.pemda,
        d.grain
    from {{ source('raw', konsep) }} as r
    inner join {{ source('ops', 'cut_dataset') }} as d on r._dataset_id = d.dataset_id
    left join {{ source('ops', 'cut_pin') }} as p on d.dataset = p.dataset and r._penerbit = p.penerbit
    where
        d.akses = 'terbuka'
        and r._from_batch <= least((select c.cut_no from {{ source('ops', 'cut') }} as c), p.up_to_no)
        and (r._to_batch is null or r._to_batch > least((select c.cut_no from {{ source('ops', 'cut') }} as c), p.up_to_no))
{%- endmacro %}
