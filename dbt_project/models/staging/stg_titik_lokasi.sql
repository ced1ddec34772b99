with terlihat as (
    {{ terlihat('titik_lokasi') }}
)

select
    {{ asal_baris(berperiode=false) }},
    t.nama,
    t.alamat,
    t.lintang,
    t.bujur,
    {{ sandi('t.jenis') }} as jenis,
    {{ wilayah_atau_pemda() }} as kode_wilayah
from terlihat as t
{{ kode_wilayah() }}
where t.nama is not null and t.lintang is not null and t.bujur is not null
