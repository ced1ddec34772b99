-- What is asked for in parts (`each`) is delivered in as many batches: all of them stand, so the catalogue counts the newest of every part.
create or replace view ops.newest_delivery as
select distinct on (b.dataset, b.penerbit, b.nilai) b.dataset, b.penerbit, b.batch_id, b.accepted + b.unchanged + coalesce(r.good, 0)::bigint as good,
       b.quarantined - coalesce(r.let_in, 0)::bigint as quarantined,
       coalesce(quality.tanggal_batch(b.batch_id), (b.fetched_at at time zone 'Asia/Jakarta')::date) as day, b.period_from, b.period_to
from ops.batch b
cross join ops.cut c
left join ops.cut_pin p on b.dataset = p.dataset and b.penerbit = p.penerbit
left join lateral (
  select sum(x.accepted + x.unchanged) as good, sum(x.fetched - x.quarantined) as let_in
  from ops.batch x
  where x.replay_of = b.batch_id and x.state = 'accepted' and x.accept_no <= least(c.cut_no, p.up_to_no)) r on true
where b.state = 'accepted' and b.replay_of is null and b.accept_no <= least(c.cut_no, p.up_to_no)
order by b.dataset, b.penerbit, b.nilai, b.accept_no desc;
comment on view ops.newest_delivery is
'Kiriman terakhir setiap penerbit, dan setiap bagian yang diambil terpisah (each), yang terlihat oleh transform; yang masuk lewat penilaian ulang dihitung baik';
