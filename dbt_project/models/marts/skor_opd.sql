-- Rows of the score on the days it moved, so that a day without news adds nothing.
{{ config(tags=['kamus']) }}
select
    o.opd_key,
    s.day as berlaku_sejak,
    s.until as berlaku_sampai,
    s.until is null as terkini,
    o.kode_pemda,
    o.nama_pemda,
    o.nama_opd,
    s.score::numeric as skor,
    s.grade as peringkat,
    s.kesegaran::numeric as kesegaran,
    s.metadata::numeric as metadata,
    s.kesahihan::numeric as kesahihan,
    s.kelengkapan::numeric as kelengkapan,
    s.keterjangkauan::numeric as keterjangkauan,
    s.datasets as jumlah_dataset,
    s.formula as versi_rumus
from {{ source('ops', 'score_moved') }} as s
inner join {{ ref('dim_opd') }} as o on s.pemda = o.kode_pemda and s.opd = o.opd
