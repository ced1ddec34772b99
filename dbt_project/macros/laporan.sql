{#-
  Reports of a figure with the keys of their object. An object is what it speaks of (`objek`), its region, its period, how it is broken down (`rincian`)
  and, where a fact holds several, its measure.

  `angka`: figure of the staging model `s`. `objek`, `rincian`: [dimension, SQL of the natural key]. `ukuran`: SQL of the measure. `total`: SQL, true
  where nothing is broken down. `satuan`: SQL of the unit as published. `wajib`: columns without which a row is not about anything we know, as it is
  without a region or a figure. `berubah`: those that have come or ended instead of those that are seen.

  An agency is an OPD; where each region or OPD hands in a dataset by itself (`_penerbit`), it is that one.
-#}
{% macro baris_laporan(konsep, berubah, angka, objek, rincian, total, ukuran="''", satuan='null::text', wajib=[]) -%}
    select
        o.kunci as objek_key,
        w.wilayah_key,
        p.periode_key,
        r.kunci as rincian_key,
        {{ ukuran }} as ukuran,
        w.level as wilayah_level,
        p.mulai as periode_mulai,
        p.akhir as periode_akhir,
        p.akhir_key as tanggal_key,
        p.periode_grain,
        {{ total }} as adalah_total,
        s.{{ angka }} as nilai,
        {{ satuan }} as satuan_terbit,
        s.faktor,
        s.desimal,
        case
            when b.opd is not null then b.pemda || '/' || b.opd
            else coalesce(d.pemda || '/' || d.opd, d.dataset) || case when s._penerbit ~ '^\d\d[.]\d\d' then '/' || s._penerbit else '' end
        end as pelapor,
        s.status_angka,
        s._dataset_id,
        s._penerbit,
        s._from_batch,
        s._row_hash,
        s._lokasi,
        s._fetched_at
        {%- if berubah %},
        s._terlihat
        {%- endif %}
    from (
        select *
        from {{ ref('stg_' ~ konsep ~ ('_berubah' if berubah else '')) }}
        where {% for kolom in ['kode_wilayah', angka] + wajib %}{{ kolom }} is not null{% if not loop.last %} and {% endif %}{% endfor %}
        offset 0
    ) as s
    inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
    inner join {{ ref('dim_periode') }} as p on s.grain = p.periode_grain and s.mulai = p.mulai and s.akhir = p.akhir
    inner join {{ ref('stg_kunci') }} as o on o.dimensi = '{{ objek[0] }}' and o.kunci_alami = {{ objek[1] }}
    inner join {{ ref('stg_kunci') }} as r on r.dimensi = '{{ rincian[0] }}' and r.kunci_alami = {{ rincian[1] }}
    inner join {{ source('ops', 'cut_dataset') }} as d on s._dataset_id = d.dataset_id
    left join {{ source('ops', 'opd') }} as b on d.pemda = b.pemda and s._penerbit = b.opd
{%- endmacro %}

{#-
  All reports of a concept, so that they can be set beside each other and one figure per object be taken: `urutan` = 1 is the newest fetch of the object,
  `bersama`: several agencies speak of it. Where the table stands already, only objects of which a report came or ended are looked at again.
-#}
{% macro laporan(konsep) -%}
    {%- set kunci = 'objek_key, wilayah_key, periode_key, rincian_key, ukuran' -%}
    {%- set kolom -%}
        {{ kunci }}, wilayah_level, periode_mulai, periode_akhir, tanggal_key, periode_grain, adalah_total, nilai, satuan_terbit, faktor, desimal, pelapor,
        status_angka, _dataset_id, _penerbit, _from_batch, _row_hash, _lokasi, _fetched_at
    {%- endset -%}
with baris as materialized (
    {%- if is_incremental() %}
    select {{ kolom }}
    from {{ this }}
    where ({{ kunci }}) in (select {{ kunci }} from {{ ref('ubahan') }} where fakta = '{{ konsep }}')
    union all
    select {{ kolom }}
    from {{ ref('ubahan') }}
    where fakta = '{{ konsep }}' and _terlihat
    {%- else %}
    {{ caller() }}
    {%- endif %}
)

select
    {{ kolom }},
    (row_number() over menurut_waktu)::integer as urutan,
    (count(*) over seluruh)::integer as jumlah_laporan,
    max(nilai) over seluruh - min(nilai) over seluruh as selisih_laporan,
    min(pelapor) over seluruh <> max(pelapor) over seluruh as bersama
from baris
window
    seluruh as (partition by {{ kunci }}),
    menurut_waktu as (partition by {{ kunci }} order by _fetched_at desc, _dataset_id, _penerbit, _lokasi)
{%- endmacro %}

{#- The newest report of each agency of the objects that several speak of, in one shape for all facts. -#}
{% macro laporan_terbaru(konsep) -%}
    select distinct on (objek_key, wilayah_key, periode_key, rincian_key, ukuran, pelapor)
        '{{ konsep }}' as fakta,
        objek_key,
        wilayah_key,
        periode_key,
        rincian_key,
        ukuran,
        pelapor,
        nilai,
        faktor,
        desimal,
        status_angka,
        satuan_terbit,
        _dataset_id,
        _fetched_at,
        urutan
    from {{ ref('laporan_' ~ konsep) }}
    where bersama
    order by objek_key, wilayah_key, periode_key, rincian_key, ukuran, pelapor, urutan
{%- endmacro %}

{#-
  One figure per object of a fact: the newest report's; what was found in `rujuk_silang` where several agencies speak of it.

  `dari`: the model of reports. `konsep`: as rujuk_silang calls them. `objek`, `rincian`: dimensions their keys lead to; `rincian` none where the fact
  has none. `angka`, `selisih`: names of the figure and of how far the reports are apart. `satuan`: SQL of the unit over `l` and the dimension `o`.
-#}
{% macro satu_angka(dari, konsep, objek, angka, selisih, rincian=none, ukuran=false, satuan=none) -%}
select
    l.objek_key as {{ objek }}_key,
    {%- if rincian %}
    l.rincian_key as {{ rincian }}_key,
    {%- endif %}
    {%- if ukuran %}
    l.ukuran,
    {%- endif %}
    case when k.objek is null then l.nilai else k.nilai end as {{ angka }},
    {%- if satuan %}
    {{ satuan }} as satuan,
    {%- endif %}
    l.selisih_laporan as {{ selisih }},
    coalesce(k.status, 'tunggal') as status_rekonsiliasi,
    l.wilayah_key,
    l.periode_key,
    l.tanggal_key,
    l.periode_mulai,
    l.periode_akhir,
    l.periode_grain,
    l.wilayah_level,
    l.adalah_total,
    case when k.objek is null then l.status_angka else k.status_angka end as status_angka,
    l.jumlah_laporan,
    case when k.objek is null then u.opd_key else k.opd_key end as opd_key,
    case when k.objek is null then l._dataset_id else k._dataset_id end as _dataset_id
from {{ dari }} as l
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
{%- if satuan %}
inner join {{ ref('dim_' ~ objek) }} as o on l.objek_key = o.{{ objek }}_key
{%- endif %}
left join {{ ref('rujuk_silang') }} as k
    on
        l.bersama
        and k.fakta = '{{ konsep }}'
        and l.objek_key = k.objek_key
        and l.wilayah_key = k.wilayah_key
        and l.periode_key = k.periode_key
        and l.rincian_key = k.rincian_key
        and l.ukuran = k.ukuran
where l.urutan = 1 {{ bila_objek_berubah(konsep, 'objek_key', 'rincian_key', ukuran=true, dari='l') }}
{%- endmacro %}

{#- More apart than the tolerance (a share of the larger figure) and half a unit of the coarser one's last published digit explain. -#}
{% macro berbeda(a, b, toleransi) -%}
    {{ a }}.nilai <> {{ b }}.nilai
    and abs({{ a }}.nilai - {{ b }}.nilai) > greatest({{ toleransi }} * greatest(abs({{ a }}.nilai), abs({{ b }}.nilai)), greatest({{ a }}.langkah, {{ b }}.langkah) / 2)
{%- endmacro %}

{#- What the last release says of each object, from the published table itself; nothing before it was published for the first time. -#}
{% macro angka_terbit(terbit, konsep, objek, angka, rincian='null::integer', ukuran="''") -%}
    {%- set ada = terbit_terbaru(terbit.schema, terbit.identifier) -%}
    {%- if ada %}
    select
        '{{ konsep }}' as fakta,
        {{ objek }} as objek_key,
        wilayah_key,
        periode_key,
        {{ rincian }} as rincian_key,
        {{ ukuran }} as ukuran,
        {{ angka }} as nilai,
        status_angka,
        opd_key,
        _dataset_id
    from {{ ada }}
    {%- else %}
    select
        ''::text as fakta,
        0 as objek_key,
        0 as wilayah_key,
        0 as periode_key,
        0 as rincian_key,
        ''::text as ukuran,
        0::numeric as nilai,
        ''::text as status_angka,
        0 as opd_key,
        0 as _dataset_id
    where false
    {%- endif %}
{%- endmacro %}
