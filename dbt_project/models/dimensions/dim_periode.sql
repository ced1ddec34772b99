with periode as (
    select
        kunci,
        kunci_alami,
        split_part(kunci_alami, ':', 1) as grain,
        split_part(kunci_alami, ':', 2)::date as mulai,
        split_part(kunci_alami, ':', 3)::date as akhir
    from {{ ref('stg_kunci') }}
    where dimensi = 'periode'
)

select
    kunci as periode_key,
    {{ kode_periode('grain', 'mulai') }} as periode,
    grain as periode_grain,
    mulai,
    akhir,
    to_char(mulai, 'YYYYMMDD')::integer as mulai_key,
    to_char(akhir, 'YYYYMMDD')::integer as akhir_key,
    extract(year from akhir)::integer as tahun
from periode
