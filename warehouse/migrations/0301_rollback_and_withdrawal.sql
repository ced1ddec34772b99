-- What people decide about releases: to go back to an earlier one, and to take figures away for good.
alter table ops.pin drop constraint pin_kind_check;
alter table ops.pin add constraint pin_kind_check check (kind in ('batch', 'test', 'metadata', 'lintas', 'rollback', 'withdrawn'));
comment on column ops.pin.kind is
  'Mengapa ditahan: batch = menunggu keputusan orang, test = uji model gagal, metadata = metadata belum diserahkan, lintas = bertentangan dengan data lain,
rollback = dikembalikan ke rilis lama, withdrawn = datasetnya ditarik';

create table ops.rolled_back_row (
  table_name text not null, key jsonb not null, release_id bigint not null references ops.release, dataset_id integer, primary key (table_name, key)
);
comment on table ops.rolled_back_row is 'Baris yang dikembalikan ke isi lamanya dan tidak diubah oleh rilis berikutnya, sampai `satudata release resume`';
comment on column ops.rolled_back_row.table_name is 'Tabel di skema mart';
comment on column ops.rolled_back_row.key is 'Kunci barisnya';
comment on column ops.rolled_back_row.release_id is 'Rilis (rollback) yang mengembalikannya';
comment on column ops.rolled_back_row.dataset_id is 'Dataset asal baris; kosong bila tabelnya menggabungkan beberapa dataset';

create table ops.withdrawal (
  withdrawal_id bigint generated always as identity primary key,
  dataset text, table_name text, match jsonb,
  by text not null, at timestamptz not null, reason text not null, release_id bigint references ops.release, rebuilt_release_id bigint,
  check ((dataset is null) = (match is not null) and (table_name is null) = (match is null))
);
comment on table ops.withdrawal is 'Angka yang ditarik untuk seterusnya: sebuah dataset, atau baris tabel mart yang kolomnya berisi nilai tertentu';
comment on column ops.withdrawal.withdrawal_id is 'Nomor penarikan';
comment on column ops.withdrawal.dataset is 'Dataset yang ditarik seluruhnya; kosong bila hanya baris tertentu';
comment on column ops.withdrawal.table_name is 'Tabel yang disebut orang; setiap tabel angka yang memiliki kolom-kolom di match ikut';
comment on column ops.withdrawal.match is 'Kolom -> isi baris yang ditarik';
comment on column ops.withdrawal.by is 'Siapa yang menarik';
comment on column ops.withdrawal.at is 'Kapan ditarik';
comment on column ops.withdrawal.reason is 'Mengapa ditarik';
comment on column ops.withdrawal.release_id is 'Rilis yang mengosongkannya dari mart';
comment on column ops.withdrawal.rebuilt_release_id is 'Rilis pertama sesudahnya, yang menghitung ulang tabel gabungan tanpa angka ini; kosong selama belum ada';
