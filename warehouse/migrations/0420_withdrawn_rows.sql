-- What was made of withdrawn figures loses its past, and nothing else does: noted when they are withdrawn, as afterwards nobody can tell.
create table ops.withdrawn_row (table_name text not null, key jsonb not null, primary key (table_name, key));
comment on table ops.withdrawn_row is 'Baris tabel terbit yang memuat angka yang ditarik dan belum dihitung ulang tanpanya: catatan isinya yang lama tidak disimpan';
comment on column ops.withdrawn_row.table_name is 'Tabel di skema mart; mart_instansi.<nama> bila hanya instansi yang membacanya';
comment on column ops.withdrawn_row.key is 'Kunci barisnya';
