{{ satu_angka(
    ref('laporan_indikator'), 'indikator', 'indikator', angka='nilai', selisih='selisih_laporan', rincian='klasifikasi', satuan='o.satuan'
) }}
