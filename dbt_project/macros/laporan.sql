{#-
  All reports of a figure, so that one figure per object can be taken: `urutan = 1` is the one that speaks, `jumlah_laporan` and `selisih_laporan`
  keep visible how many reported and how far apart they are. An object is its region, its period and what `kunci` adds.

  `dari`: staging model `s`. `angka`: its figure. `kunci`: dimension -> SQL of the natural key. `pembeda`: columns that are keys as they stand.
  `lain`: name -> SQL of what else the fact says. A row with no region, no figure or an empty `wajib` column is not about anything we know.
-#}
{% macro laporan(dari, angka, kunci, pembeda=[], wajib=[], lain={}) -%}
    {%- set objek -%}
        w.wilayah_key, p.periode_key
        {%- for dimensi in kunci %}, {{ dimensi }}.kunci{% endfor -%}
        {%- for kolom in pembeda %}, s.{{ kolom }}{% endfor -%}
    {%- endset -%}
    terlihat as materialized (
        select *
        from {{ dari }}
        where {% for kolom in ['kode_wilayah', angka] + wajib %}{{ kolom }} is not null{% if not loop.last %} and {% endif %}{% endfor %}
    ),

    laporan as (
        select
            {%- for dimensi in kunci %}
            {{ dimensi }}.kunci as {{ dimensi }}_key,
            {%- endfor %}
            {%- for kolom in pembeda %}
            s.{{ kolom }},
            {%- endfor %}
            {%- for nama, isi in lain.items() %}
            {{ isi }} as {{ nama }},
            {%- endfor %}
            w.wilayah_key,
            w.level as wilayah_level,
            p.periode_key,
            p.mulai as periode_mulai,
            p.akhir as periode_akhir,
            p.akhir_key as tanggal_key,
            p.periode_grain,
            s.{{ angka }},
            s.status_angka,
            s._dataset_id,
            row_number() over menurut_waktu as urutan,
            (count(*) over seluruh)::integer as jumlah_laporan,
            max(s.{{ angka }}) over seluruh - min(s.{{ angka }}) over seluruh as selisih_laporan
        from terlihat as s
        inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
        inner join {{ ref('dim_periode') }} as p on s.grain = p.periode_grain and s.mulai = p.mulai and s.akhir = p.akhir
        {%- for dimensi, alami in kunci.items() %}
        inner join {{ ref('stg_kunci') }} as {{ dimensi }} on {{ dimensi }}.dimensi = '{{ dimensi }}' and {{ dimensi }}.kunci_alami = {{ alami }}
        {%- endfor %}
        window
            seluruh as (partition by {{ objek }}),
            menurut_waktu as (partition by {{ objek }} order by s._fetched_at desc, s._dataset_id, s._penerbit, s._lokasi)
    )
{%- endmacro %}

{#- What every fact of figures publishes of the report `l` that speaks. -#}
{% macro kolom_laporan() -%}
    l.wilayah_key,
    l.periode_key,
    l.tanggal_key,
    l.periode_mulai,
    l.periode_akhir,
    l.periode_grain,
    l.wilayah_level,
    l.adalah_total,
    l.status_angka,
    l.jumlah_laporan,
    u.opd_key,
    l._dataset_id
{%- endmacro %}
