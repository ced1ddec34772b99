-- Need and stock of a month beside the mean price of that month in the same kabupaten/kota.
with neraca as (
    select
        wilayah_key,
        komoditas_key,
        date_trunc('month', periode_akhir)::date as bulan,
        (array_agg(nilai_ton order by periode_akhir desc, periode_key) filter (where ukuran = 'kebutuhan'))[1] as kebutuhan_ton,
        (array_agg(nilai_ton order by periode_akhir desc, periode_key) filter (where ukuran = 'ketersediaan'))[1] as ketersediaan_ton,
        (array_agg(nilai_ton order by periode_akhir desc, periode_key) filter (where ukuran = 'stok'))[1] as stok_ton,
        max(periode_akhir) filter (where ukuran = 'stok') as stok_per_tanggal
    from {{ ref('fct_neraca_pangan') }}
    group by wilayah_key, komoditas_key, date_trunc('month', periode_akhir)::date
),

harga as (
    select
        w.kode_kabupaten_kota,
        h.komoditas_key,
        date_trunc('month', h.periode_akhir)::date as bulan,
        round(avg(h.harga_rp), 2) as harga_rata_rata_rp,
        count(distinct h.tanggal_key) as jumlah_hari_harga
    from {{ ref('fct_harga_komoditas') }} as h
    inner join {{ ref('dim_wilayah') }} as w on h.wilayah_key = w.wilayah_key
    group by w.kode_kabupaten_kota, h.komoditas_key, date_trunc('month', h.periode_akhir)::date
),

-- A commodity that only has a price still has its row, for the kabupaten/kota itself.
objek as (
    select
        wilayah_key,
        komoditas_key,
        bulan
    from neraca
    union
    select
        w.wilayah_key,
        h.komoditas_key,
        h.bulan
    from harga as h
    inner join {{ ref('dim_wilayah') }} as w on h.kode_kabupaten_kota = w.kode_wilayah
)

select
    o.wilayah_key,
    o.komoditas_key,
    o.bulan,
    w.kode_wilayah,
    w.nama_wilayah,
    w.level as wilayah_level,
    w.nama_kabupaten_kota,
    c.kode_komoditas,
    c.nama_komoditas,
    n.kebutuhan_ton,
    n.ketersediaan_ton,
    n.stok_ton,
    n.stok_per_tanggal,
    n.stok_ton - n.kebutuhan_ton as stok_dikurangi_kebutuhan_ton,
    h.harga_rata_rata_rp,
    h.jumlah_hari_harga::integer as jumlah_hari_harga
from objek as o
inner join {{ ref('dim_wilayah') }} as w on o.wilayah_key = w.wilayah_key
inner join {{ ref('dim_komoditas') }} as c on o.komoditas_key = c.komoditas_key
left join neraca as n on o.wilayah_key = n.wilayah_key and o.komoditas_key = n.komoditas_key and o.bulan = n.bulan
left join harga as h on w.kode_kabupaten_kota = h.kode_kabupaten_kota and o.komoditas_key = h.komoditas_key and o.bulan = h.bulan
