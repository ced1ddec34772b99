-- What is open and who is to act by when; how old the data is; how each agency does, month by month.
-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,AM08,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create view quality.temuan as
select i.issue_id as temuan_id, i.dataset, d.title as judul, i.penerbit, w.name as penerbit_nama, coalesce(d.opd, split_part(i.dataset, '.', 2)) as opd,
       coalesce(d.produsen, d.opd) as produsen, d.pemda, i.rule_id as aturan, i.rule as jenis_aturan, i.column_name as kolom, i.severity as keparahan,
       i.state as keadaan, i.assigned_to as ditugaskan_kepada, coalesce(i.assigned_to, d.produsen, d.opd, split_part(i.dataset, '.', 2)) as penanggung_jawab,
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
where i.state <> 'selesai';

create view quality.kesegaran as
select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, a.run_date as terakhir_menjawab, n.run_date as terakhir_baru,
       n.period_to as periode_terakhir, u.days as umur_hari, case when d.working_days then 'hari kerja' else 'hari kalender' end as hitungan,
       extract(epoch from d.warn_after) / 86400 as peringatan_hari, extract(epoch from d.error_after) / 86400 as batas_hari, d.schedule as jadwal,
       case when n.run_date is null then 'belum pernah'
            when u.days > extract(epoch from d.error_after) / 86400 then 'lewat batas'
            when u.days > extract(epoch from d.warn_after) / 86400 then 'perlu perhatian'
            when coalesce(d.warn_after, d.error_after) is null then 'tanpa batas' else 'segar' end as keadaan
from quality.penerbit p
left join ops.dataset d using (dataset)
left join lateral (
  select f.run_date from ops.fetch f where f.dataset = p.dataset and f.penerbit = p.penerbit and f.outcome in ('new', 'unchanged')
  order by f.run_date desc limit 1) a on true
left join lateral (
  select quality.tanggal_batch(b.batch_id) as run_date, b.period_to from ops.batch b
  where b.dataset = p.dataset and b.penerbit = p.penerbit and b.state = 'accepted' and b.accepted + b.closed > 0 and b.replay_of is null
  order by b.batch_id desc limit 1) n on true
cross join lateral (select quality.usia(n.run_date, quality.hari_ini(), coalesce(d.working_days, false)) as days) u;

create view quality.rapor_opd as
with fetches as (
  select dataset, date_trunc('month', run_date)::date as month, count(*) as asked, count(*) filter (where outcome = 'failed') as failed,
         count(*) filter (where outcome = 'absent') as absent
  from ops.fetch group by 1, 2),
batches as (
  select b.dataset, date_trunc('month', m.run_date)::date as month, count(*) as judged, count(*) filter (where b.state = 'failed') as failed,
         count(*) filter (where b.state = 'held') as held, count(*) filter (where b.state = 'returned') as returned,
         sum(b.accepted + b.unchanged) as good, sum(b.quarantined) as aside, sum(b.rejected) as rejected
  from ops.batch b
  join (select bf.batch_id, max(f.run_date) as run_date from ops.batch_fetch bf join ops.fetch f using (fetch_id) group by 1) m using (batch_id)
  where b.replay_of is null group by 1, 2),
events as (
  select i.dataset, date_trunc('month', coalesce(m.run_date, (e.at at time zone 'Asia/Jakarta')::date))::date as month,
         count(*) filter (where e.event in ('dibuka', 'dibuka_lagi')) as opened, count(*) filter (where e.event = 'selesai') as closed
  from ops.issue_event e join ops.issue i using (issue_id)
  cross join lateral (select quality.tanggal_batch(e.batch_id) as run_date) m
  where e.event in ('dibuka', 'dibuka_lagi', 'selesai') group by 1, 2),
months as (
  select dataset, month from fetches union select dataset, month from batches union select dataset, month from events),
sums as (
  select d.pemda, coalesce(d.opd, split_part(t.dataset, '.', 2)) as opd, max(coalesce(d.produsen, d.opd, split_part(t.dataset, '.', 2))) as produsen, t.month,
         count(*) as datasets, coalesce(sum(f.asked), 0)::bigint as asked, coalesce(sum(f.failed), 0)::bigint as fetch_failed,
         coalesce(sum(f.absent), 0)::bigint as absent, coalesce(sum(b.judged), 0)::bigint as judged, coalesce(sum(b.failed), 0)::bigint as failed,
         coalesce(sum(b.held), 0)::bigint as held, coalesce(sum(b.returned), 0)::bigint as returned, coalesce(sum(b.good), 0)::bigint as good,
         coalesce(sum(b.aside), 0)::bigint as aside, coalesce(sum(b.rejected), 0)::bigint as rejected, coalesce(sum(e.opened), 0)::bigint as opened,
         coalesce(sum(e.closed), 0)::bigint as closed
  from months t
  left join fetches f using (dataset, month)
  left join batches b using (dataset, month)
  left join events e using (dataset, month)
  left join ops.dataset d on d.dataset = t.dataset
  group by 1, 2, 4),
shares as (
  select s.*, round(100.0 * good / nullif(good + aside + rejected, 0), 2) as valid, round(100.0 * (asked - fetch_failed - absent) / nullif(asked, 0), 2) as answered
  from sums s)

select pemda, opd, produsen, month as bulan, datasets as dataset, asked as pengambilan, fetch_failed as gagal_diambil, absent as tidak_ada_kiriman,
       answered as persen_menjawab, judged as batch_dinilai, failed as batch_gagal, held as batch_ditahan, returned as batch_dikembalikan,
       good as baris_sah, aside as baris_dikarantina, rejected as baris_ditolak, valid as persen_sah,
       valid - lag(valid) over w as perubahan_persen_sah,
       case sign(valid - lag(valid) over w) when 1 then 'naik' when -1 then 'turun' when 0 then 'tetap' end as tren,
       opened as temuan_dibuka, closed as temuan_selesai, (sum(opened - closed) over w)::bigint as temuan_terbuka
from shares window w as (partition by pemda, opd order by month);
