-- Restricted datasets are listed without their figures: a reader may know that they exist and ask the agency for them.
{{ config(tags=['kamus']) }}
with kiriman as (
    select
        dataset,
        sum(good)::bigint as baris,
        sum(quarantined)::bigint as dikarantina,
        max(day) as diperbarui,
        min(period_from) as periode_dari,
        max(period_to) as periode_sampai
    from {{ source('ops', 'newest_delivery') }}
    group by dataset
),

tepat as (
    select
        r.dataset_id,
        (array_agg(r.status order by array_position(array['terlambat', 'belum_pernah', 'segera', 'tepat_waktu', 'tanpa_batas'], r.status)))[1] as status,
        count(*)::integer as jumlah_penerbit
    from {{ source('ops', 'cut') }} as c
    cross join lateral ops.release_schedule(c.run_date) as r
    group by r.dataset_id
),

standar as (
    select distinct on (d.dataset_id)
        d.dataset_id,
        i.*
    from {{ source('ops', 'dataset') }} as d
    inner join {{ source('ops', 'data_item') }} as i on d.pemda = i.pemda and i.item = any(d.items)
    order by d.dataset_id, array_position(d.items, i.item)
)

select
    d.dataset_id as _dataset_id,
    d.dataset,
    coalesce(d.title, d.dataset) as judul,
    o.opd_key,
    o.nama_opd as produsen_data,
    o.kode_pemda,
    o.nama_pemda,
    d.concept as konsep_data,
    case when d.akses = 'terbuka' then coalesce(t.table_name, 'fct_' || case d.concept when 'situs_opd' then 'keaktifan_situs' else d.concept end) end as tabel,
    d.akses,
    d.grain as periode_grain,
    i.jadwal_rilis,
    k.periode_dari,
    k.periode_sampai,
    k.diperbarui as terakhir_diperbarui,
    s.status as status_jadwal,
    s.jumlah_penerbit,
    coalesce(h.status_terbit, case when k.dataset is null then 'belum_terbit' else 'terbaru' end) as status_terbit,
    coalesce(b.baris, k.baris) as jumlah_baris,
    round(k.baris * 100.0 / nullif(k.baris + k.dikarantina, 0), 2) as baris_lolos_persen,
    i.item as kode_data,
    i.nama as nama_data,
    i.jenis_data,
    i.kelas_informasi,
    i.prioritas,
    i.urusan as kode_urusan,
    i.kode_dssd,
    i.konsep,
    i.definisi,
    i.klasifikasi,
    i.ukuran,
    i.satuan
from {{ source('ops', 'cut_dataset') }} as d
left join {{ ref('dim_opd') }} as o on d.pemda = o.kode_pemda and d.opd = o.opd
left join kiriman as k on d.dataset = k.dataset
left join ops.rows_in_force() as b on d.dataset_id = b.dataset_id
left join tepat as s on d.dataset_id = s.dataset_id
left join lateral (
    select h.status_terbit
    from {{ source('ops', 'kept_back') }} as h
    where h.dataset_id = d.dataset_id
    order by array_position(array['ditarik', 'dikembalikan', 'ditahan', 'belum_terbit'], h.status_terbit)
    limit 1
) as h on true
left join standar as i on d.dataset_id = i.dataset_id
left join {{ source('ops', 'data_table') }} as t on d.dataset_id = t.dataset_id
where d.akses in ('terbuka', 'terbatas')
