-- What each Produsen Data was told, so that nothing is told twice and nothing is lost.
create table ops.notification (
  notification_id bigint generated always as identity primary key,
  pemda      text not null,
  opd        text not null,
  day        date not null,
  channel    text not null,
  address    text not null,
  state      text not null default 'mengirim' check (state in ('mengirim', 'terkirim', 'gagal')),
  subject    text not null,
  body       text not null,
  tries      integer not null default 1,
  started_at timestamptz not null,
  ended_at   timestamptz,
  problem    text,
  unique (pemda, opd, day, channel, address)
);
comment on table ops.notification is 'Setiap kabar kepada Produsen Data: paling banyak satu per OPD, hari, saluran, dan alamat';
comment on column ops.notification.state is
  'mengirim = dicatat sebelum dikirim; tetap begitu bila program mati atau jawaban server hilang, dan tidak diulang. terkirim = diterima server. gagal = pasti tidak diterima, dicoba lagi';
comment on column ops.notification.problem is 'Jawaban server surel terakhir yang bukan keberhasilan';

create table ops.notified (
  pemda           text not null,
  opd             text not null,
  channel         text not null,
  address         text not null,
  cause           text not null,  -- temuan|dataset|penerbit|rule_id|how many times opened again, batch|number|held or returned
  part            text not null check (part in ('baru', 'selesai')),
  notification_id bigint not null references ops.notification on delete cascade,
  about           jsonb not null, -- as it was told: title, publisher, sentence
  primary key (pemda, opd, channel, address, cause, part)
);
create index notified_notification on ops.notified (notification_id);
comment on table ops.notified is 'Sebab mana yang sudah dikabarkan kepada siapa, sekali ketika muncul dan sekali ketika selesai';

-- Whoever tells of a finding reads it as reviewers do: masked.
grant usage on schema quality to loader;
grant select on quality.temuan, quality.kesegaran, quality.kelengkapan to loader;
