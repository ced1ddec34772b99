-- What a release took away, and what came back, is told as that: a cell that returns is no new one, and a figure that was withdrawn leaves its place.
alter table mart.riwayat_angka drop constraint riwayat_angka_perubahan_check;
alter table mart.riwayat_angka add constraint riwayat_angka_perubahan_check check (perubahan in ('terbit', 'revisi', 'dihapus', 'kembali', 'ditarik'));
update mart.riwayat_angka set perubahan = 'kembali' where perubahan = 'terbit' and angka_ke > 1;
comment on column mart.riwayat_angka.perubahan is 'terbit = pertama kali; revisi = menggantikan angka sebelumnya; dihapus = sel tidak terbit lagi; kembali = terbit lagi sesudah dihapus; ditarik = ada angka di rilis ini, tetapi sudah ditarik atau ditutup dan tidak dapat dibaca lagi';
comment on column mart.riwayat_angka.nilai is 'Angka dalam satuan faktanya; kosong bila dihapus, ditarik, atau ditahan. Penjumlahan: jangan dijumlahkan';
comment on column mart.riwayat_angka._dataset_id is 'Dataset asal angka; penjelasannya di dim_sumber; kosong bila ditarik';
