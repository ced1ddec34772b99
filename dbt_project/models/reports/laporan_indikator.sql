{{ laporan(
    ref('stg_indikator'), angka='nilai', objek=['indikator', 's.kode_indikator'], rincian=['klasifikasi', 's.klasifikasi'], total="s.klasifikasi = ''",
    wajib=['kode_indikator']
) }}
