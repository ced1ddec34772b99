-- Two agencies that state different figures of one object: what is agreed for such a case, the conflict and its life, the decision that ends it.
-- An object is named by one text, the same for good: fact|code|measure|region|grain:first day:last day|classification or market.
create table ops.reconciliation (
  dataset text not null, item text not null, produsen text, policy text not null check (policy in ('publish', 'hold')),
  tolerance numeric not null, deadline_days integer not null, primary key (dataset, item)
);
comment on table ops.reconciliation is 'Kesepakatan tentang angka yang berbeda antar-OPD, per dataset dan kode data; ditulis ulang dari daftar_data.yml pada setiap transform';
comment on column ops.reconciliation.dataset is 'Kode dataset';
comment on column ops.reconciliation.item is 'Kode data di daftar_data.yml; kosong bila kontraknya tidak menyebut satu pun';
comment on column ops.reconciliation.produsen is 'Satu-satunya Produsen Data (Perpres 39/2019 Ps 27), sebagai kode pemda/OPD; kosong tanpa kode data';
comment on column ops.reconciliation.policy is 'publish = terbit angka Produsen, hold = tetap angka rilis terakhir sampai diputuskan';
comment on column ops.reconciliation.tolerance is 'Selisih yang masih dianggap sama, sebagai bagian dari angkanya';
comment on column ops.reconciliation.deadline_days is 'Berapa hari konflik boleh berada di tangan Produsen, lalu sama lamanya di Forum';

create table ops.conflict (
  conflict_id   bigint generated always as identity primary key,
  objek         text not null,
  fakta         text not null,
  kode_objek    text not null,
  ukuran        text not null,
  kode_wilayah  text not null,
  grain         text not null,
  mulai         date not null,
  akhir         date not null,
  kode_rincian  text not null,
  satuan        text,
  pemda         text,
  produsen      text,
  status        text not null check (status in ('kebijakan', 'ditahan', 'diputuskan')),
  tolerance     numeric not null default 0,
  nilai_terbit  numeric,
  last_figure   jsonb,
  state         text not null check (state in ('terbuka', 'dibahas', 'diputuskan', 'selesai')),
  opened_on     date not null,
  deadline_days integer not null,
  deadline_on   date not null,
  closed_on     date,
  reopened      integer not null default 0,
  release_id    bigint not null
);
create unique index conflict_open on ops.conflict (objek) where state <> 'selesai';
create index conflict_closed on ops.conflict (closed_on) where state = 'selesai';
comment on table ops.conflict is 'Satu konflik: satu objek yang angkanya berbeda antar-OPD melebihi pembulatan dan toleransi; terbuka, dibahas, diputuskan, selesai';
comment on column ops.conflict.conflict_id is 'Nomor konflik';
comment on column ops.conflict.objek is 'Nama tetap objeknya: fakta|kode|ukuran|wilayah|periode|rincian';
comment on column ops.conflict.fakta is 'indikator, harga_komoditas, atau neraca_pangan';
comment on column ops.conflict.kode_objek is 'Kode indikator atau komoditas';
comment on column ops.conflict.ukuran is 'stok, kebutuhan, ketersediaan, neraca, atau harga; kosong untuk indikator';
comment on column ops.conflict.kode_wilayah is 'Kode Kemendagri wilayahnya';
comment on column ops.conflict.grain is 'Grain periodenya';
comment on column ops.conflict.mulai is 'Hari pertama periode';
comment on column ops.conflict.akhir is 'Hari terakhir periode';
comment on column ops.conflict.kode_rincian is 'Sandi klasifikasi atau pasar; kosong untuk seluruhnya';
comment on column ops.conflict.satuan is 'Satuan semua angkanya, setelah diubah';
comment on column ops.conflict.pemda is 'Kode pemda yang Forumnya berwenang';
comment on column ops.conflict.produsen is 'Satu-satunya Produsen Data menurut daftar_data.yml, sebagai kode pemda/OPD; kosong bila tidak satu';
comment on column ops.conflict.status is 'Apa yang terbit pada rilis terakhir: kebijakan, ditahan, atau diputuskan';
comment on column ops.conflict.tolerance is 'Selisih yang masih dianggap sama, sebagai bagian dari angkanya';
comment on column ops.conflict.nilai_terbit is 'Angka yang terbit pada rilis terakhir; kosong bila belum ada';
comment on column ops.conflict.last_figure is 'Angka rilis terakhir sebelum ditahan: nilai, satuan, status_angka, dataset, opd; agar tetap ada bila mart dibangun ulang';
comment on column ops.conflict.state is 'terbuka, dibahas, diputuskan, atau selesai';
comment on column ops.conflict.opened_on is 'Hari ditemukan, atau dibuka kembali';
comment on column ops.conflict.deadline_days is 'Lamanya satu tingkat menurut daftar_data.yml';
comment on column ops.conflict.deadline_on is 'Hari terakhir di tangan Produsen; sesudahnya Forum, setelah sama lamanya lagi kepala daerah';
comment on column ops.conflict.closed_on is 'Hari selesai sendiri karena angkanya sama atau tinggal satu OPD';
comment on column ops.conflict.reopened is 'Berapa kali dibuka kembali setelah diputuskan';
comment on column ops.conflict.release_id is 'Rilis yang terakhir menilainya';

