-- Reports that have come or ended since the candidate was built, in one shape for all facts; none where everything is built anew.
{% for konsep in ('indikator', 'harga_komoditas', 'neraca_pangan') %}
select
    '{{ konsep }}' as fakta,
    b.*
from (
    {%- if konsep == 'indikator' %}
    {{ laporan_indikator(berubah=true) }}
    {%- elif konsep == 'harga_komoditas' %}
    {{ laporan_harga_komoditas(berubah=true) }}
    {%- else %}
    {{ laporan_neraca_pangan(berubah=true) }}
    {%- endif %}
) as b
{%- if flags.FULL_REFRESH %}
where false
{%- endif %}
{%- if not loop.last %}
union all
{%- endif %}
{% endfor %}
