with terlihat as (
    {{ terlihat('harga_komoditas') }}
)

select
    {{ asal_baris() }},
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
