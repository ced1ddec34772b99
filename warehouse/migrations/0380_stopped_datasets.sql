-- What is asked of nobody any more is no open finding: it ends when its dataset does, says so, and stands again should the dataset come back.
create table ops.stopped_dataset (
  dataset text primary key,
  sejak   date not null,
  alasan  text not null,
  at      timestamptz not null
);
comment on table ops.stopped_dataset is 'Dataset yang tidak lagi diambil: disebut di retired.yml, atau kontraknya tidak ada lagi. Temuan dan baris karantinanya berakhir bersamanya';
comment on column ops.stopped_dataset.dataset is 'Kode dataset';
comment on column ops.stopped_dataset.sejak is 'Sejak hari mana tidak diambil';
comment on column ops.stopped_dataset.alasan is 'Kalimat sebabnya, sebagaimana tercatat pada temuan dan baris karantina yang berakhir karenanya';
comment on column ops.stopped_dataset.at is 'Kapan hal itu dicatat; temuan yang ditutup pada saat itu dibuka lagi bila datasetnya diambil lagi';

alter table ops.quarantined_row drop constraint quarantined_row_state_check;
alter table ops.quarantined_row add constraint quarantined_row_state_check
check (state in ('open', 'fixed', 'superseded', 'replayed', 'rejected', 'stopped'));
comment on column ops.quarantined_row.state is 'open = terbuka; fixed = diperbaiki; superseded = digantikan; replayed = masuk setelah dinilai ulang; rejected = ditolak; stopped = datasetnya tidak lagi diambil';
create index quarantined_row_stopped on ops.quarantined_row (batch_id) where state = 'stopped';
