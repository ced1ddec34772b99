-- What was decided is told as decided, what waits says by which command, and a day is that of the run everywhere.
-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,AM08,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create or replace view quality.putaran as
select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, l.run_date as tanggal_putaran, r.nilai,
       case r.outcome when 'new' then 'berkas baru' when 'unchanged' then 'tidak berubah' when 'absent' then 'tidak ada kiriman' else 'gagal diambil' end as jawaban,
       r.ended_at as diambil_pada, b.batch_id, coalesce(b.fetched_at >= r.started_at, false) as dinilai_putaran_ini, v.putusan,
       v.putusan in ('gagal diambil', 'tidak ada kiriman', 'gagal dinilai', 'ditahan', 'dikembalikan') 
         or exists (select from ops.quarantined_row q where q.batch_id = b.batch_id and q.state = 'open') as perlu_tindakan,
       coalesce(b.read, 0) as dibaca, coalesce(b.fetched, 0) as calon, coalesce(b.accepted, 0) as diterima, coalesce(b.unchanged, 0) as tetap,
       coalesce(b.quarantined, 0) as karantina, coalesce((select sum(d.value::bigint) from jsonb_each_text(b.dropped) d), 0)::bigint as dibuang,
       coalesce(b.rejected, 0) as ditolak, coalesce(b.waiting, 0) as menunggu, coalesce(b.corrected, 0) as dikoreksi, coalesce(b.closed, 0) as berakhir,
       quality.samarkan(case
         when r.outcome = 'failed' then r.message
         when r.outcome = 'absent' then 'Tidak ada kiriman.'
         when b.batch_id is null then 'Sudah diambil, belum dinilai.'
         when b.message is not null then b.message
         else (b.accepted + b.unchanged) || ' dari ' || b.fetched || ' baris diterima' || case when b.quarantined > 0 then ', ' || b.quarantined || ' dikarantina' else '' end
              || '.' end) as kalimat
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
  end as putusan) v;

create or replace view quality.aturan_gagal as
with found as (
  select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, p.tanggal_putaran, p.batch_id, c.rule_id, c.rule, c.column_name, c.scope,
         c.severity, c.outcome, c.checked, c.failed, c.observed, c.expected, c.message, c.waiver_id, c.source
  from quality.putaran p join ops.check_result c using (batch_id) where c.outcome in ('fail', 'error')
  union all
  select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, p.tanggal_putaran, null, 'ambil', 'ambil', null, 'batch', 'fail', 'fail',
         null, null, null, 'sumber menjawab', p.kalimat, null, 'fetch'
  from quality.putaran p where p.putusan = 'gagal diambil'
  union all  -- of the last build of the published tables
  select c.dataset, d.title, c.penerbit, null, d.opd, coalesce(d.produsen, d.opd), d.pemda, (select max(run_date) from ops.cut), null, c.rule_id, c.rule, c.column_name,
         c.scope, c.severity, c.outcome, c.checked, c.failed, c.observed, c.expected, c.message, c.waiver_id, c.source
  from ops.check_result c left join ops.dataset d on d.dataset = c.dataset
  where c.source = 'dbt' and c.outcome in ('fail', 'error') and c.judged_at = (select max(k.judged_at) from ops.check_result k where k.source = 'dbt')
  union all  -- judged across datasets, and still so
  select i.dataset, d.title, i.penerbit, w.name, d.opd, coalesce(d.produsen, d.opd), d.pemda, (c.judged_at at time zone 'Asia/Jakarta')::date, null, i.rule_id, i.rule,
         i.column_name, i.scope, c.severity, c.outcome, c.checked, c.failed, c.observed, c.expected, c.message, c.waiver_id, c.source
  from ops.issue i
  left join ops.dataset d on d.dataset = i.dataset
  left join ops.reference_item w on w.reference = 'wilayah' and w.code = i.penerbit
  cross join lateral (
    select * from ops.check_result c where c.dataset = i.dataset and c.penerbit = i.penerbit and c.rule_id = i.rule_id and c.batch_id is null and c.release_id is null
    order by c.check_result_id desc limit 1) c
  where i.scope = 'lintas' and i.state <> 'selesai' and c.source <> 'dbt' and c.outcome in ('fail', 'error'))

