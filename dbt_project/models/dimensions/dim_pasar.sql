with terbit as (
    select
        kode_wilayah || '/' || {{ sandi('pasar') }} as kunci_alami,
        min(pasar) as nama_pasar,
        min(kode_wilayah) as kode_wilayah
    from {{ ref('stg_harga_komoditas') }}
    where pasar <> ''
    group by 1
    union all
    select
        '' as kunci_alami,
        'Tanpa rincian pasar' as nama_pasar,
        null as kode_wilayah
)

select
    k.kunci as pasar_key,
    t.nama_pasar,
    t.kode_wilayah
from terbit as t
inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'pasar' and t.kunci_alami = k.kunci_alami
