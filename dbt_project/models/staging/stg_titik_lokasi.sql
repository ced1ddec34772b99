with terlihat as (
    {{ terlihat('titik_lokasi') }}
)

select
    t._dataset_id,
    t._penerbit,
    t._from_batch,
    t._lokasi,
    t._fetched_at,
    t.nama,
    t.alamat,
    t.lintang,
    t.bujur,
    {{ sandi('t.jenis') }} as jenis,
    {{ wilayah_atau_pemda() }} as kode_wilayah
from terlihat as t
{{ kode_wilayah() }}
where t.nama is not null and t.lintang is not null and t.bujur is not null
