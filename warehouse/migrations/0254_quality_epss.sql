-- Evidence for the Evaluasi Penyelenggaraan Statistik Sektoral (Peraturan BPS 3/2022): what the ledger can prove, indicator by indicator.
-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,AM08,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create table ops.epss_indikator (
  kode text primary key, domain text not null, bobot_domain integer not null, aspek text not null, bobot_aspek integer not null,
  nama text not null, bobot integer not null
);
comment on table ops.epss_indikator is 'Ke-38 indikator EPSS dengan bobotnya (Peraturan BPS 3/2022)';
insert into ops.epss_indikator (kode, domain, bobot_domain, aspek, bobot_aspek, nama, bobot) values
  ('10101', 'Prinsip SDI', 28, 'Standar Data Statistik', 25, 'Penerapan Standar Data Statistik (SDS)', 100),
  ('10201', 'Prinsip SDI', 28, 'Metadata Statistik', 25, 'Penerapan Metadata Statistik', 100),
  ('10301', 'Prinsip SDI', 28, 'Interoperabilitas Data', 25, 'Penerapan Interoperabilitas Data', 100),
  ('10401', 'Prinsip SDI', 28, 'Kode Referensi dan/atau Data Induk', 25, 'Penerapan Kode Referensi', 100),
  ('20101', 'Kualitas Data', 24, 'Relevansi', 21, 'Relevansi Data Terhadap Pengguna', 60),
  ('20102', 'Kualitas Data', 24, 'Relevansi', 21, 'Proses Identifikasi Kebutuhan Data', 40),
  ('20201', 'Kualitas Data', 24, 'Akurasi', 16, 'Penilaian Akurasi Data', 100),
  ('20301', 'Kualitas Data', 24, 'Aktualitas & Ketepatan Waktu', 21, 'Penjaminan Aktualitas Data', 50),
  ('20302', 'Kualitas Data', 24, 'Aktualitas & Ketepatan Waktu', 21, 'Pemantauan Ketepatan Waktu Diseminasi', 50),
  ('20401', 'Kualitas Data', 24, 'Aksesibilitas', 21, 'Ketersediaan Data untuk Pengguna Data', 34),
  ('20402', 'Kualitas Data', 24, 'Aksesibilitas', 21, 'Akses Media Penyebarluasan Data', 33),
  ('20403', 'Kualitas Data', 24, 'Aksesibilitas', 21, 'Penyediaan Format Data', 33),
  ('20501', 'Kualitas Data', 24, 'Keterbandingan & Konsistensi', 21, 'Keterbandingan Data', 50),
  ('20502', 'Kualitas Data', 24, 'Keterbandingan & Konsistensi', 21, 'Konsistensi Statistik', 50),
  ('30101', 'Proses Bisnis Statistik', 19, 'Perencanaan Data', 32, 'Pendefinisian Kebutuhan Statistik', 33),
  ('30102', 'Proses Bisnis Statistik', 19, 'Perencanaan Data', 32, 'Desain Statistik', 33),
  ('30103', 'Proses Bisnis Statistik', 19, 'Perencanaan Data', 32, 'Penyiapan Instrumen', 34),
  ('30201', 'Proses Bisnis Statistik', 19, 'Pengumpulan Data', 26, 'Proses Pengumpulan Data/Akuisisi Data', 100),
  ('30301', 'Proses Bisnis Statistik', 19, 'Pemeriksaan Data', 21, 'Pengolahan Data', 50),
  ('30302', 'Proses Bisnis Statistik', 19, 'Pemeriksaan Data', 21, 'Analisis Data', 50),
  ('30401', 'Proses Bisnis Statistik', 19, 'Penyebarluasan Data', 21, 'Diseminasi Data', 100),
  ('40101', 'Kelembagaan', 17, 'Profesionalitas', 35, 'Penjaminan Transparansi Informasi Statistik', 25),
  ('40102', 'Kelembagaan', 17, 'Profesionalitas', 35, 'Penjaminan Netralitas dan Obyektivitas', 25),
  ('40103', 'Kelembagaan', 17, 'Profesionalitas', 35, 'Penjaminan Kualitas Data', 25),
  ('40104', 'Kelembagaan', 17, 'Profesionalitas', 35, 'Penjaminan Konfidensialitas Data', 25),
  ('40201', 'Kelembagaan', 17, 'SDM yang Memadai dan Kapabel', 30, 'Penerapan Kompetensi SDM Bidang Statistik', 50),
  ('40202', 'Kelembagaan', 17, 'SDM yang Memadai dan Kapabel', 30, 'Penerapan Kompetensi SDM Bidang Manajemen Data', 50),
  ('40301', 'Kelembagaan', 17, 'Pengorganisasian Statistik', 35, 'Kolaborasi Penyelenggaraan Kegiatan Statistik', 25),
  ('40302', 'Kelembagaan', 17, 'Pengorganisasian Statistik', 35, 'Penyelenggaraan Forum Satu Data Indonesia', 25),
  ('40303', 'Kelembagaan', 17, 'Pengorganisasian Statistik', 35, 'Kolaborasi dengan Pembina Data Statistik', 25),
  ('40304', 'Kelembagaan', 17, 'Pengorganisasian Statistik', 35, 'Pelaksanaan Tugas sebagai Walidata', 25),
  ('50101', 'Statistik Nasional', 12, 'Pemanfaatan Data Statistik', 34, 'Penggunaan Data Statistik Dasar', 34),
  ('50102', 'Statistik Nasional', 12, 'Pemanfaatan Data Statistik', 34, 'Penggunaan Data Statistik Sektoral', 33),
  ('50103', 'Statistik Nasional', 12, 'Pemanfaatan Data Statistik', 34, 'Sosialisasi dan Literasi Data Statistik', 33),
  ('50201', 'Statistik Nasional', 12, 'Pengelolaan Kegiatan Statistik', 33, 'Pelaksanaan Rekomendasi Kegiatan Statistik', 100),
  ('50301', 'Statistik Nasional', 12, 'Penguatan SSN Berkelanjutan', 33, 'Perencanaan Pembangunan Statistik', 33),
  ('50302', 'Statistik Nasional', 12, 'Penguatan SSN Berkelanjutan', 33, 'Penyebarluasan Data', 33),
  ('50303', 'Statistik Nasional', 12, 'Penguatan SSN Berkelanjutan', 33, 'Pemanfaatan Big Data', 34);

