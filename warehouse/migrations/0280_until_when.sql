-- Whatever waits for somebody says until when: findings across datasets like all others, and batches that are held for a review or were returned.
alter table ops.batch add column due date;
comment on column ops.batch.due is 'Tenggat bagi yang harus bertindak atas batch ini: memperbaiki yang gagal, dikembalikan, atau dikarantina; memutuskan yang ditahan';

-- What stands already gets the day it would have had; the number of days of a pemda is not known here, so it is the default of 14.
create function pg_temp.due_after(since timestamptz) returns date language sql as $$
  select d.at::date from generate_series((since at time zone 'Asia/Jakarta')::date + 1, (since at time zone 'Asia/Jakarta')::date + 90, interval '1 day') as d (at)
  where extract(isodow from d.at) < 6 and not exists (select from ops.holiday h where h.day = d.at::date)
  order by d.at offset 13 limit 1
$$;
update ops.issue set due = pg_temp.due_after(opened_at) where state <> 'selesai' and severity <> 'warn' and due is null;
update ops.batch b
set due = pg_temp.due_after(coalesce((select max(r.at) from ops.review r where r.batch_id = b.batch_id and r.decision = 'return'), b.judged_at))
where b.state in ('held', 'failed', 'returned');

-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,AM08,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
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
where b.state = 'returned' and not exists (
  select from ops.batch n where n.dataset = b.dataset and n.penerbit = b.penerbit and n.nilai = b.nilai and n.batch_id > b.batch_id)
or b.state = 'held' and not exists (
  select from ops.issue i join ops.check_result c using (dataset, penerbit, rule_id)
  where i.dataset = b.dataset and i.penerbit = b.penerbit and i.severity = 'hold' and i.state <> 'selesai'
    and c.batch_id = b.batch_id and c.severity = 'hold' and c.outcome = 'fail');
comment on view quality.temuan is 'Yang belum selesai: setiap temuan, dan setiap batch yang menunggu tinjauan atau dikembalikan; siapa yang harus bertindak, dan sampai kapan';
comment on column quality.temuan.temuan_id is 'Nomor temuan; kosong bila yang menunggu sebuah batch';
comment on column quality.temuan.aturan is 'Aturan yang dilanggar; tinjauan atau dikembalikan bila yang menunggu sebuah batch';
comment on column quality.temuan.keparahan
is 'fail = batch gagal; hold = ditahan; quarantine = baris dikarantina; warn = peringatan; held = batch menunggu tinjauan; returned = batch dikembalikan';
comment on column quality.temuan.keadaan is 'baru, diakui, atau ditugaskan; batch: menunggu atau dikembalikan';
comment on column quality.temuan.penanggung_jawab
is 'Siapa yang harus bertindak: yang ditugaskan, selain itu Produsen Datanya; batch yang menunggu tinjauan: Walidata, lalu Pembina Data';
comment on column quality.temuan.batch_terakhir is 'Batch terakhir yang melanggar, atau batch yang menunggu';