create table ops.conflict_report (
  conflict_id bigint not null references ops.conflict, pelapor text not null, dataset text not null, nilai numeric not null, langkah numeric not null,
  fetched_at timestamptz not null, since date not null, until date, primary key (conflict_id, pelapor, since)
);
comment on table ops.conflict_report is 'Angka setiap OPD dalam sebuah konflik, dari kapan sampai kapan';
comment on column ops.conflict_report.conflict_id is 'Nomor konflik';
comment on column ops.conflict_report.pelapor is 'OPD pelapor sebagai kode pemda/OPD, diikuti kode penerbit bila tiap wilayah mengirim sendiri';
comment on column ops.conflict_report.dataset is 'Kode dataset asal angka';
comment on column ops.conflict_report.nilai is 'Angka setelah satuannya diubah';
comment on column ops.conflict_report.langkah is 'Ketelitian terbitnya: satu satuan pada desimal terakhir, setelah satuannya diubah';
comment on column ops.conflict_report.fetched_at is 'Waktu berkasnya diambil';
comment on column ops.conflict_report.since is 'Hari pertama angka ini berlaku dalam konflik';
comment on column ops.conflict_report.until is 'Hari angka ini diganti atau tidak dilaporkan lagi; kosong selama berlaku';

create table ops.decision (
  decision_id bigint generated always as identity primary key, objek text not null, nilai numeric not null, pakai text,
  dasar text not null check (dasar in ('kesepakatan', 'forum', 'kepala_daerah')), berita_acara text not null check (trim(berita_acara) <> ''),
  fingerprint text not null, by text not null, at timestamptz not null, day date not null, reason text, ended_on date, ended_why text
);
create unique index decision_in_force on ops.decision (objek) where ended_on is null;
comment on table ops.decision is 'Keputusan atas sebuah konflik; terikat pada sumber dan angka saat diputuskan, dan berakhir bila salah satunya berubah';
comment on column ops.decision.decision_id is 'Nomor keputusan';
comment on column ops.decision.objek is 'Objek yang diputuskan, seperti ops.conflict.objek';
comment on column ops.decision.nilai is 'Angka yang diputuskan';
comment on column ops.decision.pakai is 'OPD yang angkanya dipakai; kosong bila disepakati angka lain';
comment on column ops.decision.dasar is 'kesepakatan (Produsen), forum, atau kepala_daerah';
comment on column ops.decision.berita_acara is 'Nomor berita acara';
comment on column ops.decision.fingerprint is 'Sidik OPD dan angka-angka yang diputuskan';
comment on column ops.decision.by is 'Siapa yang mencatat';
comment on column ops.decision.at is 'Waktu dicatat';
comment on column ops.decision.day is 'Tanggal keputusan';
comment on column ops.decision.reason is 'Penjelasan';
comment on column ops.decision.ended_on is 'Hari berakhir; kosong selama berlaku';
comment on column ops.decision.ended_why is 'Mengapa berakhir';

create table ops.decision_report (
  decision_id bigint not null references ops.decision, pelapor text not null, dataset text not null, nilai numeric not null, langkah numeric not null,
  primary key (decision_id, pelapor)
);
comment on table ops.decision_report is 'Angka setiap OPD saat diputuskan';
comment on column ops.decision_report.decision_id is 'Nomor keputusan';
comment on column ops.decision_report.pelapor is 'OPD pelapor, seperti ops.conflict_report.pelapor';
comment on column ops.decision_report.dataset is 'Kode dataset asal angka';
comment on column ops.decision_report.nilai is 'Angka saat diputuskan';
comment on column ops.decision_report.langkah is 'Ketelitian terbitnya saat diputuskan';

create table ops.conflict_event (
  conflict_event_id bigint generated always as identity primary key, conflict_id bigint not null references ops.conflict, at timestamptz not null,
  day date not null, event text not null check (event in ('dibuka', 'dibahas', 'diputuskan', 'dibuka_lagi', 'selesai')), by text, note text,
  -- Rows come back from the journal table by table, by name: those of the events before the decisions.
  decision_id bigint references ops.decision deferrable initially deferred
);
create index conflict_event_of on ops.conflict_event (conflict_id, conflict_event_id);
comment on table ops.conflict_event is 'Perjalanan setiap konflik';
comment on column ops.conflict_event.conflict_event_id is 'Nomor kejadian';
comment on column ops.conflict_event.conflict_id is 'Nomor konflik';
comment on column ops.conflict_event.at is 'Waktu dicatat';
comment on column ops.conflict_event.day is 'Tanggalnya menurut kalender putaran';
comment on column ops.conflict_event.event is 'dibuka, dibahas, diputuskan, dibuka_lagi, atau selesai';
comment on column ops.conflict_event.by is 'Siapa; kosong bila gudang data sendiri';
comment on column ops.conflict_event.note is 'Penjelasan';
comment on column ops.conflict_event.decision_id is 'Keputusan yang dibuat atau berakhir';

-- A decision made while a transform runs waits for the next one, as a pin or a batch does.
create table ops.cut_decision (like ops.decision, primary key (decision_id));
comment on table ops.cut_decision is 'Keputusan yang berlaku menurut transform yang sedang atau terakhir berjalan';
do $$
declare c record;
begin
  for c in
    select a.attname as name, col_description(a.attrelid, a.attnum) as said from pg_attribute a
    where a.attrelid = 'ops.decision'::regclass and a.attnum > 0
  loop
    execute format('comment on column ops.cut_decision.%I is %L', c.name, c.said);
  end loop;
end $$;
