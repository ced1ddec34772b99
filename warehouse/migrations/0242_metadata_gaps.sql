-- Data come with Standar Data and Metadata (Perpres 39/2019 Ps 33): what was not handed over yet, and why the figures are not published.
create table ops.metadata_gap (
  dataset text not null, item text not null, missing text[] not null, since timestamptz not null,
  primary key (dataset, item)
);
comment on table ops.metadata_gap is 'Data yang angkanya sudah diterima tetapi Standar Data atau Metadatanya belum lengkap, sehingga belum diterbitkan';
comment on column ops.metadata_gap.dataset is 'Dataset yang kontraknya menyebut data itu';
comment on column ops.metadata_gap.item is 'Kode data di daftar_data.yml';
comment on column ops.metadata_gap.missing is 'Isian daftar_data.yml yang masih kosong, misalnya satuan, ms_ind.metode, atau ms_var[1].tipe_data';
comment on column ops.metadata_gap.since is 'Sejak kapan kekurangan ini tercatat';
