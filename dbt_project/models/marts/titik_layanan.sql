select
    f.titik_key,
    f.wilayah_key,
    w.kode_wilayah,
    w.nama_wilayah,
    w.nama_kecamatan,
    w.nama_kabupaten_kota,
    f.jenis,
    f.nama_titik,
    f.alamat,
    f.lintang,
    f.bujur,
    o.nama_opd as produsen_data,
    f._dataset_id
from {{ ref('fct_titik_lokasi') }} as f
inner join {{ ref('dim_wilayah') }} as w on f.wilayah_key = w.wilayah_key
left join {{ ref('dim_opd') }} as o on f.opd_key = o.opd_key
