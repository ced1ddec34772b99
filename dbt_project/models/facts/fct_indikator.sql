-- One figure per object. Where several datasets report it, the newest fetch speaks; how many did and how far apart they are stays visible.
with {{ laporan(
    ref('stg_indikator'),
    angka='nilai',
    kunci={'indikator': 's.kode_indikator', 'klasifikasi': 's.klasifikasi'},
    wajib=['kode_indikator'],
    lain={'adalah_total': "s.klasifikasi = ''"}
) }}

select
    l.indikator_key,
    l.klasifikasi_key,
    l.nilai,
    d.satuan,
    l.selisih_laporan,
    {{ kolom_laporan() }}
from laporan as l
inner join {{ ref('dim_indikator') }} as d on l.indikator_key = d.indikator_key
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
where l.urutan = 1
