-- What was accepted and is held when it is to be published failed last night, too: it needs somebody, and the sentence says why it is not out.
-- noqa: disable=AL03,AL05,AM06,AM08,LT05,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create or replace view quality.putaran as
select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, l.run_date as tanggal_putaran, r.nilai,
       case r.outcome when 'new' then 'berkas baru' when 'unchanged' then 'tidak berubah' when 'absent' then 'tidak ada kiriman' else 'gagal diambil' end as jawaban,
       r.ended_at as diambil_pada, b.batch_id, coalesce(b.fetched_at >= r.started_at, false) as dinilai_putaran_ini, v.putusan,
       v.putusan in ('gagal diambil', 'tidak ada kiriman', 'gagal dinilai', 'ditahan', 'dikembalikan')
         or exists (select from ops.quarantined_row q where q.batch_id = b.batch_id and q.state = 'open')
         or k.why is not null as perlu_tindakan,
       coalesce(b.read, 0) as dibaca, coalesce(b.fetched, 0) as calon, coalesce(b.accepted, 0) as diterima, coalesce(b.unchanged, 0) as tetap,
       coalesce(b.quarantined, 0) as karantina, coalesce((select sum(d.value::bigint) from jsonb_each_text(b.dropped) d), 0)::bigint as dibuang,
       coalesce(b.rejected, 0) as ditolak, coalesce(b.waiting, 0) as menunggu, coalesce(b.corrected, 0) as dikoreksi, coalesce(b.closed, 0) as berakhir,
       quality.samarkan(case
         when r.outcome = 'failed' then r.message
         when r.outcome = 'absent' then 'Tidak ada kiriman.'
         when b.batch_id is null then 'Sudah diambil, belum dinilai.'
         when b.message is not null then b.message
         else (b.accepted + b.unchanged) || ' dari ' || b.fetched || ' baris diterima' || case when b.quarantined > 0 then ', ' || b.quarantined || ' dikarantina' else '' end
              || '.' end
         || case when v.putusan = 'diterima' and k.why is not null then ' Belum terbit: ' || k.why else '' end) as kalimat
from quality.penerbit p
cross join lateral (
  select f.run_date from ops.fetch f where f.dataset = p.dataset and f.penerbit = p.penerbit order by f.run_date desc limit 1) l
cross join lateral (
  select distinct on (f.nilai) f.nilai, f.outcome, f.started_at, f.ended_at, f.message from ops.fetch f
  where f.dataset = p.dataset and f.penerbit = p.penerbit and f.run_date = l.run_date order by f.nilai, f.fetch_id desc) r
left join lateral (
  select * from ops.batch b where b.dataset = p.dataset and b.penerbit = p.penerbit and b.nilai = r.nilai and b.replay_of is null
  order by b.batch_id desc limit 1) b on true
cross join lateral (select case
  when r.outcome = 'failed' then 'gagal diambil' when r.outcome = 'absent' then 'tidak ada kiriman' when b.state is null then 'belum dinilai'
  else (array['diterima', 'ditahan', 'dikembalikan', 'digantikan', 'gagal dinilai'])[array_position(array['accepted', 'held', 'returned', 'superseded', 'failed'], b.state)]
  end as putusan) v
left join lateral (  -- what keeps it from being published after it was judged: another dataset, what is missing beside it, or a test of the published tables
  select string_agg(n.reason, ' ' order by n.kind) as why from ops.pin n
  where n.dataset = p.dataset and n.penerbit = p.penerbit and n.kind in ('lintas', 'test')) k on true;
comment on column quality.putaran.perlu_tindakan is 'Apakah seseorang harus bertindak; juga bila yang diterima tertahan saat akan terbit';
