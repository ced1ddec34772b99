with daftar as (
    select
        pemda,
        opd
    from {{ source('ops', 'opd') }}
    union
    select
        pemda,
        opd
    from {{ source('ops', 'cut_dataset') }}
    where pemda is not null and opd is not null
)

select
    k.kunci as opd_key,
    d.pemda || '/' || d.opd as kode_opd,
    d.opd,
    coalesce(o.nama, d.opd) as nama_opd,
    o.singkatan,
    d.pemda as kode_pemda,
    coalesce(p.nama, d.pemda) as nama_pemda,
    o.urusan,
    o.situs,
    o.berlaku_dari,
    o.berlaku_sampai,
    o.digantikan_oleh
from daftar as d
inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'opd' and d.pemda || '/' || d.opd = k.kunci_alami
left join {{ source('ops', 'opd') }} as o on d.pemda = o.pemda and d.opd = o.opd
left join {{ source('ops', 'pemda') }} as p on d.pemda = p.pemda
