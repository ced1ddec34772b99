-- The nightly comparison of what is published with what should be, where reviewers look: among the rules that fail, and as a list of all nights.
-- Read side by side, as in 0370. -- noqa: disable=AL03,AL05,AM07,LT02,LT05,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST06,ST09
create view ops.release_check as
select c.check_result_id, c.release_id, c.judged_at, c.rule_id, c.rule, c.scope, c.severity, c.outcome, c.checked, c.failed, c.message, c.source,
       c.release_id = (select max(r.release_id) from ops.release r) and c.judged_at = max(c.judged_at) over () as stands
from ops.check_result c where c.rule_id = 'rilis_sama_dengan_calon';
comment on view ops.release_check is 'Hasil satudata release check: tabel terbit dibandingkan dengan calonnya';
comment on column ops.release_check.check_result_id is 'Nomor hasil';
comment on column ops.release_check.release_id is 'Rilis yang terbit waktu itu';
comment on column ops.release_check.judged_at is 'Kapan dibandingkan';
comment on column ops.release_check.rule_id is 'Nama aturan';
comment on column ops.release_check.rule is 'Jenis aturan';
comment on column ops.release_check.scope is 'Lingkup';
comment on column ops.release_check.severity is 'Keparahan';
comment on column ops.release_check.outcome is 'pass bila sama, fail bila berbeda';
comment on column ops.release_check.checked is 'Berapa tabel yang dibandingkan';
comment on column ops.release_check.failed is 'Berapa baris yang berbeda';
comment on column ops.release_check.message is 'Tabel mana dan berapa baris, dalam kalimat';
comment on column ops.release_check.source is 'Yang memeriksa';
comment on column ops.release_check.stands is 'Benar bila ini pemeriksaan terakhir dan belum ada rilis sesudahnya';

create view quality.pemeriksaan_rilis as
select r.release_id as rilis, r.judged_at as diperiksa_pada, r.outcome = 'pass' as sama, r.checked as jumlah_tabel, r.failed as baris_berbeda, r.message as pesan,
       case when r.outcome = 'pass' then 'Tidak ada' when r.release_id < (select max(n.release_id) from ops.release n) then 'Tidak ada; rilis sesudahnya sudah membetulkan'
            else 'satudata release publish' end as langkah
from ops.release_check r;
comment on view quality.pemeriksaan_rilis is 'Setiap pemeriksaan malam: apakah isi tabel terbit sama dengan calon yang dibangun dari semua baris yang diterima';
comment on column quality.pemeriksaan_rilis.rilis is 'Rilis yang terbit waktu itu';
comment on column quality.pemeriksaan_rilis.diperiksa_pada is 'Kapan dibandingkan';
comment on column quality.pemeriksaan_rilis.sama is 'Benar bila tidak ada bedanya';
comment on column quality.pemeriksaan_rilis.jumlah_tabel is 'Berapa tabel yang dibandingkan';
comment on column quality.pemeriksaan_rilis.baris_berbeda is 'Berapa baris yang berbeda';
comment on column quality.pemeriksaan_rilis.pesan is 'Tabel mana dan berapa baris';
comment on column quality.pemeriksaan_rilis.langkah is 'Yang perlu dilakukan';

create or replace view quality.aturan_gagal as
with found as (
  select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, p.tanggal_putaran, p.batch_id, c.rule_id, c.rule, c.column_name, c.scope,
         c.severity, c.outcome, c.checked, c.failed, c.observed, c.expected, c.message, c.waiver_id, c.source, c.columns
  from quality.putaran p join ops.check_result c using (batch_id) where c.outcome in ('fail', 'error')
  union all
  select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, p.tanggal_putaran, null, 'ambil', 'ambil', null, 'batch', 'fail', 'fail',
         null, null, null, 'sumber menjawab', p.kalimat, null, 'fetch', null
  from quality.putaran p where p.putusan = 'gagal diambil'
  union all  -- of the last build of the published tables
  select c.dataset, d.title, c.penerbit, null, d.opd, coalesce(d.produsen, d.opd), d.pemda, (select max(run_date) from ops.cut), null, c.rule_id, c.rule, c.column_name,
         c.scope, c.severity, c.outcome, c.checked, c.failed, c.observed, c.expected, c.message, c.waiver_id, c.source, c.columns
  from ops.check_result c left join ops.dataset d on d.dataset = c.dataset
  where c.source = 'dbt' and c.outcome in ('fail', 'error') and c.judged_at = (select max(k.judged_at) from ops.check_result k where k.source = 'dbt')
  union all  -- of the last look at the published tables themselves, until a release has mended them
  select null, null, '', null, null, null, null, (r.judged_at at time zone 'Asia/Jakarta')::date, null, r.rule_id, r.rule, null, r.scope, r.severity, r.outcome,
         r.checked, r.failed, null, 'sama dengan calonnya', r.message, null, r.source, null
  from ops.release_check r where r.outcome = 'fail' and r.stands
  union all  -- judged across datasets, and still so
  select i.dataset, d.title, i.penerbit, w.name, d.opd, coalesce(d.produsen, d.opd), d.pemda, (c.judged_at at time zone 'Asia/Jakarta')::date, null, i.rule_id, i.rule,
         i.column_name, i.scope, c.severity, c.outcome, c.checked, c.failed, c.observed, c.expected, c.message, c.waiver_id, c.source, c.columns
  from ops.issue i
  left join ops.dataset d on d.dataset = i.dataset
  left join ops.reference_item w on w.reference = 'wilayah' and w.code = i.penerbit
  cross join lateral (
    select * from ops.check_result c where c.dataset = i.dataset and c.penerbit = i.penerbit and c.rule_id = i.rule_id and c.batch_id is null and c.release_id is null
    order by c.check_result_id desc limit 1) c
  where i.scope = 'lintas' and i.state <> 'selesai' and c.source <> 'dbt' and c.outcome in ('fail', 'error'))

select f.dataset, f.judul, f.penerbit, f.penerbit_nama, f.opd, f.produsen, f.pemda, f.tanggal_putaran, f.batch_id, f.rule_id as aturan, f.rule as jenis_aturan,
       coalesce(array_to_string(f.columns, ', '), f.column_name) as kolom, f.scope as lingkup, f.severity as keparahan,
       case when a.by is not null then 'diterima sekali ini oleh ' || a.by when f.outcome = 'error' then 'aturan tidak terhitung' when f.source = 'fetch' then 'tidak terambil' when f.source = 'dbt' and f.severity = 'fail' then 'tidak terbit'
            when f.rule = 'release_check' then 'terbit tidak sebagaimana mestinya'
            else (array['batch gagal', 'batch ditahan', 'baris dikarantina', 'peringatan'])[array_position(array['fail', 'hold', 'quarantine', 'warn'], f.severity)]
            end as akibat,
       f.checked as baris_diperiksa, f.failed as baris_gagal, quality.samarkan(f.observed) as ditemukan, f.expected as seharusnya,
       quality.samarkan(f.message) as pesan, f.waiver_id is not null as dikecualikan, i.issue_id as temuan_id, f.source as sumber
from found f
left join lateral (
  select r.by from ops.review r join ops.batch b using (batch_id)
  where r.batch_id = f.batch_id and b.state = 'accepted' and f.rule_id = any(r.accepted_rules) order by r.review_id desc limit 1) a on true
left join ops.issue i on i.dataset = f.dataset and i.penerbit = f.penerbit and i.rule_id = f.rule_id and i.state <> 'selesai';
