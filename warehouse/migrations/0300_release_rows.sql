-- What a release did to each row, so that a person can read it, take it back, or take a figure away for good.
alter table ops.release
  add column kind text not null default 'transform' check (kind in ('transform', 'rollback', 'withdrawal')),
  add column to_release_id bigint references ops.release,
  add column act_id bigint references ops.act,
  add column rows_cleared boolean not null default false;
comment on column ops.release.kind is 'Dari mana rilis ini: transform, rollback (kembali ke rilis lama), atau withdrawal (penarikan)';
comment on column ops.release.to_release_id is 'Rilis yang dikembalikan; kosong bila bukan rollback';
comment on column ops.release.act_id is 'Tindakan orang yang membuat rilis ini; kosong bila transform';
comment on column ops.release.rows_cleared is 'Benar bila perubahan per barisnya sudah melewati masa simpan; rilis sebelumnya tidak dapat dikembalikan lagi';
-- Releases made before rows were kept cannot be gone back behind.
update ops.release set rows_cleared = true;

alter table ops.release_change add column whole boolean not null default false;
comment on column ops.release_change.whole is 'Benar bila tabel baru terbit: seluruh isinya bertambah, dan tidak dirinci per baris';
comment on column ops.release_change.release_id is 'Nomor rilis';
comment on column ops.release_change.table_name is 'Tabel di skema mart';
comment on column ops.release_change.added is 'Baris yang bertambah';
comment on column ops.release_change.changed is 'Baris yang isinya berubah';
comment on column ops.release_change.removed is 'Baris yang hilang';
comment on column ops.release_change.rows is 'Baris tabel itu sesudah rilis';

-- No foreign keys: a check per row would cost as much as the release itself, and rows go with their release in one statement.
create table ops.release_row (
  release_row_id bigint generated always as identity primary key,
  release_id     bigint not null,
  table_name     text not null,
  change         text not null check (change in ('added', 'changed', 'removed')),
  key            jsonb not null,
  before         jsonb,
  after          jsonb,
  dataset_id     integer,
  withdrawn      boolean not null default false
);
create index release_row_release on ops.release_row (release_id, table_name);
comment on table ops.release_row is 'Setiap baris tabel mart yang ditambah, diubah, atau dihapus oleh sebuah rilis, dengan isinya sebelum dan sesudahnya';
comment on column ops.release_row.release_row_id is 'Nomor catatan';
comment on column ops.release_row.release_id is 'Rilis yang mengubahnya';
comment on column ops.release_row.table_name is 'Tabel di skema mart';
comment on column ops.release_row.change is 'added = bertambah, changed = berubah, removed = hilang';
comment on column ops.release_row.key is 'Kunci barisnya: kolom kunci -> isi';
comment on column ops.release_row.before is 'Isi sebelum rilis: seluruh baris bila hilang, hanya kolom yang berubah bila berubah';
comment on column ops.release_row.after is 'Isi sesudah rilis: seluruh baris bila bertambah, hanya kolom yang berubah bila berubah';
comment on column ops.release_row.dataset_id is 'Dataset asal baris; kosong bila tabelnya menggabungkan beberapa dataset';
comment on column ops.release_row.withdrawn is 'Benar bila isinya dihapus karena angkanya ditarik';

-- A published table is never rewritten: a model that takes a column away, or gives one another type or the rows another key, goes on in a new version.
create table ops.published_table (
  table_name text primary key, model text not null, version integer not null,
  closed_columns text[] not null default '{}', figures boolean not null default true, dataset_id integer,
  source text, source_oid oid, superseded_at timestamptz, withdrawn_at timestamptz, unique (model, version)
);
comment on table ops.published_table is 'Setiap tabel skema mart: model asalnya, versinya, dan apakah masih diperbarui';
comment on column ops.published_table.table_name is 'Nama tabel di skema mart';
comment on column ops.published_table.model is 'Nama model, sama untuk semua versi tabel';
comment on column ops.published_table.version is 'Versi ke berapa; yang tertinggi diperbarui oleh setiap rilis';
comment on column ops.published_table.closed_columns is 'Kolom yang kini berisi data pribadi: dikosongkan dan tidak pernah diisi lagi';
comment on column ops.published_table.figures is 'Benar bila barisnya berisi angka; salah untuk dimensi dan kamus';
comment on column ops.published_table.dataset_id is 'Dataset yang seluruh tabel ini berasal darinya; kosong bila tabelnya milik sebuah model';
comment on column ops.published_table.source is 'Calon isi tabel di skema kandidat; kosong bila dibaca langsung dari raw';
comment on column ops.published_table.source_oid is 'Calon isi yang isinya sama dengan tabel ini sejak rilis terakhir; kosong bila harus dibandingkan seluruhnya';
comment on column ops.published_table.superseded_at is 'Sejak kapan digantikan versi berikutnya; isinya tidak diperbarui lagi';
comment on column ops.published_table.withdrawn_at is 'Sejak kapan versi lama ini dikosongkan';
insert into ops.published_table (table_name, model, version)
select tablename, tablename as model, 1 as version from pg_tables where schemaname = 'mart';

-- Keys of rows that changed in a candidate table since the last release, noted by a trigger, so that a release need not compare all rows.
create table ops.captured_key (table_name text not null, key jsonb);
create index captured_key_table on ops.captured_key (table_name);
comment on table ops.captured_key is 'Kunci baris kandidat yang berubah sejak rilis terakhir, dicatat oleh pemicu pada tabel kandidat';
comment on column ops.captured_key.table_name is 'Tabel mart yang akan menerima perubahannya';
comment on column ops.captured_key.key is 'Kunci barisnya; kosong bila seluruh tabel dikosongkan';

create function ops.capture_keys() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    insert into ops.captured_key values (tg_argv[0], null);
  else
    execute format('insert into ops.captured_key select %L, jsonb_build_object(%s) from berubah b', tg_argv[0],
                   (select string_agg(format('%L, b.%I', k, k), ', ') from unnest(tg_argv[1:]) k));
  end if;
  return null;
end $$;
comment on function ops.capture_keys is 'Pemicu: mencatat kunci baris yang ditambah, diubah, atau dihapus oleh sebuah pernyataan';
