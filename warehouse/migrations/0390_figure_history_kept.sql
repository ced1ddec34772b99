-- What a release did to mart.riwayat_angka stands in the archive; of one that an older program made the next release writes it there.
alter table ops.release add column history_kept boolean not null default false;
comment on column ops.release.history_kept is 'Benar bila isi mart.riwayat_angka dari rilis ini sudah ada di arsip, sehingga kembali bila dibangun ulang';
