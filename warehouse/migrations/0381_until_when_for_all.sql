-- A source that is down, data that is late and metadata that was not handed over wait for somebody like everything else: until a day.
alter table ops.dataset add column due_days integer not null default 14;
comment on column ops.dataset.due_days is 'Hari kerja bagi Produsen Datanya untuk membetulkan, menurut tenggat_hari_kerja di pemda.yml';

create function quality.tenggat(since date, working_days integer) returns date language sql stable security definer set search_path = '' as $$
  select d.at::date from generate_series(since + 1, since + 3 * working_days + 60, interval '1 day') as d (at)
  where extract(isodow from d.at) < 6 and not exists (select from ops.holiday h where h.day = d.at::date)
  order by d.at offset working_days - 1 limit 1
$$;
comment on function quality.tenggat is 'Hari kerja ke sekian sesudah sebuah tanggal, tanpa Sabtu, Minggu, dan hari libur';

-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,AM08,LT05,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create or replace view quality.temuan as
select i.issue_id as temuan_id, i.dataset, d.title as judul, i.penerbit, w.name as penerbit_nama, coalesce(d.opd, split_part(i.dataset, '.', 2)) as opd,
       coalesce(d.produsen, d.opd) as produsen, d.pemda, i.rule_id as aturan, i.rule as jenis_aturan, i.column_name as kolom, i.severity as keparahan,
       i.state as keadaan, i.assigned_to as ditugaskan_kepada,
       coalesce(i.assigned_to, d.produsen, d.opd, nullif(split_part(i.dataset, '.', 2), ''), 'Walidata') as penanggung_jawab,
       o.since as sejak, quality.hari_ini() - o.since as umur_hari,
       case when o.since < l.run_date then 'lama' when i.reopened > 0 then 'kambuh' else 'baru' end as baru_atau_lama,
       i.times as kali, i.failed as baris, quality.samarkan(i.message) as pesan, i.due as tenggat, i.due - quality.hari_ini() as sisa_hari,
       coalesce(i.due < quality.hari_ini(), false) as terlambat, x.until as dikecualikan_sampai, i.last_batch_id as batch_terakhir
from ops.issue i
left join ops.dataset d on d.dataset = i.dataset
left join ops.reference_item w on w.reference = 'wilayah' and w.code = i.penerbit
left join lateral (
  select e.batch_id, e.at from ops.issue_event e where e.issue_id = i.issue_id and e.event in ('dibuka', 'dibuka_lagi')
  order by e.issue_event_id desc limit 1) e on true
cross join lateral (select coalesce(quality.tanggal_batch(e.batch_id), (coalesce(e.at, i.opened_at) at time zone 'Asia/Jakarta')::date) as since) o
left join lateral (
  select f.run_date from ops.fetch f where f.dataset = i.dataset and f.penerbit = i.penerbit order by f.run_date desc limit 1) l on true
left join lateral (
  select max(v.until) as until from ops.waiver v
  where v.dataset = i.dataset and v.rule_id = i.rule_id and (v.penerbit is null or v.penerbit = i.penerbit) and v.ended_at is null
    and coalesce(v.since, quality.hari_ini()) <= quality.hari_ini() and v.until >= quality.hari_ini()) x on true
where i.state <> 'selesai'
union all  -- batches that wait for a person, or for the Produsen Data, and not for a rule that is told above
select null, b.dataset, d.title, b.penerbit, w.name, coalesce(d.opd, split_part(b.dataset, '.', 2)), coalesce(d.produsen, d.opd), d.pemda,
       case b.state when 'held' then 'tinjauan' else 'dikembalikan' end, 'tinjauan', null, b.state,
       case b.state when 'held' then 'menunggu' else 'dikembalikan' end, null,
       case when b.state = 'returned' then coalesce(d.produsen, d.opd, split_part(b.dataset, '.', 2)) when r.approved then 'Pembina Data'
            else coalesce(a.nama, d.walidata, 'Walidata') end,
       o.since, quality.hari_ini() - o.since, case when o.since < l.run_date then 'lama' else 'baru' end, 1, b.fetched, quality.samarkan(b.message),
       b.due, b.due - quality.hari_ini(), coalesce(b.due < quality.hari_ini(), false), null, b.batch_id
from ops.batch b
left join ops.dataset d on d.dataset = b.dataset
left join ops.opd a on a.pemda = d.pemda and a.opd = d.walidata
left join ops.reference_item w on w.reference = 'wilayah' and w.code = b.penerbit
left join lateral (
  select max(r.at) filter (where r.decision = 'return') as returned_at, bool_or(r.step = 'walidata' and r.decision = 'approve') as approved
  from ops.review r where r.batch_id = b.batch_id) r on true
cross join lateral (
  select coalesce((r.returned_at at time zone 'Asia/Jakarta')::date, quality.tanggal_batch(b.batch_id), (b.judged_at at time zone 'Asia/Jakarta')::date) as since) o
left join lateral (
  select f.run_date from ops.fetch f where f.dataset = b.dataset and f.penerbit = b.penerbit order by f.run_date desc limit 1) l on true
where not exists (select from ops.stopped_dataset x where x.dataset = b.dataset)
and (b.state = 'returned' and not exists (
  select from ops.batch n where n.dataset = b.dataset and n.penerbit = b.penerbit and n.nilai = b.nilai and n.batch_id > b.batch_id)
or b.state = 'held' and not exists (
  select from ops.issue i join ops.check_result c using (dataset, penerbit, rule_id)
  where i.dataset = b.dataset and i.penerbit = b.penerbit and i.severity = 'hold' and i.state <> 'selesai'
    and c.batch_id = b.batch_id and c.severity = 'hold' and c.outcome = 'fail'))
