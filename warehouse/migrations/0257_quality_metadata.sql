-- What was not handed over yet of Standar Data and Metadata, and the two indicators of EPSS that rest on it.
-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,LT06,LT07,LT08,LT11,RF01,RF03,ST05,ST09
alter table ops.dataset add column items text[] not null default '{}';
comment on column ops.dataset.items is 'Kode data di daftar_data.yml yang dibawa dataset ini';

create view quality.kekurangan_metadata as
select g.dataset, d.title as judul, d.opd, coalesce(d.produsen, d.opd) as produsen, d.pemda, g.item as kode_data, m.field as isian,
       case when m.field like 'ms\_ind%' then 'MS-Ind' when m.field like 'ms\_var%' then 'MS-Var' when m.field like 'ms\_keg%' then 'MS-Keg'
            when m.field in ('konsep', 'definisi', 'klasifikasi', 'ukuran', 'satuan') then 'Standar Data' else 'Daftar data' end as bagian,
       (g.since at time zone 'Asia/Jakarta')::date as sejak,
       exists (select from ops.pin p where p.dataset = g.dataset and p.kind = 'metadata') as menahan_penerbitan
from ops.metadata_gap g
left join ops.dataset d on d.dataset = g.dataset
cross join lateral unnest(g.missing) as m (field);
comment on view quality.kekurangan_metadata is 'Isian Standar Data dan Metadata yang belum diserahkan, satu baris per isian (Perpres 39/2019 Ps 33)';
comment on column quality.kekurangan_metadata.dataset is 'Kode dataset';
comment on column quality.kekurangan_metadata.judul is 'Nama data';
comment on column quality.kekurangan_metadata.opd is 'Kode OPD Produsen Data';
comment on column quality.kekurangan_metadata.produsen is 'Nama OPD Produsen Data';
comment on column quality.kekurangan_metadata.pemda is 'Kode pemda';
comment on column quality.kekurangan_metadata.kode_data is 'Kode data di daftar_data.yml';
comment on column quality.kekurangan_metadata.isian is 'Isian yang masih kosong, misalnya satuan atau ms_ind.metode';
comment on column quality.kekurangan_metadata.bagian is 'Standar Data, MS-Ind, MS-Var, MS-Keg, atau Daftar data bila datanya belum terdaftar';
comment on column quality.kekurangan_metadata.sejak is 'Sejak kapan kekurangan ini tercatat';
comment on column quality.kekurangan_metadata.menahan_penerbitan is 'Apakah angkanya belum terbit karena kekurangan ini';

alter view quality.bukti_epss set schema ops;
alter view ops.bukti_epss rename to epss_of_the_pipeline;
comment on view ops.epss_of_the_pipeline is 'Bukti EPSS selain Standar Data dan Metadata; dibaca quality.bukti_epss';

create view quality.bukti_epss as
with items as (select distinct d.pemda, i.item from ops.dataset d cross join lateral unnest(d.items) as i (item)),
gaps as (
  select i.pemda, i.item, coalesce(bool_or(k.bagian in ('Standar Data', 'Daftar data')), false) as no_standard,
         coalesce(bool_or(k.bagian <> 'Standar Data'), false) as no_metadata
  from items i left join quality.kekurangan_metadata k on k.pemda = i.pemda and k.kode_data = i.item group by 1, 2),
proof (kode, numerator, denominator, said) as (
  select '10101', count(*) filter (where not no_standard), count(*), 'data terdaftar memiliki Standar Data lengkap' from gaps
  union all select '10201', count(*) filter (where not no_metadata), count(*), 'data terdaftar memiliki metadata statistik lengkap' from gaps)

select b.kode_indikator, b.domain, b.bobot_domain, b.aspek, b.bobot_aspek, b.indikator, b.bobot_indikator, b.ada_bukti or p.kode is not null as ada_bukti,
       coalesce(p.numerator, b.jumlah) as jumlah, coalesce(p.denominator, b.dari) as dari,
       coalesce(round(100.0 * p.numerator / nullif(p.denominator, 0), 2), b.persen) as persen, b.sejak,
       coalesce(p.numerator || ' dari ' || p.denominator || ' ' || p.said || '.', b.bukti) as bukti,
       case when p.kode is null then b.lihat else 'quality.kekurangan_metadata' end as lihat
from ops.epss_of_the_pipeline b left join proof p on p.kode = b.kode_indikator;
comment on view quality.bukti_epss is 'Bukti untuk setiap indikator EPSS yang dapat ditunjukkan oleh gudang data';
do $$
declare c record;
begin
  for c in
    select a.attname as name, col_description(a.attrelid, a.attnum) as said from pg_attribute a
    where a.attrelid = 'ops.epss_of_the_pipeline'::regclass and a.attnum > 0
  loop
    execute format('comment on column quality.bukti_epss.%I is %L', c.name, c.said);
  end loop;
end $$;
