-- Where the candidate stands, so that a build need only look at rows that have come, gone or changed since.
create table ops.candidate (
  only_row boolean primary key default true check (only_row),
  ground text, building text not null, gradual boolean not null
);
comment on table ops.candidate is 'Keadaan kandidat: dasar yang dipakai saat terakhir selesai dibangun, dan bagaimana pembangunan yang sedang berjalan';
comment on column ops.candidate.only_row is 'Selalu benar: tabel ini satu baris';
comment on column ops.candidate.ground is 'Sidik semua selain baris data yang menentukan isi kandidat; kosong bila kandidat tidak utuh';
comment on column ops.candidate.building is 'Sidik yang sama untuk pembangunan yang sedang berjalan';
comment on column ops.candidate.gradual is 'Benar bila pembangunan ini hanya mengolah yang berubah';

create table ops.candidate_seen (
  dataset_id integer not null, penerbit text not null, low bigint not null, high bigint not null check (low <= high),
  primary key (dataset_id, penerbit)
);
comment on table ops.candidate_seen is 'Sampai nomor terima mana baris setiap penerbit sudah diolah ke dalam kandidat';
comment on column ops.candidate_seen.dataset_id is 'Nomor dataset';
comment on column ops.candidate_seen.penerbit is 'Kode penerbit, kosong bila satu';
comment on column ops.candidate_seen.low is 'Nomor terendah sejak kandidat terakhir utuh';
comment on column ops.candidate_seen.high is 'Nomor tertinggi sejak kandidat terakhir utuh; sama dengan terendah bila tidak ada yang berubah';

grant select, insert, update, delete on ops.candidate, ops.candidate_seen to transformer;