union all  -- sources that do not answer: one cause, however many runs it lasts, over as soon as one answers
select null, p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, 'ambil', 'ambil', null, 'source', 'baru', null,
       coalesce(p.produsen, p.opd), o.since, quality.hari_ini() - o.since, case when o.since < p.tanggal_putaran then 'lama' else 'baru' end, o.runs::integer, null,
       'Sumber tidak dapat diambil sejak ' || quality.tanggal(o.since) || ': ' || coalesce(p.kalimat, 'sebabnya tidak tercatat'), u.due, u.due - quality.hari_ini(), u.due < quality.hari_ini(), null, null
from (select distinct on (dataset, penerbit) * from quality.putaran where putusan = 'gagal diambil' order by dataset, penerbit, nilai) p
cross join lateral (
  select min(f.run_date) as since, count(distinct f.run_date) as runs from ops.fetch f
  where f.dataset = p.dataset and f.penerbit = p.penerbit and f.nilai = p.nilai and f.outcome = 'failed' and f.run_date > coalesce((
    select g.run_date from ops.fetch g where g.dataset = p.dataset and g.penerbit = p.penerbit and g.nilai = p.nilai and g.outcome <> 'failed'
      and g.run_date < p.tanggal_putaran
    order by g.run_date desc limit 1), '-infinity')) o
left join ops.dataset d on d.dataset = p.dataset
cross join lateral (select quality.tenggat(o.since, coalesce(d.due_days, 14)) as due) u
where not exists (select from ops.stopped_dataset x where x.dataset = p.dataset)
union all  -- data that is late and for which no other cause stands above
select null, s.dataset, s.judul, s.penerbit, s.penerbit_nama, s.opd, s.produsen, s.pemda, 'segar', 'segar', null, 'late', 'baru', null,
       coalesce(s.produsen, s.opd), s.since, quality.hari_ini() - s.since, 'lama', 1, null,
       case when s.terakhir_baru is null then 'Belum ada data yang masuk sejak pertama diminta ' || quality.tanggal(s.since)
            else 'Data baru terakhir masuk ' || quality.tanggal(s.since) end
       || ', ' || s.days || ' ' || s.hitungan || ' yang lalu; batasnya ' || s.batas_hari || '.', u.due, u.due - quality.hari_ini(), u.due < quality.hari_ini(), null, null
from (
  select k.*, coalesce(k.terakhir_baru, f.run_date) as since,
         quality.usia(coalesce(k.terakhir_baru, f.run_date), quality.hari_ini(), k.hitungan = 'hari kerja') as days
  from quality.kesegaran k
  cross join lateral (
    select min(f.run_date) as run_date from ops.fetch f where k.terakhir_baru is null and f.dataset = k.dataset and f.penerbit = k.penerbit) f
  where k.batas_hari is not null) s
left join ops.dataset d on d.dataset = s.dataset
cross join lateral (  -- counted from the day on which it became late
  select quality.tenggat(case when s.hitungan = 'hari kerja' then quality.tenggat(s.since, floor(s.batas_hari)::integer + 1)
                              else s.since + floor(s.batas_hari)::integer + 1 end, coalesce(d.due_days, 14)) as due) u
where s.days > s.batas_hari
and not exists (select from ops.stopped_dataset x where x.dataset = s.dataset)
and not exists (select from quality.putaran p where p.dataset = s.dataset and p.penerbit = s.penerbit and p.putusan in ('gagal diambil', 'ditahan', 'dikembalikan'))
and not exists (
  select from ops.issue i where i.dataset = s.dataset and i.penerbit = s.penerbit and i.severity in ('fail', 'hold') and i.state <> 'selesai')
union all  -- Standar Data and Metadata that were not handed over, per data item
select null, g.dataset, d.title, '', null, coalesce(d.opd, split_part(g.dataset, '.', 2)), coalesce(d.produsen, d.opd), d.pemda, 'metadata.' || g.item, 'metadata',
       null, 'metadata', 'baru', null, coalesce(d.produsen, d.opd, split_part(g.dataset, '.', 2)), o.since, quality.hari_ini() - o.since,
       case when o.since < l.run_date then 'lama' else 'baru' end, 1, null,
       'Isian Standar Data dan Metadata untuk data ' || g.item || ' belum diserahkan: ' || array_to_string(g.missing, ', ') || '.', u.due, u.due - quality.hari_ini(), u.due < quality.hari_ini(), null, null
from ops.metadata_gap g
left join ops.dataset d on d.dataset = g.dataset
cross join lateral (select least((g.since at time zone 'Asia/Jakarta')::date, quality.hari_ini()) as since) o
cross join lateral (select quality.tenggat(o.since, coalesce(d.due_days, 14)) as due) u
left join lateral (select f.run_date from ops.fetch f where f.dataset = g.dataset order by f.run_date desc limit 1) l on true
where g.missing <> '{}'
and not exists (select from ops.stopped_dataset x where x.dataset = g.dataset);
comment on column quality.temuan.tenggat
is 'Sampai kapan: tenggat_hari_kerja pemda.yml sesudah ditemukan; sumber sesudah pertama tidak menjawab, data terlambat sesudah batasnya lewat, metadata sesudah diketahui kurang; kosong bagi peringatan';
comment on column quality.temuan.sisa_hari is 'Hari kalender sampai tenggat; negatif bila sudah lewat';
comment on column quality.temuan.terlambat is 'Apakah tenggatnya sudah lewat';
