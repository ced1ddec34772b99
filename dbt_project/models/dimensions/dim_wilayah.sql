with daftar as (
    select
        code,
        code_bps,
        name,
        level,
        kind,
        parent,
        valid_from,
        valid_to,
        successor,
        true as terdaftar
    from {{ source('ops', 'reference_item') }}
    where reference = 'wilayah'
    union all
    -- Well-formed codes of regions whose list is not loaded: kept by their code alone.
    select distinct
        r.code,
        null as code_bps,
        r.code as name,
        ops.code_level(r.code) as level,
        '' as kind,
        regexp_replace(r.code, '\.[^.]*$', '') as parent,
        null::date as valid_from,
        null::date as valid_to,
        null as successor,
        false as terdaftar
    from {{ source('ops', 'resolved_code') }} as r
    where
        r.reference = 'wilayah'
        and r.code is not null
        and not exists (
            select 1 from {{ source('ops', 'reference_item') }} as i where i.reference = 'wilayah' and i.code = r.code
        )
)

select
    k.kunci as wilayah_key,
    d.code as kode_wilayah,
    d.code_bps as kode_bps,
    d.name as nama_wilayah,
    d.level,
    d.kind as jenis,
    d.parent as kode_induk,
    p.code as kode_provinsi,
    p.name as nama_provinsi,
    b.code as kode_kabupaten_kota,
    b.name as nama_kabupaten_kota,
    c.code as kode_kecamatan,
    c.name as nama_kecamatan,
    d.valid_from as berlaku_dari,
    d.valid_to as berlaku_sampai,
    d.successor as kode_pengganti,
    d.terdaftar
from daftar as d
inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'wilayah' and d.code = k.kunci_alami
left join {{ source('ops', 'reference_item') }} as p on p.reference = 'wilayah' and left(d.code, 2) = p.code
left join {{ source('ops', 'reference_item') }} as b on b.reference = 'wilayah' and length(d.code) >= 5 and left(d.code, 5) = b.code
left join {{ source('ops', 'reference_item') }} as c on c.reference = 'wilayah' and length(d.code) >= 8 and left(d.code, 8) = c.code
