-- Every publisher of a dataset, also one that has never sent anything: who is late must be seen.
{{ config(tags=['kamus']) }}
select
    s.dataset_id as _dataset_id,
    s.penerbit,
    s.dataset,
    coalesce(d.title, s.dataset) as judul,
    coalesce(w.nama_wilayah, p.nama_opd, o.nama_opd, s.penerbit) as nama_penerbit,
    o.opd_key,
    o.nama_opd as produsen_data,
    o.kode_pemda,
    o.nama_pemda,
    d.grain as periode_grain,
    s.jadwal_rilis,
    s.terakhir_baru as kiriman_terakhir,
    s.periode_terakhir,
    s.jatuh_tempo,
    s.status,
    case when s.terakhir_baru is null then 'belum_terbit' else coalesce(h.status_terbit, 'terbaru') end as status_terbit
from {{ source('ops', 'cut') }} as c
cross join lateral ops.release_schedule(c.run_date) as s
inner join {{ source('ops', 'cut_dataset') }} as d on s.dataset_id = d.dataset_id
left join {{ ref('dim_opd') }} as o on d.pemda = o.kode_pemda and d.opd = o.opd
left join {{ ref('dim_opd') }} as p on d.pemda = p.kode_pemda and s.penerbit = p.opd
left join {{ ref('dim_wilayah') }} as w on s.penerbit = w.kode_wilayah
left join lateral (
    select h.status_terbit
    from {{ source('ops', 'kept_back') }} as h
    where h.dataset_id = s.dataset_id and (h.penerbit = s.penerbit or h.penerbit is null)
    order by array_position(array['ditarik', 'dikembalikan', 'ditahan', 'belum_terbit'], h.status_terbit)
    limit 1
) as h on true
