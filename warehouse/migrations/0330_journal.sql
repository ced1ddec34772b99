-- The journal: what stands in the archive of everything that cannot be read from the files of the sources (design: Ledger).
create sequence ops.journal_no;
create table ops.journal (
  journal_id bigint primary key,
  kind       text not null,
  at         timestamptz not null,
  dataset    text,
  penerbit   text,
  settled_to bigint not null,
  digest     text
);
create index journal_settled on ops.journal (settled_to desc);
create index journal_digest on ops.journal (kind, journal_id desc) where digest is not null;
comment on table ops.journal is 'Catatan jurnal arsip yang transaksinya selesai, satu baris per berkas journal/YYYY/MM/DD/<nomor>.json';
comment on column ops.journal.journal_id is 'Nomor catatan; nama berkasnya di arsip';
comment on column ops.journal.kind is 'Jenis catatan: batch, release, review.approve, waiver.add, dan seterusnya';
comment on column ops.journal.at is 'Kapan yang dicatat itu terjadi';
comment on column ops.journal.dataset is 'Dataset yang bersangkutan; kosong bila menyangkut seluruh gudang data';
comment on column ops.journal.penerbit is 'Penerbit yang bersangkutan';
comment on column ops.journal.settled_to is 'Semua catatan sampai nomor ini sudah pasti nasibnya ketika catatan ini ditulis, dan nasib itu tertulis di dalamnya';
comment on column ops.journal.digest is 'Sidik isi, untuk jenis yang hanya dicatat bila isinya berubah';

-- Records are numbered in the order of their commits as far as they touch the same: the number is drawn last before a commit.
select setval('ops.journal_no', max(act_id)) from ops.act having max(act_id) is not null;

-- A record stands in the archive before its transaction commits, so one whose transaction was killed has no row. Which those are must be known
-- from the archive alone: each record tells of the numbers before it which came to be (`done`) and which never will (`dead`). Numbers in
-- flight hold a lock until they end; all below the lowest of them are settled. Lock class 7011 is the counter, 7012 one lock per number.
create function ops.draw_journal_no(out number bigint, out settled_to bigint, out done jsonb, out dead bigint[]) language plpgsql as $$
declare since bigint;
begin
  perform pg_advisory_lock(7011, 0);
  number := nextval('ops.journal_no');
  perform pg_advisory_xact_lock(7012, number::integer);
  select coalesce(min(objid::bigint), number) - 1 into settled_to from pg_locks
  where locktype = 'advisory' and classid = 7012 and objsubid = 2 and database = (select oid from pg_database where datname = current_database());
  perform pg_advisory_unlock(7011, 0);
  -- A later snapshot than that of the locks: whoever held none then has committed visibly, or never will.
  select coalesce(max(j.settled_to), 0) into since from ops.journal j;
  select coalesce(jsonb_agg(jsonb_build_array(j.journal_id, j.dataset, j.penerbit) order by j.journal_id), '[]') into done
  from ops.journal j where j.journal_id > since and j.journal_id <= draw_journal_no.settled_to;
  dead := array(
    select n from generate_series(since + 1, draw_journal_no.settled_to) as n where not exists (select from ops.journal j where j.journal_id = n)
  );
end $$;
comment on function ops.draw_journal_no is 'Nomor catatan jurnal berikutnya, dan nasib nomor-nomor sebelumnya yang sejak itu sudah pasti';
