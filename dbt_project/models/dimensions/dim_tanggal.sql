-- From 2000, or the first period that any figure speaks of, to the end of the year after the run.
with awal as (
    select least(date '2000-01-01', min(split_part(kunci_alami, ':', 2)::date)) as tanggal
    from {{ ref('stg_kunci') }} where dimensi = 'periode'
),

akhir as (
    select
        greatest(
            (select make_date(extract(year from c.run_date)::integer + 1, 12, 31) from {{ source('ops', 'cut') }} as c),
            max(split_part(kunci_alami, ':', 3)::date)
        ) as tanggal
    from {{ ref('stg_kunci') }} where dimensi = 'periode'
)

select
    to_char(h.hari, 'YYYYMMDD')::integer as tanggal_key,
    h.hari::date as tanggal,
    extract(year from h.hari)::integer as tahun,
    ceil(extract(month from h.hari) / 6)::integer as semester,
    extract(quarter from h.hari)::integer as triwulan,
    extract(month from h.hari)::integer as bulan,
    (array[
        'Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'
    ])[extract(month from h.hari)::integer] as nama_bulan,
    extract(isoyear from h.hari)::integer as tahun_iso,
    extract(week from h.hari)::integer as minggu_iso,
    extract(isodow from h.hari)::integer as hari_ke,
    (array['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'])[extract(isodow from h.hari)::integer] as nama_hari
from awal
cross join akhir
cross join lateral generate_series(awal.tanggal, akhir.tanggal, interval '1 day') as h (hari)
