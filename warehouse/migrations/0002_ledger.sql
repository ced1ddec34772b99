-- The ledger: what was fetched, judged, accepted and published (design: Ledger). Append-mostly; nothing here is deleted by hand.
create table ops.dataset (
  dataset_id  integer generated always as identity primary key,
  dataset     text not null unique,
  title       text,
  opd         text,
  pemda       text,
  concept     text,
  raw_table   text not null,
  grain       text,
  akses       text not null default 'terbuka'
);
comment on table ops.dataset is 'Satu baris per dataset yang pernah dijalankan; nomor dataset tidak pernah dipakai ulang';

create table ops.dataset_column (
  dataset_id integer not null references ops.dataset, column_name text not null, position integer not null,
  type text not null, unit text, unit_from text, indikator text, klasifikasi jsonb, level text, within text, system text,
  bare_name_is text, unknown text not null default 'wait', reference text, is_key boolean not null, pribadi text, description text,
  primary key (dataset_id, column_name)
);
comment on table ops.dataset_column is 'Kontrak yang berlaku, sejauh SQL perlu mengetahuinya; ditulis ulang setiap kali batch diterima';

create table ops.fetch (
  fetch_id      bigint generated always as identity primary key,
  dataset       text not null,
  penerbit      text not null default '',
  nilai         text not null default '',   -- value of {tanggal}|{bulan}|{tahun}; '' where the source has no `each`
  halaman       integer not null default 1, -- page of a paged source
  url           text not null,
  file_name     text,
  run_date      date not null,
  dag_id        text, run_id text, map_index integer, try integer,
  started_at    timestamptz not null,
  ended_at      timestamptz not null,
  http_status   integer,
  outcome       text not null check (outcome in ('new', 'unchanged', 'failed', 'absent')),
  sha256        text,
  bytes         bigint,
  sniffed_type  text,
  etag          text,
  last_modified text,
  error_class   text,
  message       text
);
create index fetch_latest on ops.fetch (dataset, penerbit, nilai, fetch_id desc);

create sequence ops.batch_no;
create sequence ops.accept_no;

-- Numbers are drawn while a merge runs, so one may commit before a lower one. A number is settled once it and all below it have ended;
-- a transform cuts there, so no number below a cut can ever appear later. Lock class 7001 is the counter, 7002 one lock per number in flight.
create function ops.draw_accept_no() returns bigint language plpgsql as $$
declare n bigint;
begin
  perform pg_advisory_lock(7001, 0);
  n := nextval('ops.accept_no');
  perform pg_advisory_xact_lock(7002, n::integer);
  perform pg_advisory_unlock(7001, 0);
  return n;
end $$;

create function ops.settled_no() returns bigint language plpgsql as $$
declare n bigint;
begin
  perform pg_advisory_lock(7001, 0);
  select coalesce(
    (select min(objid::bigint) - 1 from pg_locks
      where locktype = 'advisory' and classid = 7002 and objsubid = 2 and database = (select oid from pg_database where datname = current_database())),
    (select case when is_called then last_value else 0 end from ops.accept_no)) into n;
  perform pg_advisory_unlock(7001, 0);
  return n;
end $$;

create table ops.batch (
  batch_id          bigint primary key,      -- drawn from ops.batch_no before staging; a killed load leaves a gap, never a row
  dataset           text not null,
  penerbit          text not null default '',
  nilai             text not null default '',
  content_sha256    text not null,           -- of the list of (page, sha256) the batch rests on
  contract_sha256   text not null,
  code_version      text not null,           -- parser and reference version
  state             text not null check (state in ('accepted', 'held', 'returned', 'superseded', 'failed')),
  read bigint not null, fetched bigint not null, accepted bigint not null, unchanged bigint not null,
  quarantined bigint not null, dropped jsonb not null default '{}', waiting bigint not null default 0, closed bigint not null default 0,
  rejected          bigint not null default 0,  -- rows of a failed batch: neither data nor quarantine
  corrected         bigint not null default 0,  -- of the accepted: keys that had another figure before
  periods           datemultirange not null default '{}',  -- what time the batch speaks of
  period_from date generated always as (lower(periods)) stored,
  period_to   date generated always as (upper(periods) - 1) stored,
  accept_no         bigint unique,
  fetched_at        timestamptz not null,    -- time of the fetch it rests on: the order of truth
  judged_at         timestamptz not null,
  error_class       text,
  message           text
);
create index batch_latest on ops.batch (dataset, penerbit, nilai, batch_id desc);

create table ops.batch_fetch (
  batch_id bigint not null references ops.batch, fetch_id bigint not null references ops.fetch, halaman integer not null,
  primary key (batch_id, fetch_id)
);

create table ops.check_result (
  check_result_id bigint generated always as identity primary key,
  batch_id bigint references ops.batch, release_id bigint,
  dataset text, penerbit text not null default '',
  rule_id text not null, rule text not null,
  scope text not null check (scope in ('baris', 'batch', 'lintas')),
  column_name text, severity text not null check (severity in ('fail', 'hold', 'quarantine', 'warn')),
  outcome text not null check (outcome in ('pass', 'fail', 'error', 'skipped')),
  checked bigint, failed bigint, observed text, expected text, message text,
  source text not null check (source in ('gx', 'guard', 'drift', 'dbt')),
  expectation_type text
);
create index check_result_batch on ops.check_result (batch_id);

create table ops.quarantined_row (
  quarantined_row_id bigint generated always as identity primary key,
  batch_id bigint not null references ops.batch,
  lokasi text not null, key jsonb, raw jsonb not null,
  rule_ids text[] not null, messages text[] not null,
  state text not null default 'open' check (state in ('open', 'fixed', 'superseded', 'replayed', 'rejected')), by text
);
create index quarantined_row_batch on ops.quarantined_row (batch_id);

create table ops.pin (
  dataset text not null, penerbit text not null default '', up_to_no bigint not null, reason text not null,
  batch_id bigint, since timestamptz not null, primary key (dataset, penerbit)
);
comment on table ops.pin is 'Sampai nomor terima berapa sebuah penerbit terlihat oleh conform; tanpa baris berarti seluruhnya';

create table ops.mapping (
  mapping_id bigint generated always as identity primary key,
  reference text not null,            -- wilayah | komoditas | indikator | ...
  published text not null,            -- normalised text
  level text not null default '', within text not null default '', system text not null default '',
  code text not null, by text not null, at timestamptz not null, reason text
);

create table ops.unmapped_code (
  reference text not null, published text not null, level text not null default '', within text not null default '', system text not null default '',
  dataset text not null, rows bigint not null, first_seen timestamptz not null, why text not null,
  primary key (reference, published, level, within, system, dataset)
);

create table ops.key (
  key_id integer generated always as identity primary key, dimension text not null, natural_key text not null, unique (dimension, natural_key)
);

create table ops.release (
  release_id bigint generated always as identity primary key,
  cut_no bigint not null, run_date date not null, published_at timestamptz not null, state text not null check (state in ('published', 'rolled_back')),
  pins_digest text, references_digest text
);
create table ops.release_change (
  release_id bigint not null references ops.release, table_name text not null,
  added bigint not null, changed bigint not null, removed bigint not null, rows bigint not null, primary key (release_id, table_name)
);
comment on table ops.release_change is 'Berapa baris yang ditambah, berubah, dan dihapus di setiap tabel mart oleh sebuah rilis';
