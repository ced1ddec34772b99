{#-
  What every staging row says of itself: whose it is, which batch brought it and, where its concept knows periods, of which one it speaks; of those that
  have changed (`berubah`), whether it is seen.
-#}
{% macro asal_baris(berperiode=true, berubah=false) -%}
    t._dataset_id,
    t._penerbit,
    t._from_batch,
    t._row_hash,
    t._lokasi,
    t._fetched_at
    {%- if berubah -%},
    t._terlihat
    {%- endif -%}
    {%- if berperiode -%},
    t.grain,
    t._periode_mulai as mulai,
    t._periode_akhir as akhir
    {%- endif -%}
{%- endmacro %}