select f.dataset, f.judul, f.penerbit, f.penerbit_nama, f.opd, f.produsen, f.pemda, f.tanggal_putaran, f.batch_id, f.rule_id as aturan, f.rule as jenis_aturan,
       f.column_name as kolom, f.scope as lingkup, f.severity as keparahan,
       case when a.by is not null then 'diterima sekali ini oleh ' || a.by when f.outcome = 'error' then 'aturan tidak terhitung' when f.source = 'fetch' then 'tidak terambil' when f.source = 'dbt' and f.severity = 'fail' then 'tidak terbit'
            else (array['batch gagal', 'batch ditahan', 'baris dikarantina', 'peringatan'])[array_position(array['fail', 'hold', 'quarantine', 'warn'], f.severity)]
            end as akibat,
       f.checked as baris_diperiksa, f.failed as baris_gagal, quality.samarkan(f.observed) as ditemukan, f.expected as seharusnya,
       quality.samarkan(f.message) as pesan, f.waiver_id is not null as dikecualikan, i.issue_id as temuan_id, f.source as sumber
from found f
left join lateral (
  select r.by from ops.review r join ops.batch b using (batch_id)
  where r.batch_id = f.batch_id and b.state = 'accepted' and f.rule_id = any(r.accepted_rules) order by r.review_id desc limit 1) a on true
left join ops.issue i on i.dataset = f.dataset and i.penerbit = f.penerbit and i.rule_id = f.rule_id and i.state <> 'selesai';

create or replace view quality.terbit_sementara as
with release as (select * from ops.release where state = 'published' order by release_id desc limit 1)

select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, p.nilai, p.putusan, p.batch_id as batch_tertahan,
       coalesce(n.since, p.tanggal_putaran) as tertahan_sejak, coalesce(quality.samarkan(n.reasons), p.kalimat) as sebab, v.batch_id as batch_terbit,
       quality.tanggal_batch(v.batch_id) as tanggal_terbit, v.period_from as periode_dari, v.period_to as periode_sampai, v.accepted + v.unchanged as baris_terbit,
       r.release_id as rilis,
       case when a.akses = 'tertutup' then 'Tidak diterbitkan: aksesnya tertutup.'
            when v.batch_id is null then 'Belum ada angka yang terbit.'
            else 'Tetap terbit: data yang diambil ' || quality.tanggal(quality.tanggal_batch(v.batch_id)) || ' (batch ' || v.batch_id || ', rilis ' || r.release_id || ').'
            end as kalimat,
       coalesce(n.steps, case when p.putusan = 'ditahan' then 'satudata review list' else 'satudata run ' || p.dataset end) as langkah
from quality.putaran p
join quality.penerbit a using (dataset, penerbit)
left join lateral (
  select min(coalesce(quality.tanggal_batch(h.batch_id), (i.since at time zone 'Asia/Jakarta')::date)) as since,
         string_agg(i.reason, ' ' order by i.since) as reasons, min(i.up_to_no) as up_to_no,
         string_agg(case i.kind when 'batch' then 'satudata review list'
                      when 'test' then 'lihat ops.check_result, betulkan datanya, lalu satudata run ' || i.dataset
                      when 'metadata' then 'isi daftar_data.yml, lalu satudata release publish'
                      else (select string_agg('satudata waiver add ' || i.dataset || ' ' || regexp_replace(x.rule_id, '[.]lintas$', '')
                                              || ' --sampai TTTT-BB-HH --alasan ...', '; ' order by x.rule_id) from unnest(i.rules) as x (rule_id)) end,
                    '; ' order by i.since) as steps
  from ops.pin i
  left join lateral (
    select coalesce(i.batch_id, (select b.batch_id from ops.batch b where b.dataset = i.dataset and b.penerbit = i.penerbit and b.accept_no > i.up_to_no
                                 order by b.accept_no limit 1)) as batch_id) h on true
  where i.dataset = p.dataset and i.penerbit = p.penerbit) n on true
left join release r on true
left join lateral (
  select b.* from ops.batch b
  where b.dataset = p.dataset and b.penerbit = p.penerbit and b.nilai = p.nilai and b.replay_of is null and b.state in ('accepted', 'held')
    and b.accept_no <= least(r.cut_no, (r.pins ->> (p.dataset || '|' || p.penerbit))::bigint)
  order by b.batch_id desc limit 1) v on true
where p.putusan in ('gagal diambil', 'tidak ada kiriman', 'gagal dinilai', 'ditahan', 'dikembalikan') or n.up_to_no is not null;
comment on column quality.terbit_sementara.langkah is 'Perintah yang memutuskan atau melanjutkan apa yang tertahan';