create view quality.bukti_epss as
with last_dbt as (select count(*) as all_tests, count(*) filter (where outcome = 'pass') as passed from ops.check_result c
  where c.source = 'dbt' and c.judged_at = (select max(k.judged_at) from ops.check_result k where k.source = 'dbt')),
rows as (select coalesce(sum(diterima + tetap), 0) as good, coalesce(sum(calon - dibuang), 0) as told, coalesce(sum(menunggu), 0) as waiting from quality.putaran),
release as (select * from ops.release where state = 'published' order by release_id desc limit 1),
proof (kode, numerator, denominator, since, said, look) as (
  select '10301', count(*) filter (where d.concept is not null), count(*), null::date, 'dataset memakai bentuk baku bersama (konsep)', 'ops.dataset' from ops.dataset d
  union all select '10401', r.good - r.waiting, r.good, null, 'baris terbaca kodenya di kode referensi', 'quality.putaran' from rows r
  union all select '20201', r.good, r.told, null, 'baris lolos seluruh aturan pada putaran terakhir', 'quality.putaran' from rows r
  union all select '20301', count(*) filter (where k.keadaan in ('segar', 'tanpa batas')), count(*), null, 'dataset dan penerbit masih segar menurut kontraknya', 'quality.kesegaran'
    from quality.kesegaran k
  union all select '20302', sum(m.pengambilan - m.gagal_diambil - m.tidak_ada_kiriman)::bigint, sum(m.pengambilan)::bigint, min(m.bulan),
    'pengambilan terjadwal terjawab', 'quality.rapor_opd' from quality.rapor_opd m
  union all select '20401', count(*) filter (where c.rows > 0), count(*), min(r.published_at)::date, 'tabel terbit berisi data', 'ops.release_change'
    from release r join ops.release_change c using (release_id)
  union all select '20402', count(*), null, min(published_at)::date, 'rilis diterbitkan untuk umum', 'ops.release' from ops.release where state = 'published'
  union all select '20403', count(*), null, min(r.published_at)::date, 'tabel terbit dapat dibaca mesin dengan SQL dan sebagai CSV', 'ops.release_change'
    from release r join ops.release_change c using (release_id)
  union all select '20501', count(*) filter (where c.type = 'wilayah' or c.reference is not null or c.indikator is not null), count(*), null,
    'kolom memakai kode atau indikator bersama', 'ops.dataset_column' from ops.dataset_column c
  union all select '20502', t.passed, t.all_tests, null, 'uji konsistensi antardata lolos pada pembangunan terakhir', 'quality.aturan_gagal' from last_dbt t
  union all select '30201', count(*) filter (where f.sha256 is not null), count(*), min(f.run_date), 'pengambilan tersimpan dengan sidik berkasnya', 'ops.fetch' from ops.fetch f
  union all select '30301', count(*) filter (where b.state = 'accepted'), count(*), min(b.judged_at)::date, 'batch diperiksa lalu diterima', 'ops.batch' from ops.batch b
  union all select '30401', count(*), null, min(published_at)::date, 'rilis tercatat dengan perubahannya', 'ops.release' from ops.release where state = 'published'
  union all select '40103', count(*) filter (where i.state = 'selesai'), count(*), min(i.opened_at)::date, 'temuan diselesaikan', 'quality.temuan' from ops.issue i
  union all select '40104', count(*) filter (where c.pribadi is not null), count(*), null, 'kolom ditandai data pribadi dan tidak diterbitkan', 'ops.dataset_column'
    from ops.dataset_column c
  union all select '50302', count(*) filter (where d.akses = 'terbuka'), count(*), null, 'dataset terbuka untuk umum', 'ops.dataset' from ops.dataset d
)

select e.kode as kode_indikator, e.domain, e.bobot_domain, e.aspek, e.bobot_aspek, e.nama as indikator, e.bobot as bobot_indikator,
       p.kode is not null as ada_bukti, p.numerator as jumlah, p.denominator as dari, round(100.0 * p.numerator / nullif(p.denominator, 0), 2) as persen,
       p.since as sejak,
       case when p.kode is null then 'Dibuktikan dengan dokumen di luar gudang data.'
            else coalesce(p.numerator, 0) || coalesce(' dari ' || p.denominator, '') || ' ' || p.said || '.' end as bukti,
       p.look as lihat
from ops.epss_indikator e left join proof p using (kode);
