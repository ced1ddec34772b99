-- What the marts about data itself are made of: the daftar data as SQL sees it, when each publisher is due, and how the scores moved.
create table ops.data_item (
  pemda text not null, item text not null, nama text not null, produsen text not null, jadwal_rilis text, prioritas boolean not null,
  jenis_data text not null, kelas_informasi text not null, urusan text, kode_dssd text,
  konsep text, definisi text, klasifikasi text, ukuran text, satuan text,
  primary key (pemda, item)
);
comment on table ops.data_item is 'Daftar data setiap pemda menurut daftar_data.yml terakhir, satu baris per data';
comment on column ops.data_item.pemda is 'Kode Kemendagri pemda';
comment on column ops.data_item.item is 'Kode data di daftar data';
comment on column ops.data_item.nama is 'Nama data';
comment on column ops.data_item.produsen is 'OPD Produsen Data';
comment on column ops.data_item.jadwal_rilis is 'Seberapa sering data dirilis: harian, mingguan, bulanan, triwulanan, semesteran, atau tahunan';
comment on column ops.data_item.prioritas is 'Benar bila data prioritas';
comment on column ops.data_item.jenis_data is 'statistik, geospasial, atau keuangan';
comment on column ops.data_item.kelas_informasi is 'berkala, serta_merta, setiap_saat, atau dikecualikan';
comment on column ops.data_item.urusan is 'Kode urusan pemerintahan';
comment on column ops.data_item.kode_dssd is 'Kode DSSD di SIPD e-Walidata';
comment on column ops.data_item.konsep is 'Konsep menurut Standar Data';
comment on column ops.data_item.definisi is 'Definisi menurut Standar Data';
comment on column ops.data_item.klasifikasi is 'Klasifikasi menurut Standar Data';
comment on column ops.data_item.ukuran is 'Ukuran menurut Standar Data';
comment on column ops.data_item.satuan is 'Satuan menurut Standar Data';

-- The limit of the contract counts; where it has none, one interval of the daftar data's schedule after the newest delivery.
create function ops.release_interval(jadwal text) returns interval language sql immutable parallel safe as $$
  select case lower(jadwal) when 'harian' then interval '1 day' when 'mingguan' then interval '7 days' when 'bulanan' then interval '1 month'
              when 'triwulanan' then interval '3 months' when 'semesteran' then interval '6 months' when 'tahunan' then interval '1 year' end
$$;
comment on function ops.release_interval is 'Selang sebuah jadwal rilis; kosong bila jadwalnya tidak dikenal';

create function ops.release_schedule(hari date)
returns table (dataset_id integer, dataset text, penerbit text, jadwal_rilis text, terakhir_baru date, periode_terakhir date, jatuh_tempo date, status text)
language sql stable security definer set search_path = '' as $$
  with expected as (
    select d.dataset_id, d.dataset, p.penerbit from ops.dataset d cross join lateral unnest(d.publishers) as p (penerbit)
    union
    select d.dataset_id, d.dataset, b.penerbit from ops.dataset d join ops.batch b on b.dataset = d.dataset where b.accept_no is not null
    union
    select d.dataset_id, d.dataset, '' from ops.dataset d where cardinality(d.publishers) = 0
  ),
  promised as (
    select d.dataset_id, (array_agg(i.jadwal_rilis order by i.item) filter (where i.jadwal_rilis is not null))[1] as jadwal_rilis
    from ops.dataset d join ops.data_item i on i.pemda = d.pemda and i.item = any(d.items) group by 1
  ),
  seen as (
    select e.dataset_id, e.dataset, e.penerbit, p.jadwal_rilis, n.run_date, n.period_to, d.warn_after, d.error_after, coalesce(d.working_days, false) as working,
           case when d.warn_after is null and d.error_after is null then (n.run_date + ops.release_interval(p.jadwal_rilis))::date end as due
    from expected e join ops.dataset d on d.dataset_id = e.dataset_id left join promised p on p.dataset_id = e.dataset_id
    left join lateral (
      select quality.tanggal_batch(b.batch_id) as run_date, b.period_to from ops.batch b
      where b.dataset = e.dataset and b.penerbit = e.penerbit and b.state = 'accepted' and b.accepted + b.closed > 0 and b.replay_of is null
      order by b.batch_id desc limit 1) n on true
    where d.akses in ('terbuka', 'terbatas')
  ),
  dated as (
    select s.*, coalesce(s.due, case when s.working then (
               select min(g.at)::date from generate_series(s.run_date, s.run_date + 3 * (extract(epoch from coalesce(s.error_after, s.warn_after)) / 86400)::integer + 21,
                                                          interval '1 day') as g (at)
               where quality.usia(s.run_date, g.at::date, true) >= extract(epoch from coalesce(s.error_after, s.warn_after)) / 86400)
             else (s.run_date + coalesce(s.error_after, s.warn_after))::date end) as at,
           quality.usia(s.run_date, hari, s.working) as days
    from seen s
  )
  select t.dataset_id, t.dataset, t.penerbit, t.jadwal_rilis, t.run_date, t.period_to, t.at,
         case when t.run_date is null then 'belum_pernah'
              when t.at is null then 'tanpa_batas'
              when t.at < hari then 'terlambat'
              when t.warn_after is not null and t.days > extract(epoch from t.warn_after) / 86400 then 'segera'
              else 'tepat_waktu' end
  from dated t
