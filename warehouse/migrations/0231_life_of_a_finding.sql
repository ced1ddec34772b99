-- What the life of a finding rests on: what a batch judged again, what a row spoke of, when an exception begins.
alter table ops.batch add column replay_of bigint references ops.batch;
comment on column ops.batch.replay_of is 'Batch asal yang baris karantinanya dinilai ulang dari arsip; kosong bila batch ini memuat seluruh pengambilannya';
create index batch_replay on ops.batch (replay_of) where replay_of is not null;

alter table ops.quarantined_row add column periode_mulai date, add column periode_akhir date;
comment on column ops.quarantined_row.periode_mulai is 'Hari pertama periode baris ini; kosong bila periodenya tidak terbaca';
create index quarantined_row_ended_by on ops.quarantined_row (ended_batch_id) where ended_batch_id is not null;
create index quarantined_row_ended_at on ops.quarantined_row (ended_at) where ended_at is not null;

alter table ops.issue
  add column scope text not null default 'batch' check (scope in ('baris', 'batch', 'lintas')),
  add column nilai text not null default '';
comment on column ops.issue.nilai is 'Nilai `each` terakhir yang melanggar; temuan ditutup oleh batch atas nilai itu atau yang sesudahnya';

alter table ops.waiver add column since date;
comment on column ops.waiver.since is 'Hari pertama berlaku';
create index check_result_waived on ops.check_result (batch_id) where waiver_id is not null;
create index review_accepted on ops.review (batch_id) where accepted_rules <> '{}';
