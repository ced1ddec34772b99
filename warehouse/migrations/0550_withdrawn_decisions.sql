-- What was withdrawn for good is not told either by what agencies differed on: neither in the decisions nor in the conflicts nor in the minutes.
-- Read side by side, as in 0311. -- noqa: disable=AL03,AL05,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09

-- A row of a table is withdrawn by the values of some of its columns. Of the object of a conflict those are known that say what it is about, and what was ever
-- said of it; a column that is none of these is not asked: rather too much is left out than one figure told.
create view ops.withdrawn_object as
select distinct n.objek
from (select c.objek from ops.conflict c union select d.objek from ops.decision d) o
cross join lateral (
  select o.objek, split_part(o.objek, '|', 1) as fakta, split_part(o.objek, '|', 2) as kode, split_part(o.objek, '|', 3) as ukuran,
         split_part(o.objek, '|', 4) as wilayah, split_part(o.objek, '|', 5) as periode, split_part(o.objek, '|', 6) as rincian) n
join ops.withdrawal w
  on w.match is not null
  and w.table_name = any(case when n.fakta = 'indikator' then array['fct_indikator', 'mart_instansi.fct_indikator', 'angka_indikator']
                              else array['fct_' || n.fakta] end)
cross join lateral (
  select coalesce(jsonb_agg(trim_scale(s.nilai)::text) filter (where s.nilai is not null), '[]') as figures,
         coalesce(jsonb_agg(d.dataset_id::text) filter (where d.dataset_id is not null), '[]') as datasets,
         coalesce(jsonb_agg(k.key_id::text) filter (where k.key_id is not null), '[]') as opds
  from (
    select r.pelapor, r.dataset, r.nilai from ops.conflict c join ops.conflict_report r using (conflict_id) where c.objek = n.objek
    union all
    select r.pelapor, r.dataset, r.nilai from ops.decision e join ops.decision_report r using (decision_id) where e.objek = n.objek
    union all
    select null, null, e.nilai from ops.decision e where e.objek = n.objek
    union all
    select null, c.last_figure ->> 'dataset', (c.last_figure ->> 'nilai')::numeric from ops.conflict c where c.objek = n.objek
    union all
    select null, null, c.nilai_terbit from ops.conflict c where c.objek = n.objek) s
  left join ops.dataset d on d.dataset = s.dataset
  left join ops.key k on k.dimension = 'opd' and k.natural_key = split_part(s.pelapor, '/', 1) || '/' || split_part(s.pelapor, '/', 2)) said
cross join lateral (
  select jsonb_build_object(
    case when n.fakta = 'indikator' then 'indikator_key' else 'komoditas_key' end,
    (select jsonb_agg(k.key_id::text) from ops.key k
     where k.dimension = case when n.fakta = 'indikator' then 'indikator' else 'komoditas' end and k.natural_key = n.kode),
    case n.fakta when 'indikator' then 'klasifikasi_key' when 'harga_komoditas' then 'pasar_key' else 'ukuran' end,
    case when n.fakta = 'neraca_pangan' then jsonb_build_array(n.ukuran)
         else (select jsonb_agg(k.key_id::text) from ops.key k
               where k.dimension = case when n.fakta = 'indikator' then 'klasifikasi' else 'pasar' end and k.natural_key = n.rincian) end,
    'wilayah_key', (select jsonb_agg(k.key_id::text) from ops.key k where k.dimension = 'wilayah' and k.natural_key = n.wilayah),
    'wilayah_level', (select jsonb_agg(distinct i.level) from ops.reference_item i where i.reference = 'wilayah' and i.code = n.wilayah),
    'periode_key', (select jsonb_agg(k.key_id::text) from ops.key k where k.dimension = 'periode' and k.natural_key = n.periode),
    'periode_grain', jsonb_build_array(split_part(n.periode, ':', 1)),
    'periode_mulai', jsonb_build_array(split_part(n.periode, ':', 2)),
    'periode_akhir', jsonb_build_array(split_part(n.periode, ':', 3)),
    'tanggal_key', jsonb_build_array(replace(split_part(n.periode, ':', 3), '-', '')),
    case n.fakta when 'indikator' then 'nilai' when 'harga_komoditas' then 'harga_rp' else 'nilai_ton' end, said.figures,
    '_dataset_id', said.datasets, 'opd_key', said.opds) as cell) x
where x.cell ?| (select array_agg(e.key) from jsonb_each_text(w.match) e)
  and not exists (
    select from jsonb_each_text(w.match) e
    where x.cell ? e.key
      and not coalesce(x.cell -> e.key ? case when e.key in ('nilai', 'harga_rp', 'nilai_ton') then trim_scale(e.value::numeric)::text else e.value end,
                       false));
comment on view ops.withdrawn_object is 'Objek konflik yang angkanya ditarik untuk seterusnya (`satudata release withdraw`)';
comment on column ops.withdrawn_object.objek is 'Nama tetap objeknya, seperti ops.conflict.objek';

create view ops.withdrawn_decision as
select d.decision_id
from ops.decision d
where d.objek in (select o.objek from ops.withdrawn_object o)
  or exists (select from ops.decision_report r join ops.withdrawal w using (dataset) where r.decision_id = d.decision_id);
comment on view ops.withdrawn_decision is 'Keputusan yang tidak lagi ditampilkan: angkanya ditarik, atau salah satu dataset yang diputuskan ditarik';
comment on column ops.withdrawn_decision.decision_id is 'Nomor keputusan';

create view ops.withdrawn_conflict as
select c.conflict_id
from ops.conflict c
where c.objek in (select o.objek from ops.withdrawn_object o)
  or exists (select from ops.conflict_report r join ops.withdrawal w using (dataset) where r.conflict_id = c.conflict_id and r.until is null);
comment on view ops.withdrawn_conflict is 'Konflik yang tidak lagi ditampilkan: angkanya ditarik, atau datanya masih memuat laporan dari dataset yang ditarik';
comment on column ops.withdrawn_conflict.conflict_id is 'Nomor konflik';

create or replace view quality.konflik_angka as
select c.conflict_id as konflik_id, c.pemda, r.pelapor, quality.nama_pelapor(r.pelapor) as opd, case when not t.disensor then r.nilai end as nilai, c.satuan,
       r.dataset, d.title as judul, r.fetched_at as diambil_pada, r.since as sejak,
       r.pelapor = c.produsen or starts_with(r.pelapor, c.produsen || '/') as adalah_produsen, case when not t.disensor then r.nilai_asal end as nilai_asal,
       r.satuan_asal, t.disensor
from ops.conflict c
join ops.conflict_report r using (conflict_id)
left join ops.dataset d on d.dataset = r.dataset
left join ops.conflict_of_few f using (conflict_id)
cross join lateral (select f.conflict_id is not null and not quality.boleh_angka_kecil() as disensor) t
where c.state <> 'selesai' and r.until is null and c.conflict_id not in (select w.conflict_id from ops.withdrawn_conflict w);
