-- What is remembered of a check: who did what, the life of a finding, the stored results of Great Expectations.

create table ops.act (
  act_id  bigint generated always as identity primary key,
  at      timestamptz not null,
  by      text not null,
  kind    text not null,              -- review.approve | review.return | waiver.add | issue.assign | quarantine.reject | quarantine.replay | ...
  subject jsonb not null,             -- what it was done to, by natural keys
  reason  text
);
comment on table ops.act is 'Setiap tindakan orang: siapa, kapan, apa, terhadap apa, dan alasannya; salinannya ada di jurnal arsip';

create table ops.validation_result (
  validation_id uuid primary key,
  batch_id      bigint not null,
  table_name    text not null,
  judged_at     timestamptz not null,
  result        jsonb not null        -- as Great Expectations returned it
);
create index validation_result_batch on ops.validation_result (batch_id);
comment on table ops.validation_result is 'Hasil validasi Great Expectations sebagaimana dikembalikannya, satu baris per tabel yang dinilai';

create table ops.issue (
  issue_id        bigint generated always as identity primary key,
  dataset         text not null,
  penerbit        text not null default '',
  rule_id         text not null,
  rule            text not null,
  severity        text not null check (severity in ('fail', 'hold', 'quarantine', 'warn')),
  column_name     text,
  state           text not null default 'baru' check (state in ('baru', 'diakui', 'ditugaskan', 'selesai')),
  assigned_to     text,
  opened_at       timestamptz not null,
  last_seen_at    timestamptz not null,
  last_batch_id   bigint,
  times           integer not null default 1,   -- verdicts that found it since it was opened, or opened again
  failed          bigint not null default 0,    -- rows at the last verdict
  message         text,
  due             date,
  closed_at       timestamptz,
  reopened        integer not null default 0,
  unique (dataset, penerbit, rule_id)
);
comment on table ops.issue is 'Satu temuan per dataset, penerbit, dan aturan: dibuka sekali, dihitung selama berlangsung, dibuka lagi bila kembali';

create table ops.issue_event (
  issue_event_id bigint generated always as identity primary key,
  issue_id bigint not null references ops.issue, at timestamptz not null,
  event    text not null check (event in ('dibuka', 'terlihat', 'diakui', 'ditugaskan', 'selesai', 'dibuka_lagi')),
  batch_id bigint, by text, note text
);
create index issue_event_issue on ops.issue_event (issue_id, issue_event_id);

create table ops.waiver (
  waiver_id bigint generated always as identity primary key,
  dataset   text not null,
  penerbit  text,                     -- null: every publisher
  rule_id   text not null,
  reason    text not null,
  by        text not null,
  at        timestamptz not null,
  until     date not null,            -- last day on which it holds
  ended_at  timestamptz,              -- ended by a person before that day
  ended_by  text
);
create index waiver_dataset on ops.waiver (dataset, rule_id);
comment on table ops.waiver is 'Pengecualian sebuah aturan untuk sebuah dataset, dengan alasan dan hari terakhir; berakhir dengan sendirinya';

create table ops.review (
  review_id bigint generated always as identity primary key,
  batch_id  bigint not null references ops.batch,
  step      text not null check (step in ('walidata', 'pembina')),
  decision  text not null check (decision in ('approve', 'return')),
  by text not null, at timestamptz not null, reason text,
  accepted_rules text[] not null default '{}'   -- of a batch accepted although these rules failed
);
create index review_batch on ops.review (batch_id);
comment on table ops.review is 'Putusan peninjau atas sebuah batch';

alter table ops.check_result add column validation_id uuid, add column waiver_id bigint references ops.waiver, add column judged_at timestamptz;
comment on column ops.check_result.validation_id is 'Hasil validasi Great Expectations yang tersimpan di ops.validation_result';
comment on column ops.check_result.waiver_id is 'Pengecualian yang sedang berlaku ketika aturan ini dinilai';

alter table ops.quarantined_row
  add column due date,                    -- until when the Produsen is to mend it (Perpres 39/2019 Ps 34)
  add column ended_at timestamptz,
  add column reason text,                 -- of a row rejected by a person
  add column ended_batch_id bigint;       -- the batch that mended, replaced or replayed it
create index quarantined_row_open on ops.quarantined_row (batch_id) where state = 'open';
