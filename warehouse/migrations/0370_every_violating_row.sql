-- Every place that breaks a rule is listed, not the first one only, with the columns that the rule speaks of and what stands in them.
-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,AM08,LT05,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
alter table ops.check_result add column columns text[];
comment on column ops.check_result.columns is 'Semua kolom yang dibicarakan aturan; kosong bila tidak ada kolom yang salah, atau dinilai sebelum kolomnya dicatat';

create table ops.violating_row (
  batch_id  bigint not null references ops.batch,
  rule_id   text not null,
  nth       bigint not null,
  judged_at timestamptz not null,
  lokasi    text not null,
  key       jsonb,
  raw       jsonb not null,
  message   text not null,
  primary key (batch_id, rule_id, nth)
);
comment on table ops.violating_row is 'Baris yang melanggar aturan yang tidak mengarantina (gagal, ditahan, peringatan); paling banyak 200 per batch dan aturan';
comment on column ops.violating_row.batch_id is 'Batch yang memuat baris ini';
comment on column ops.violating_row.rule_id is 'Aturan yang dilanggar';
comment on column ops.violating_row.nth is 'Urutan baris ini di antara yang melanggar aturannya, menurut berkas';
comment on column ops.violating_row.judged_at is 'Kapan batch dinilai';
comment on column ops.violating_row.lokasi is 'Tempat baris di berkas';
comment on column ops.violating_row.key is 'Kunci baris';
comment on column ops.violating_row.raw is 'Isi baris sebagaimana diterbitkan';
comment on column ops.violating_row.message is 'Mengapa baris ini melanggar aturan';
create index violating_row_judged on ops.violating_row (judged_at);

-- A column of its own speaks for itself; of several each value is led by its name.
create function quality.isi_kolom(cells jsonb, columns text[], personal text[]) returns text language sql immutable parallel safe as $$
  select string_agg(case when cardinality(columns) > 1 then n.name || ': ' else '' end
                    || case when n.name = any(personal) then '(disamarkan)' else coalesce(quality.samarkan(cells ->> n.name), '(kosong)') end, '; ' order by n.nth)
  from unnest(columns) with ordinality as n (name, nth)
$$;
comment on function quality.isi_kolom is 'Isi kolom-kolom sebuah baris sebagai teks; data pribadi disamarkan';

-- Of a rule that searches many texts for somebody's number only those that hold one.
create function quality.kolom_berdata_pribadi(cells jsonb, columns text[]) returns text[] language sql immutable parallel safe as $$
  select array_agg(n.name order by n.nth) from unnest(columns) with ordinality as n (name, nth)
  where quality.samarkan(cells ->> n.name) is distinct from cells ->> n.name
$$;
comment on function quality.kolom_berdata_pribadi is 'Kolom yang isinya memuat NIK, nomor KK, surel, atau nomor telepon';

create or replace view quality.baris_dikarantina as
select q.quarantined_row_id as baris_id, b.dataset, d.title as judul, b.penerbit, coalesce(d.opd, split_part(b.dataset, '.', 2)) as opd,
       coalesce(d.produsen, d.opd) as produsen, d.pemda, q.batch_id, quality.tanggal_batch(q.batch_id) as tanggal_putaran,
       quality.samarkan((select min(coalesce(f.file_name, f.url)) from ops.batch_fetch bf join ops.fetch f using (fetch_id) where bf.batch_id = q.batch_id)) as berkas,
       quality.samarkan(q.lokasi) as tempat, quality.samarkan(nullif(m.place[1], '')) as lembar, coalesce(m.place[2], j.place[1])::bigint as baris_ke,
       quality.baris_teks(q.key, coalesce(s.columns, '{}')) as kunci, r.rule_id as aturan, array_to_string(n.names, ', ') as kolom,
       quality.isi_kolom(q.raw, n.names, coalesce(s.columns, '{}')) as nilai,
       c.expected as seharusnya, quality.samarkan(r.message) as pesan, quality.baris_teks(q.raw, coalesce(s.columns, '{}')) as isi,
       q.state as keadaan, q.due as tenggat, q.due < quality.hari_ini() and q.state = 'open' as terlambat, q.by as oleh, q.reason as alasan, q.ended_at as berakhir_pada
