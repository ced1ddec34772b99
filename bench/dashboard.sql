-- What dashboards ask, one question per mart and two of the largest: each index of warehouse/table_keys.py answers one of them.

-- sosial_kelurahan: angka sosial satu kelurahan setahun terakhir
select tema, nama_indikator, nama_klasifikasi, periode, nilai, satuan
from mart.sosial_kelurahan
where kode_wilayah = '35.71.01.1006' and tanggal >= '2025-01-01'
order by tema, nama_indikator, tanggal;

-- sosial_kelurahan: satu indikator per kecamatan pada satu bulan
select nama_kecamatan, sum(nilai) as jumlah, count(*) as kelurahan
from mart.sosial_kelurahan
where nama_kabupaten_kota = 'Kabupaten Sintang' and kode_indikator = 'ppks' and tanggal = '2025-12-31'
group by nama_kecamatan
order by jumlah desc;

-- profil_kelurahan: kelurahan mana yang belum melapor
select nama_kabupaten_kota, nama_kecamatan, count(*) filter (where not sudah_melapor) as belum, count(*) as semua
from mart.profil_kelurahan
group by nama_kabupaten_kota, nama_kecamatan
order by belum desc, nama_kecamatan;

-- titik_layanan: titik di satu kelurahan menurut jenis
select jenis, nama_titik, lintang, bujur
from mart.titik_layanan
where kode_wilayah = '35.71.01.1006'
order by jenis, nama_titik;

-- neraca_pangan: stok yang tidak cukup untuk sepekan pada sebuah minggu
select nama_wilayah, nama_komoditas, kebutuhan_ton, stok_ton, stok_cukup_hari, harga_rata_rata_rp
from mart.neraca_pangan
where nama_kabupaten_kota = 'Kabupaten Sintang' and minggu = '2025-12-22' and stok_cukup_hari < 7
order by stok_cukup_hari, nama_wilayah;

-- keaktifan_situs_opd: situs yang tidak aktif
select nama_opd, status
from mart.keaktifan_situs_opd
where kode_pemda = '36.73' and not aktif
order by nama_opd;

-- indikator_terkini: peta satu indikator menurut desa dan kelurahan
select kode_wilayah, nama_wilayah, periode, nilai, satuan
from mart.indikator_terkini
where kode_indikator = 'penduduk' and wilayah_level = 'desa_kelurahan'
order by kode_wilayah, nama_klasifikasi;

-- fct_harga_komoditas: harga harian satu komoditas tiga bulan terakhir
select h.periode_akhir, avg(h.harga_rp) as harga_rp, count(*) as pasar
from mart.fct_harga_komoditas as h
inner join mart.dim_wilayah as w on h.wilayah_key = w.wilayah_key
inner join mart.dim_komoditas as k on h.komoditas_key = k.komoditas_key
where w.kode_wilayah = '61.05' and k.kode_komoditas = 'beras' and h.periode_akhir >= '2025-10-01'
group by h.periode_akhir
order by h.periode_akhir;

-- layanan_publik: satu layanan menurut desa dan kelurahan tahun ini
select kode_wilayah, nama_wilayah, nama_klasifikasi, nilai, satuan
from mart.layanan_publik
where kode_indikator = 'penduduk' and tahun = 2025 and wilayah_level = 'desa_kelurahan'
order by kode_wilayah, nama_klasifikasi;

-- riwayat_angka: semua angka yang pernah terbit dari satu sel
select r.periode_key, r.rilis, r.terbit_pada, r.perubahan, r.nilai
from mart.riwayat_angka as r
inner join mart.dim_komoditas as k on r.objek_key = k.komoditas_key
inner join mart.dim_wilayah as w on r.wilayah_key = w.wilayah_key
where r.fakta = 'fct_neraca_pangan' and k.kode_komoditas = 'beras' and w.kode_wilayah = '61.05.03'
order by r.periode_key, r.ukuran, r.rilis;

-- jadwal_rilis: siapa yang terlambat
select nama_pemda, produsen_data, judul, jatuh_tempo
from mart.jadwal_rilis
where status in ('terlambat', 'belum_pernah')
order by jatuh_tempo, judul;

-- katalog_dataset: dataset satu pemda
select judul, produsen_data, terakhir_diperbarui, jumlah_baris
from mart.katalog_dataset
where kode_pemda = '61.05'
order by judul;

-- skor_opd: skor yang berlaku
select nama_opd, skor, peringkat
from mart.skor_opd
where terkini
order by skor;

-- kamus_data: arti kolom sebuah tabel
select kolom, satuan, keterangan
from mart.kamus_data
where tabel = 'neraca_pangan'
order by urutan;
