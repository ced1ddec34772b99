with terlihat as (
    {{ terlihat('situs_opd') }}
)

select
    {{ asal_baris() }},
    t.opd as nama_opd,
    t.alamat_situs,
    t.terakhir_diperbarui,
    t.kode_http,
    t.pemda as kode_wilayah,
    {{ sandi('t.status') }} as status
from terlihat as t
where t.opd is not null
