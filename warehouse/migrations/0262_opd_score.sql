-- How each agency does, as one number per day that can be computed again from what stands beside it.
create table ops.opd_score (
  pemda         text not null,
  opd           text not null,
  day           date not null,
  formula       text not null,
  inputs        jsonb not null,
  kesegaran     numeric(5, 2),
  metadata      numeric(5, 2),
  kesahihan     numeric(5, 2),
  kelengkapan   numeric(5, 2),
  keterjangkauan numeric(5, 2),
  score         numeric(5, 2) not null,
  grade         text not null check (grade in ('emas', 'perak', 'perunggu')),
  datasets      integer not null,
  computed_at   timestamptz not null,
  primary key (pemda, opd, day)
);
create index opd_score_day on ops.opd_score (day);
comment on table ops.opd_score is
  'Skor mutu data setiap OPD, satu baris per hari (satudata score, docs/skor.md); untuk rapor: ambil baris terakhir sampai sebuah tanggal, tren = selisih dengan baris sebelumnya';
comment on column ops.opd_score.pemda is 'Kode Kemendagri pemda';
comment on column ops.opd_score.opd is 'Kode OPD Produsen Data; bersama pemda sama dengan ops.dataset.pemda dan ops.dataset.opd';
comment on column ops.opd_score.day is 'Hari yang dinilai';
comment on column ops.opd_score.formula is 'Versi rumus; skor dengan versi berbeda tidak dibandingkan';
comment on column ops.opd_score.inputs is
  'Hitungan per dataset yang menjadi dasar: [yang memenuhi, dari berapa] untuk setiap ukuran; dari sini dan versi rumus, skornya dapat dihitung ulang sama persis';
comment on column ops.opd_score.kesegaran is 'Data datang sesuai janji (0-100); kosong bila tidak ada yang dapat dinilai, dan bobotnya dibagi kepada ukuran lain';
comment on column ops.opd_score.metadata is 'Isian Standar Data dan Metadata yang sudah diserahkan (0-100)';
comment on column ops.opd_score.kesahihan is 'Baris yang lolos pemeriksaan pada kiriman terakhir (0-100)';
comment on column ops.opd_score.kelengkapan is 'Pihak yang sudah menyerahkan di antara yang seharusnya (0-100)';
comment on column ops.opd_score.keterjangkauan is 'Sumber menjawab, lisensi disebut, angkanya terbit (0-100)';
comment on column ops.opd_score.score is 'Rata-rata berbobot dari kelima ukuran (0-100)';
comment on column ops.opd_score.grade is 'emas mulai 80, perak mulai 60, selain itu perunggu';
comment on column ops.opd_score.datasets is 'Berapa dataset yang dinilai';
comment on column ops.opd_score.computed_at is 'Kapan dihitung';
