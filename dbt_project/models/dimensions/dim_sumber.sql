select
    d.dataset_id as _dataset_id,
    d.dataset,
    coalesce(d.title, d.dataset) as judul,
    k.kunci as opd_key,
    d.concept as konsep,
    d.grain as periode_grain,
    d.akses
from {{ source('ops', 'cut_dataset') }} as d
left join {{ ref('stg_kunci') }} as k on k.dimensi = 'opd' and d.pemda || '/' || d.opd = k.kunci_alami
where d.akses = 'terbuka'
