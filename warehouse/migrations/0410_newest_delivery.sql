-- A row that was let in by a replay is no longer one that its delivery lacks: the catalogue counts it among the good ones. And what is asked for in parts
-- (`each`) is delivered in as many batches: all of them stand, so the newest of every part counts.
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
comment on column ops.newest_delivery.good is 'Baris yang diterima atau tetap, termasuk yang masuk lewat penilaian ulang karantina';
comment on column ops.newest_delivery.quarantined is 'Baris yang dikarantina, tanpa yang sudah masuk lewat penilaian ulang';
