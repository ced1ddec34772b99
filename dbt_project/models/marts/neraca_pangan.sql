-- Need, stock and price of a week. What is needed in a period is shared out over its weeks by days; what is in store stands in the week it was counted in.
{%- set lama = '(f.periode_akhir - f.periode_mulai + 1)' %}
{%- set digit = 'greatest(scale(f.nilai_ton), 3)' %}
with bagian as (
    select
        f.wilayah_key,
        f.komoditas_key,
        f.periode_grain,
        m.minggu,
        {{ lama }} as lama,
        case when f.nilai_ton is not null then m.sampai - m.dari + 1 end as hari,
        -- The running sum is rounded and not each share, so that the weeks come to the figure of their period again.
        round(f.nilai_ton * m.sampai / {{ lama }}, {{ digit }}) - round(f.nilai_ton * (m.dari - 1) / {{ lama }}, {{ digit }}) as nilai_ton
    from {{ ref('fct_neraca_pangan') }} as f
    {{ minggu_periode('f') }}
    where f.ukuran = 'kebutuhan'
),

-- Where months and weeks are both reported, one of them is taken: that of which more days of the week are known, and the shorter one of two alike.
kebutuhan as (
    select distinct on (wilayah_key, komoditas_key, minggu)
        wilayah_key,
        komoditas_key,
        minggu,
        periode_grain,
        sum(nilai_ton) as kebutuhan_ton,
        coalesce(sum(hari), 0)::integer as hari
    from bagian
    group by wilayah_key, komoditas_key, minggu, periode_grain
    order by wilayah_key, komoditas_key, minggu, coalesce(sum(hari), 0) desc, min(lama), periode_grain
),

persediaan as (
    select
        wilayah_key,
        komoditas_key,
        {{ senin('periode_akhir') }} as minggu,
        (array_agg(nilai_ton order by periode_akhir desc, periode_mulai desc, periode_key) filter (where ukuran = 'stok'))[1] as stok_ton,
        max(periode_akhir) filter (where ukuran = 'stok') as stok_per_tanggal,
        (array_agg(nilai_ton order by periode_akhir desc, periode_mulai desc, periode_key) filter (where ukuran = 'ketersediaan'))[1] as ketersediaan_ton,
        (
            array_agg({{ kode_periode('periode_grain', 'periode_mulai') }} order by periode_akhir desc, periode_mulai desc, periode_key)
            filter (where ukuran = 'ketersediaan')
        )[1] as ketersediaan_periode
    from {{ ref('fct_neraca_pangan') }}
    where ukuran in ('stok', 'ketersediaan')
    group by wilayah_key, komoditas_key, {{ senin('periode_akhir') }}
),

neraca as (
    select
        wilayah_key,
        komoditas_key,
        minggu,
        k.kebutuhan_ton,
        k.hari as hari_kebutuhan,
        k.periode_grain as kebutuhan_periode_grain,
        p.stok_ton,
        p.stok_per_tanggal,
        p.ketersediaan_ton,
        p.ketersediaan_periode
    from kebutuhan as k
    full outer join persediaan as p using (wilayah_key, komoditas_key, minggu)
),

-- All markets of a day count as one, however many there were.
harga_periode as (
    select
        w.kode_kabupaten_kota,
        h.komoditas_key,
        h.periode_grain,
        h.periode_mulai,
        h.periode_akhir,
        avg(h.harga_rp) as harga_rp
    from {{ ref('fct_harga_komoditas') }} as h
    inner join {{ ref('dim_wilayah') }} as w on h.wilayah_key = w.wilayah_key
    where h.harga_rp is not null
    group by w.kode_kabupaten_kota, h.komoditas_key, h.periode_grain, h.periode_mulai, h.periode_akhir
),

-- A price of a day of the week says more about it than the mean of a month does, which stands in each of its weeks where there is no other.
harga as (
    select distinct on (f.kode_kabupaten_kota, f.komoditas_key, m.minggu)
        f.kode_kabupaten_kota,
        f.komoditas_key,
        m.minggu,
        f.periode_grain,
        round(sum(f.harga_rp * (m.sampai - m.dari + 1)) / sum(m.sampai - m.dari + 1), 2) as harga_rata_rata_rp,
        sum(m.sampai - m.dari + 1)::integer as hari
    from harga_periode as f
    {{ minggu_periode('f') }}
    group by f.kode_kabupaten_kota, f.komoditas_key, m.minggu, f.periode_grain
    order by f.kode_kabupaten_kota, f.komoditas_key, m.minggu, min({{ lama }}), f.periode_grain
),

-- A commodity that only has a price still has its row, for the kabupaten/kota itself.
objek as (
    select
        wilayah_key,
        komoditas_key,
        minggu
    from neraca
    union
    select
        w.wilayah_key,
        h.komoditas_key,
        h.minggu
    from harga as h
    inner join {{ ref('dim_wilayah') }} as w on h.kode_kabupaten_kota = w.kode_wilayah
)

select
    o.wilayah_key,
    o.komoditas_key,
    o.minggu,
    {{ kode_periode("'minggu'", 'o.minggu') }} as kode_minggu,
    date_trunc('month', o.minggu + 3)::date as bulan,
    w.kode_wilayah,
    w.nama_wilayah,
    w.level as wilayah_level,
    w.nama_kabupaten_kota,
    c.kode_komoditas,
    c.nama_komoditas,
    n.kebutuhan_ton,
    n.hari_kebutuhan,
    n.kebutuhan_periode_grain,
    n.stok_ton,
    n.stok_per_tanggal,
    round(n.stok_ton * n.hari_kebutuhan / nullif(n.kebutuhan_ton, 0), 1) as stok_cukup_hari,
    n.ketersediaan_ton,
    n.ketersediaan_periode,
    h.harga_rata_rata_rp,
    h.hari as jumlah_hari_harga,
    h.periode_grain as harga_periode_grain
from objek as o
inner join {{ ref('dim_wilayah') }} as w on o.wilayah_key = w.wilayah_key
inner join {{ ref('dim_komoditas') }} as c on o.komoditas_key = c.komoditas_key
left join neraca as n on o.wilayah_key = n.wilayah_key and o.komoditas_key = n.komoditas_key and o.minggu = n.minggu
left join harga as h on w.kode_kabupaten_kota = h.kode_kabupaten_kota and o.komoditas_key = h.komoditas_key and o.minggu = h.minggu