$$;
comment on function ops.release_schedule is
  'Kapan data berikutnya setiap dataset dan penerbit ditunggu, dilihat pada sebuah hari: batas kontrak, atau satu selang jadwal daftar data sesudah kiriman terakhir';
revoke execute on function ops.release_schedule(date) from public;
grant execute on function ops.release_schedule(date) to transformer, loader, steward;

-- A score that says what it said the day before is no news: a row for each day on which something moved.
create view ops.score_moved as
with said as (
  select s.*, row(s.formula, s.kesegaran, s.metadata, s.kesahihan, s.kelengkapan, s.keterjangkauan, s.score, s.grade, s.datasets)::text as words
  from ops.opd_score s
),

beside as (
  select s.*, lag(s.words) over (partition by s.pemda, s.opd order by s.day) as before
  from said s
)

select pemda, opd, day, formula, kesegaran, metadata, kesahihan, kelengkapan, keterjangkauan, score, grade, datasets,
       lead(day) over (partition by pemda, opd order by day) as until
from beside
where words is distinct from before;
comment on view ops.score_moved is 'Skor setiap OPD pada hari-hari skornya berubah; until = hari skor berikutnya mulai berlaku';
comment on column ops.score_moved.until is 'Hari skor berikutnya mulai berlaku; kosong selama masih berlaku';

-- How the newest delivery of each publisher came out, as far as a release sees it.
create view ops.newest_delivery as
select distinct on (b.dataset, b.penerbit) b.dataset, b.penerbit, b.batch_id, b.accepted + b.unchanged as good, b.quarantined, b.fetched_at, b.period_from, b.period_to
from ops.batch b
cross join ops.cut c
left join ops.cut_pin p on b.dataset = p.dataset and b.penerbit = p.penerbit
where b.state = 'accepted' and b.replay_of is null and b.accept_no <= least(c.cut_no, p.up_to_no)
order by b.dataset, b.penerbit, b.accept_no desc;
comment on view ops.newest_delivery is 'Kiriman terakhir setiap penerbit yang terlihat oleh transform: baris baik dan baris yang dikarantina';

comment on column ops.score_moved.pemda is 'Kode Kemendagri pemda';
comment on column ops.score_moved.opd is 'Kode OPD Produsen Data';
comment on column ops.score_moved.day is 'Hari skor ini mulai berlaku';
comment on column ops.score_moved.formula is 'Versi rumus';
comment on column ops.score_moved.kesegaran is 'Ukuran kesegaran (0-100)';
comment on column ops.score_moved.metadata is 'Ukuran metadata (0-100)';
comment on column ops.score_moved.kesahihan is 'Ukuran kesahihan (0-100)';
comment on column ops.score_moved.kelengkapan is 'Ukuran kelengkapan (0-100)';
comment on column ops.score_moved.keterjangkauan is 'Ukuran keterjangkauan (0-100)';
comment on column ops.score_moved.score is 'Skor (0-100)';
comment on column ops.score_moved.grade is 'emas, perak, atau perunggu';
comment on column ops.score_moved.datasets is 'Berapa dataset yang dinilai';
comment on column ops.newest_delivery.dataset is 'Kode dataset';
comment on column ops.newest_delivery.penerbit is 'Kode penerbit; kosong bila hanya satu';
comment on column ops.newest_delivery.batch_id is 'Nomor batch';
comment on column ops.newest_delivery.good is 'Baris yang diterima atau tetap';
comment on column ops.newest_delivery.quarantined is 'Baris yang dikarantina';
comment on column ops.newest_delivery.fetched_at is 'Waktu berkasnya diambil';
comment on column ops.newest_delivery.period_from is 'Hari pertama yang dibicarakan kiriman itu';
comment on column ops.newest_delivery.period_to is 'Hari terakhir yang dibicarakan kiriman itu';
