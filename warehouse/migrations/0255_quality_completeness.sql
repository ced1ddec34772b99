-- Who has handed in and who has not, where several publishers fill the same form.
-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,AM08,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create view quality.kelengkapan as
with expected as (
  select d.dataset, d.title, d.opd, d.produsen, d.pemda, x.penerbit from ops.dataset d cross join unnest(d.publishers) as x (penerbit)
),

periods as (
  select distinct b.dataset, b.period_from, b.period_to
  from ops.batch b join ops.dataset d using (dataset) where cardinality(d.publishers) > 0 and b.state in ('accepted', 'held') and b.replay_of is null
)

select e.dataset, e.title as judul, e.opd, coalesce(e.produsen, e.opd) as produsen, e.pemda, p.period_from as periode_dari, p.period_to as periode_sampai,
       e.penerbit, coalesce(w.name, o.nama, e.penerbit) as penerbit_nama, k.name as kecamatan, b.batch_id, coalesce(b.accepted + b.unchanged, 0) as baris,
       case b.state when 'accepted' then 'ada' when 'held' then 'ditahan' when 'returned' then 'dikembalikan' when 'failed' then 'gagal dinilai' else 'belum ada'
         end as keadaan,
       coalesce(b.state <> 'accepted', true) as kurang
from expected e
left join periods p using (dataset)
left join ops.reference_item w on w.reference = 'wilayah' and e.penerbit = w.code
left join ops.reference_item k on k.reference = 'wilayah' and w.parent = k.code and k.level = 'kecamatan'
left join ops.opd o on e.pemda = o.pemda and e.penerbit = o.opd
left join lateral (
  select * from ops.batch b
  where b.dataset = e.dataset and b.penerbit = e.penerbit and b.replay_of is null and b.state <> 'superseded'
    and (p.period_from is null or b.periods @> daterange(p.period_from, p.period_to, '[]') or b.state = 'failed' and b.periods = '{}')
  order by b.state = 'accepted' desc, b.batch_id desc limit 1) b on true;
