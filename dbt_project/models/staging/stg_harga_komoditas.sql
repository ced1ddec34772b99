with terlihat as (
    {{ terlihat('harga_komoditas') }}
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
    c.code as kode_komoditas,
    coalesce(t.pasar, '') as pasar,
    t.harga_rp,
    t.satuan as satuan_terbit,
    coalesce(t._status_angka, 'tetap') as status_angka,
    {{ wilayah_atau_pemda() }} as kode_wilayah
from terlihat as t
{{ kode_wilayah() }}
{{ kode_daftar('c', 'komoditas', 't.komoditas') }}
where t.harga_rp is not null