from ops.quarantined_row q
join ops.batch b using (batch_id)
left join ops.dataset d on d.dataset = b.dataset
left join ops.personal_columns s on s.dataset_id = d.dataset_id
cross join lateral unnest(q.rule_ids, q.messages) as r (rule_id, message)
left join lateral regexp_match(q.lokasi, '^(?:(.*) )?baris (\d+)(?: kolom .*)?$') as m (place) on true
left join lateral regexp_match(q.lokasi, '\[(\d+)\](?: kolom .*)?$') as j (place) on true
left join lateral (
  select coalesce(k.columns, array[k.column_name]) as columns, k.rule, k.expected from ops.check_result k
  where k.batch_id = q.batch_id and k.rule_id = r.rule_id order by k.check_result_id limit 1) c on true
cross join lateral (
  select case when c.rule = 'personal_data' then quality.kolom_berdata_pribadi(q.raw, c.columns)
              else array_remove(c.columns, null) end as names) n;
comment on column quality.baris_dikarantina.baris_ke is 'Nomor baris di lembar atau berkas; untuk JSON urutan rekamannya. Kosong bila tempatnya tidak bernomor: lihat tempat';
comment on column quality.baris_dikarantina.kolom is 'Kolom yang salah; beberapa bila aturannya membandingkannya';
comment on column quality.baris_dikarantina.nilai is 'Isi kolom itu; yang pribadi disamarkan';

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
            else (array['batch gagal', 'batch ditahan', 'baris dikarantina', 'peringatan'])[array_position(array['fail', 'hold', 'quarantine', 'warn'], f.severity)]
            end as akibat,
       f.checked as baris_diperiksa, f.failed as baris_gagal, quality.samarkan(f.observed) as ditemukan, f.expected as seharusnya,
       quality.samarkan(f.message) as pesan, f.waiver_id is not null as dikecualikan, i.issue_id as temuan_id, f.source as sumber
from found f
left join lateral (
  select r.by from ops.review r join ops.batch b using (batch_id)
  where r.batch_id = f.batch_id and b.state = 'accepted' and f.rule_id = any(r.accepted_rules) order by r.review_id desc limit 1) a on true
left join ops.issue i on i.dataset = f.dataset and i.penerbit = f.penerbit and i.rule_id = f.rule_id and i.state <> 'selesai';

-- What no row tells is in the results; what is set aside is told above; this is both, and the rows of rules that set none aside.
create view quality.baris_melanggar as
with told as (
  select a.dataset, a.judul, a.penerbit, a.opd, a.produsen, a.pemda, a.batch_id, a.tanggal_putaran, a.aturan, a.jenis_aturan, a.akibat, a.keparahan,
         a.seharusnya, a.baris_gagal, c.columns
  from quality.aturan_gagal a
  cross join lateral (
    select coalesce(k.columns, array[k.column_name]) as columns from ops.check_result k
    where k.batch_id = a.batch_id and k.rule_id = a.aturan and k.outcome = 'fail' order by k.check_result_id limit 1) c
  where a.keparahan <> 'quarantine')

select q.dataset, q.judul, q.penerbit, q.opd, q.produsen, q.pemda, q.batch_id, q.tanggal_putaran, 'K' || q.baris_id as baris_id, q.berkas, q.lembar, q.tempat,
       case when q.tempat like '%baris %' then coalesce(q.baris_ke::text, q.tempat) else q.tempat end as baris,
       q.kunci, q.aturan, 'baris dikarantina' as akibat, q.kolom, q.nilai, q.seharusnya, q.pesan, q.tenggat, null::bigint as baris_lain, q.baris_id as urutan
from quality.baris_dikarantina q where q.keadaan = 'open'
union all
select t.dataset, t.judul, t.penerbit, t.opd, t.produsen, t.pemda, t.batch_id, t.tanggal_putaran, 'B' || v.batch_id || '.' || v.lokasi,
       quality.samarkan((select min(coalesce(f.file_name, f.url)) from ops.batch_fetch bf join ops.fetch f using (fetch_id) where bf.batch_id = v.batch_id)),
       quality.samarkan(nullif(m.place[1], '')), quality.samarkan(v.lokasi), coalesce(m.place[2], quality.samarkan(v.lokasi)),
       quality.baris_teks(v.key, coalesce(s.columns, '{}')), t.aturan, t.akibat, array_to_string(k.names, ', '),
       quality.isi_kolom(v.raw, k.names, coalesce(s.columns, '{}')), t.seharusnya, quality.samarkan(v.message), case when t.keparahan <> 'warn' then b.due end, null, v.nth
