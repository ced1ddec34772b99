-- What every cell of a fact ever said to readers, for good: ops.release_row is cleared after some releases, this never is.
-- No foreign keys: a cell's past outlives the dimension row that it led to.
create table mart.riwayat_angka (
  fakta text not null, objek_key integer not null, wilayah_key integer not null, periode_key integer not null, rincian_key integer not null,
  ukuran text not null, rilis bigint not null, terbit_pada timestamptz not null, angka_ke integer not null,
  perubahan text not null check (perubahan in ('terbit', 'revisi', 'dihapus')), nilai numeric, status_angka text, _dataset_id integer,
  primary key (fakta, objek_key, wilayah_key, periode_key, rincian_key, ukuran, rilis)
);
create index riwayat_angka_dataset on mart.riwayat_angka (_dataset_id);
create index riwayat_angka_rilis on mart.riwayat_angka (rilis, perubahan);
comment on table mart.riwayat_angka is 'Setiap angka yang pernah terbit dari sebuah sel fakta: pertama kali, setiap revisi, dan penghapusannya; disimpan selamanya';
comment on column mart.riwayat_angka.fakta is 'Tabel fakta yang memuat selnya: fct_indikator, fct_harga_komoditas, atau fct_neraca_pangan';
comment on column mart.riwayat_angka.objek_key is 'Yang diukur: kunci ke dim_indikator untuk fct_indikator, ke dim_komoditas untuk yang lain';
comment on column mart.riwayat_angka.wilayah_key is 'Wilayah yang diukur; kunci ke dim_wilayah';
comment on column mart.riwayat_angka.periode_key is 'Periode; kunci ke dim_periode';
comment on column mart.riwayat_angka.rincian_key is 'Rincian: kunci ke dim_klasifikasi untuk fct_indikator, ke dim_pasar untuk fct_harga_komoditas; 0 bila tidak dirinci';
comment on column mart.riwayat_angka.ukuran is 'stok, kebutuhan, ketersediaan, atau neraca; kosong bila faktanya satu ukuran';
comment on column mart.riwayat_angka.rilis is 'Nomor rilis yang menerbitkan angka ini';
comment on column mart.riwayat_angka.terbit_pada is 'Waktu rilis itu';
comment on column mart.riwayat_angka.angka_ke is 'Angka ke berapa dari sel ini; 1 yang pertama terbit';
comment on column mart.riwayat_angka.perubahan is 'terbit = sel belum ada di rilis sebelumnya; revisi = menggantikan angka sebelumnya; dihapus = sel tidak terbit lagi';
comment on column mart.riwayat_angka.nilai is 'Angka dalam satuan faktanya; kosong bila dihapus atau ditahan';
comment on column mart.riwayat_angka.status_angka is 'tetap, sementara, sangat_sementara, revisi, atau estimasi, menurut sumbernya';
comment on column mart.riwayat_angka._dataset_id is 'Dataset asal angka; penjelasannya di dim_sumber';
