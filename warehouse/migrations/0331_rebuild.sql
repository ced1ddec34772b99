-- A warehouse that is being made again from the archive.
create table ops.rebuild (
  archive    text not null,
  begun_at   timestamptz not null,
  ended_at   timestamptz,
  records    bigint,
  problems   text[] not null default '{}'
);
comment on table ops.rebuild is 'Pembangunan ulang dari arsip (satudata rebuild); selama belum berakhir tidak ada yang boleh memuat. Paling banyak satu baris';
comment on column ops.rebuild.archive is 'Arsip asalnya';
comment on column ops.rebuild.begun_at is 'Kapan dimulai';
comment on column ops.rebuild.ended_at is 'Kapan selesai; kosong bila masih berjalan atau terhenti di tengah';
comment on column ops.rebuild.records is 'Berapa catatan jurnal yang dikerjakan';
comment on column ops.rebuild.problems is 'Yang tidak dapat dibangun ulang dan sebabnya';
