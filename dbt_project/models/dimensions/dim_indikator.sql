select
    k.kunci as indikator_key,
    i.code as kode_indikator,
    i.name as nama_indikator,
    i.unit as satuan,
    i.detail ->> 'tema' as tema,
    i.detail ->> 'konsep' as konsep,
    i.detail ->> 'definisi' as definisi,
    i.detail ->> 'ukuran' as ukuran,
    i.detail ->> 'urusan' as kode_urusan,
    coalesce(nullif(i.detail ->> 'penjumlahan', ''), 'tidak dinyatakan') as penjumlahan
from {{ source('ops', 'reference_item') }} as i
inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'indikator' and i.code = k.kunci_alami
where i.reference = 'indikator'
