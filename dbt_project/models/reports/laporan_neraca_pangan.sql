{{ laporan(
    ref('stg_neraca_pangan'), angka='nilai_ton', objek=['komoditas', 's.kode_komoditas'], rincian=['pasar', "''"], total="s.kode_komoditas = ''",
    ukuran='s.ukuran', wajib=['kode_komoditas']
) }}
