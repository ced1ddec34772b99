-- What the views of reviewers stand on: whose a dataset is, until when it counts as fresh, the calendar, and what must never be shown.
alter table ops.dataset
  add column produsen text, add column pemda_nama text, add column walidata text, add column schedule text,
  add column publikasi text not null default 'otomatis', add column warn_after interval, add column error_after interval,
  add column working_days boolean not null default false, add column publishers text[] not null default '{}';
comment on column ops.dataset.produsen is 'Nama OPD Produsen Data';
comment on column ops.dataset.pemda_nama is 'Nama pemda';
comment on column ops.dataset.walidata is 'Kode OPD yang menjadi Walidata';
comment on column ops.dataset.schedule is 'Jadwal pengambilan (cron); kosong bila hanya dijalankan orang';
comment on column ops.dataset.publikasi is 'otomatis, tinjau, atau tinjau_pertama';
comment on column ops.dataset.warn_after is 'Usia data yang mulai diperingatkan';
comment on column ops.dataset.error_after is 'Usia data yang sudah lewat batas';
comment on column ops.dataset.working_days is 'Apakah usia dihitung dalam hari kerja';
comment on column ops.dataset.publishers is 'Penerbit yang diharapkan mengirim; kosong bila dataset hanya punya satu';

create table ops.holiday (day date primary key, name text not null);
comment on table ops.holiday is 'Hari libur dari sources/references/hari_libur.csv';

create index fetch_run on ops.fetch (dataset, penerbit, run_date desc, nilai, fetch_id desc);
create index batch_publisher on ops.batch (dataset, penerbit, batch_id desc);
create index check_result_dbt on ops.check_result (judged_at desc) where source = 'dbt';

-- The day as of which a reader looks: the calendar that is played, else the day on the wall in Jakarta.
create function quality.hari_ini() returns date language sql stable as $$
  select coalesce(nullif(current_setting('satudata.hari_ini', true), '')::date, (statement_timestamp() at time zone 'Asia/Jakarta')::date)
$$;
comment on function quality.hari_ini is 'Tanggal acuan usia dan tenggat: satudata.hari_ini bila diisi, selain itu tanggal hari ini di Jakarta';

-- These two read tables of ops, which not every reader of the views may.
create function quality.usia(since date, until date, working_days boolean) returns integer language sql stable security definer set search_path = '' as $$
  select case when working_days
    then (select count(*)::integer from generate_series(since + 1, until, interval '1 day') as d (at)
          where extract(isodow from d.at) < 6 and not exists (select from ops.holiday h where h.day = d.at::date))
    else until - since end
$$;
comment on function quality.usia is 'Hari sejak sebuah tanggal, menurut kalender atau hanya hari kerja';

-- NIK and KK (region, date, number), e-mail, telephone: wherever they stand, also in a column that should hold none.
create function quality.samarkan(published text) returns text language sql immutable parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(published,
    '\m[1-9]\d([ .-]?\d\d){2}[ .-]?(0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])[ .-]?(0[1-9]|1[0-2])[ .-]?\d\d[ .-]?\d{4}\M', '(disamarkan)', 'g'),
    '[[:alnum:]._%+-]+@[[:alnum:].-]+\.[[:alpha:]]{2,}', '(disamarkan)', 'g'),
    '(\+62|\m62|\m0)[ -]?8\d([ -]?\d){7,10}\M', '(disamarkan)', 'g')
$$;
comment on function quality.samarkan is 'Teks tanpa NIK, nomor KK, surel, dan nomor telepon';

create view ops.personal_columns as
select dataset_id, array_agg(distinct column_name) as columns
from (
  select dataset_id, column_name from ops.dataset_column where pribadi is not null
  union all
  select v.dataset_id, c.value ->> 'column_name' from ops.contract_version v cross join jsonb_array_elements(v.columns) c where c.value ->> 'pribadi' is not null) p
group by dataset_id;
comment on view ops.personal_columns is 'Kolom yang menurut kontrak mana pun, sekarang atau dahulu, berisi data pribadi';

create function quality.baris_teks(cells jsonb, personal text[]) returns text language sql immutable parallel safe as $$
  select string_agg(c.key || ': ' || case when c.value is null then '(kosong)' when c.key = any(personal) then '(disamarkan)'
                                          else quality.samarkan(c.value) end, '; ')
  from jsonb_each_text(cells) c
$$;
comment on function quality.baris_teks is 'Isi sebuah baris sebagai teks; kolom data pribadi disamarkan';

create function quality.tanggal_batch(batch bigint) returns date language sql stable security definer set search_path = '' as $$
  select max(f.run_date) from ops.batch_fetch bf join ops.fetch f using (fetch_id) where bf.batch_id = batch
$$;
comment on function quality.tanggal_batch is 'Tanggal putaran yang mengambil sebuah batch';

create function quality.tanggal(day date) returns text language sql immutable parallel safe as $$
  select extract(day from day) || ' ' || (array['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober',
    'November', 'Desember'])[extract(month from day)::integer] || ' ' || extract(year from day)
$$;
comment on function quality.tanggal is 'Tanggal dalam bahasa Indonesia, misalnya 2 Mei 2026';

-- Publishers one by one along an index, so that the time does not grow with the number of fetches.
create view quality.penerbit as
with recursive seen as (
  (select dataset, penerbit from ops.fetch order by dataset, penerbit limit 1)
  union all
  select n.dataset, n.penerbit from seen s cross join lateral (
    select f.dataset, f.penerbit from ops.fetch f where (f.dataset, f.penerbit) > (s.dataset, s.penerbit) order by f.dataset, f.penerbit limit 1) n)

select s.dataset, d.title as judul, s.penerbit,
       case when s.penerbit <> '' then coalesce(w.name, o.nama, s.penerbit) end as penerbit_nama,
       coalesce(d.opd, split_part(s.dataset, '.', 2)) as opd, coalesce(d.produsen, d.opd, split_part(s.dataset, '.', 2)) as produsen,
       d.pemda, d.pemda_nama, d.akses
from seen s
left join ops.dataset d using (dataset)
left join ops.reference_item w on w.reference = 'wilayah' and w.code = s.penerbit
left join ops.opd o on o.pemda = d.pemda and o.opd = s.penerbit;
comment on view quality.penerbit is 'Setiap dataset dan penerbit yang pernah diminta datanya, dan siapa Produsen Datanya';
comment on column quality.penerbit.dataset is 'Kode dataset';
comment on column quality.penerbit.judul is 'Nama data';
comment on column quality.penerbit.penerbit is 'Kode penerbit; kosong bila dataset hanya punya satu';
comment on column quality.penerbit.penerbit_nama is 'Nama penerbit, misalnya nama kelurahan';
comment on column quality.penerbit.opd is 'Kode OPD Produsen Data';
comment on column quality.penerbit.produsen is 'Nama OPD Produsen Data';
comment on column quality.penerbit.pemda is 'Kode pemda';
comment on column quality.penerbit.pemda_nama is 'Nama pemda';
comment on column quality.penerbit.akses is 'terbuka, terbatas, atau tertutup';
