{{ satu_angka(ref('laporan_neraca_pangan'), 'neraca_pangan', 'komoditas', angka='nilai_ton', selisih='selisih_laporan_ton', ukuran=true) }}
