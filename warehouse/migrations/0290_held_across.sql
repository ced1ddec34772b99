-- What holds a publisher across datasets is named, so that somebody can decide it; a difference that a person accepted holds nothing while it stands.
alter table ops.pin add column rules text[] not null default '{}';
comment on column ops.pin.rules is 'Aturan lintas yang menahannya; kosong bila alasannya lain';

create table ops.accepted_difference (
  dataset text not null, penerbit text not null, rule_id text not null, digest text not null, batch_id bigint not null references ops.batch,
  primary key (dataset, penerbit, rule_id, digest)
);
comment on table ops.accepted_difference is
  'Perbedaan dengan dataset lain yang diterima orang bersama sebuah batch: selama kedua angkanya tetap, aturan lintasnya tidak menahan';
comment on column ops.accepted_difference.dataset is 'Kode dataset';
comment on column ops.accepted_difference.penerbit is 'Kode penerbit; kosong bila dataset hanya punya satu';
comment on column ops.accepted_difference.rule_id is 'Aturan same_as_dataset yang diterima';
comment on column ops.accepted_difference.digest is 'Sidik dari kunci baris dan kedua angkanya';
comment on column ops.accepted_difference.batch_id is 'Batch yang disetujui dengan menerima aturan itu';