from told t
join ops.violating_row v on v.batch_id = t.batch_id and v.rule_id = t.aturan
join ops.batch b on b.batch_id = v.batch_id
left join ops.dataset d on d.dataset = t.dataset
left join ops.personal_columns s on s.dataset_id = d.dataset_id
left join lateral regexp_match(v.lokasi, '^(?:(.*) )?baris (\d+)(?: kolom .*)?$') as m (place) on true
cross join lateral (
  select case when t.jenis_aturan = 'personal_data' then quality.kolom_berdata_pribadi(v.raw, t.columns) else array_remove(t.columns, null) end as names) k
union all  -- the rest of a long list
select t.dataset, t.judul, t.penerbit, t.opd, t.produsen, t.pemda, t.batch_id, t.tanggal_putaran, null, null, null, null, 'dan ' || n.more || ' baris lain',
       null, t.aturan, t.akibat, array_to_string(array_remove(t.columns, null), ', '), null, t.seharusnya, null, null, n.more, null
from told t
cross join lateral (
  select t.baris_gagal - count(*) as more from ops.violating_row v where v.batch_id = t.batch_id and v.rule_id = t.aturan having count(*) > 0) n
where n.more > 0;
comment on view quality.baris_melanggar is 'Setiap baris yang melanggar aturan dan belum beres, satu baris per aturan: yang dikarantina, dan yang gagal, ditahan, atau diperingatkan pada putaran terakhir';
comment on column quality.baris_melanggar.dataset is 'Kode dataset';
comment on column quality.baris_melanggar.judul is 'Nama data';
comment on column quality.baris_melanggar.penerbit is 'Kode penerbit; kosong bila dataset hanya punya satu';
comment on column quality.baris_melanggar.opd is 'Kode OPD Produsen Data';
comment on column quality.baris_melanggar.produsen is 'Nama OPD Produsen Data';
comment on column quality.baris_melanggar.pemda is 'Kode pemda';
comment on column quality.baris_melanggar.batch_id is 'Nomor batch';
comment on column quality.baris_melanggar.tanggal_putaran is 'Tanggal putaran yang mengambilnya';
comment on column quality.baris_melanggar.baris_id is 'Pengenal baris: sama pada setiap aturan yang dilanggarnya; kosong pada baris `dan N baris lain`';
comment on column quality.baris_melanggar.berkas is 'Nama berkas';
comment on column quality.baris_melanggar.lembar is 'Lembar atau halaman';
comment on column quality.baris_melanggar.tempat is 'Tempat baris di berkas';
comment on column quality.baris_melanggar.baris is 'Nomor baris, atau jalur JSON; `dan N baris lain` bila daftarnya lebih panjang daripada yang disebut satu per satu';
comment on column quality.baris_melanggar.kunci is 'Kunci baris';
comment on column quality.baris_melanggar.aturan is 'Aturan yang dilanggar';
comment on column quality.baris_melanggar.akibat is 'Akibatnya: batch gagal, batch ditahan, baris dikarantina, atau peringatan';
comment on column quality.baris_melanggar.kolom is 'Kolom yang salah; beberapa bila aturannya membandingkannya';
comment on column quality.baris_melanggar.nilai is 'Isi kolom itu; yang pribadi disamarkan';
comment on column quality.baris_melanggar.seharusnya is 'Apa yang diharapkan';
comment on column quality.baris_melanggar.pesan is 'Mengapa baris ini salah';
comment on column quality.baris_melanggar.tenggat is 'Sampai kapan harus diperbaiki';
comment on column quality.baris_melanggar.urutan is 'Urutan baris di antara yang melanggar';
comment on column quality.baris_melanggar.baris_lain is 'Berapa baris lagi yang melanggar tanpa disebut satu per satu';
