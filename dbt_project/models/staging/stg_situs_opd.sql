with terlihat as (
    {{ terlihat('situs_opd') }}
)

select
    t._dataset_id,
    t._penerbit,
    t._from_batch,
    t._lokasi,
    t._fetched_at,
    t.grain,
    t._periode_mulai as mulai,
    t._periode_akhir as akhir,
    t.opd as nama_opd,
    t.alamat_situs,
    t.terakhir_diperbarui,
    t.kode_http,
    t.pemda as kode_wilayah,
    {{ sandi('t.status') }} as status
from terlihat as t
where t.opd is not null
