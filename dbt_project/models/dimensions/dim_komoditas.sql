with daftar as (
    select
        code,
        name,
        unit,
        kind,
        parent
    from {{ source('ops', 'reference_item') }}
    where reference = 'komoditas'
    union all
    select
        '' as code,
        'Tanpa rincian komoditas' as name,
        null as unit,
        '' as kind,
        null as parent
)

select
    k.kunci as komoditas_key,
    d.code as kode_komoditas,
    d.name as nama_komoditas,
    d.unit as satuan,
    d.kind as jenis,
    d.parent as kode_induk
from daftar as d
inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'komoditas' and d.code = k.kunci_alami
