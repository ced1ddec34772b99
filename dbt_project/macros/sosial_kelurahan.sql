{#- What agencies report on the life of a kelurahan, from `fakta`: the figures as everybody, or as only agencies read them. -#}
{% macro sosial_kelurahan(fakta, lain=[]) -%}
select
    f.wilayah_key,
    f.periode_key,
    f.indikator_key,
    f.klasifikasi_key,
    w.kode_wilayah,
    w.nama_wilayah as nama_kelurahan,
    w.nama_kecamatan,
    w.nama_kabupaten_kota,
    p.periode,
    f.periode_akhir as tanggal,
    i.tema,
    i.kode_indikator,
    i.nama_indikator,
    k.nama_klasifikasi,
    f.adalah_total,
    f.nilai,
    f.satuan,
    f.status_angka,
    {%- for kolom in lain %}
    f.{{ kolom }},
    {%- endfor %}
    o.nama_opd as produsen_data,
    f._dataset_id
from {{ fakta }} as f
{{ hanya_yang_berubah(kunci_angka(), 'f') }}
{{ dimensi_angka('f') }}
where
    f.wilayah_level = 'desa_kelurahan'
    and i.tema in ('kemiskinan', 'sosial', 'pendidikan', 'kesehatan', 'keagamaan')
{%- endmacro %}
