-- The figures that readers of mart do not see: counts of persons that are too small, and what would give them away. docs/privasi.md says by what rules.
-- depends_on: {{ ref('angka_indikator') }} {{ ref('dim_indikator') }}
{{ config(pre_hook=["set local enable_nestloop to off", "{{ sel_indikator() }}", "select ops.tutup_pelengkap()"], tags=['internal']) }}
with tertutup as (
    select
        p.indikator_key,
        p.wilayah_key,
        p.periode_key,
        p.klasifikasi_key,
        p.kode_indikator,
        p.kode_wilayah,
        p.periode,
        p.klasifikasi
    from pg_temp.sel_asal as p
    left join pg_temp.sel as s on p.tabel = s.tabel and p.wilayah = s.wilayah and p.rincian = s.rincian and not s.maya
    where s.tutup or p.rincian is null
)

select * from tertutup
union all
-- A rate of a hidden count tells the count.
select
    a.indikator_key,
    a.wilayah_key,
    a.periode_key,
    a.klasifikasi_key,
    d.kode_indikator,
    t.kode_wilayah,
    t.periode,
    t.klasifikasi
from tertutup as t
inner join {{ source('ops', 'reference_item') }} as r on r.reference = 'sensor' and r.detail ->> 'aturan' = 'turunan' and t.kode_indikator = r.detail ->> 'dari'
inner join {{ ref('dim_indikator') }} as d on r.code = d.kode_indikator
inner join {{ ref('angka_indikator') }} as a
    on
        d.indikator_key = a.indikator_key
        and t.wilayah_key = a.wilayah_key
        and t.periode_key = a.periode_key
        and t.klasifikasi_key = a.klasifikasi_key
