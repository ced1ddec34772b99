-- One figure per measure (stok, kebutuhan, ketersediaan, neraca), commodity, region and period; the newest fetch speaks.
with {{ laporan(
    ref('stg_neraca_pangan'),
    angka='nilai_ton',
    kunci={'komoditas': 's.kode_komoditas'},
    pembeda=['ukuran'],
    wajib=['kode_komoditas'],
    lain={'adalah_total': "s.kode_komoditas = ''"}
) }}

select
    l.komoditas_key,
    l.ukuran,
    l.nilai_ton,
    l.selisih_laporan as selisih_laporan_ton,
    {{ kolom_laporan() }}
from laporan as l
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
where l.urutan = 1
