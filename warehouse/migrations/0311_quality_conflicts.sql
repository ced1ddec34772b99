-- What reviewers, the Forum and the kepala daerah see of conflicts: who says what, since when, by when, and whose turn it is.
-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create function quality.nama_pelapor(pelapor text) returns text language sql stable security definer set search_path = '' as $$
  select coalesce(
    (select case when r.level = 'desa_kelurahan' then '' else coalesce(initcap(replace(r.level, '_', ' ')) || ' ', '') end || r.name
     from ops.reference_item r where r.reference = 'wilayah' and r.code = nullif(split_part($1, '/', 3), '')),
    (select o.nama from ops.opd o where o.pemda = split_part($1, '/', 1) and o.opd = split_part($1, '/', 2)),
    nullif(split_part($1, '/', 2), ''), $1)
$$;
comment on function quality.nama_pelapor is 'Nama OPD atau wilayah yang melaporkan, dari kode pemda/OPD/penerbit';

create function quality.periode(grain text, mulai date, akhir date) returns text language sql immutable parallel safe as $$
  select case when mulai = akhir then quality.tanggal(mulai)
              when grain = 'tahun' then extract(year from akhir)::text
              when grain = 'bulan' then substring(quality.tanggal(mulai) from ' (.+)')
              else quality.tanggal(mulai) || ' s.d. ' || quality.tanggal(akhir) end
$$;
comment on function quality.periode is 'Periode sebagaimana dibaca orang: 2025, Mei 2026, 1 Juni 2026, atau dua tanggal';

create function quality.angka(nilai numeric) returns text language sql immutable parallel safe as $$
  select replace(trim_scale(nilai)::text, '.', ',')
$$;
comment on function quality.angka is 'Angka dengan koma desimal';

create function quality.nama_objek(fakta text, kode text, ukuran text) returns text language sql stable security definer set search_path = '' as $$
  select case when $3 in ('', 'harga') then case when $3 = 'harga' then 'Harga ' else '' end else initcap($3) || ' ' end
         || coalesce((select r.name from ops.reference_item r where r.code = $2 and r.reference = case $1 when 'indikator' then 'indikator' else 'komoditas' end),
                     nullif($2, ''), 'semua komoditas')
$$;
comment on function quality.nama_objek is 'Nama indikator, atau ukuran dan komoditas';

create function quality.tingkat(deadline_on date, deadline_days integer, day date) returns text language sql immutable parallel safe as $$
  select case when day <= deadline_on then 'produsen' when day <= deadline_on + deadline_days then 'forum' else 'kepala_daerah' end
$$;
comment on function quality.tingkat is 'Di tangan siapa sebuah konflik pada suatu hari: produsen sampai tenggat, lalu forum sama lamanya, lalu kepala_daerah';

create view quality.konflik_angka as
select c.conflict_id as konflik_id, c.pemda, r.pelapor, quality.nama_pelapor(r.pelapor) as opd, r.nilai, c.satuan, r.dataset, d.title as judul,
       r.fetched_at as diambil_pada, r.since as sejak, r.pelapor = c.produsen or starts_with(r.pelapor, c.produsen || '/') as adalah_produsen
from ops.conflict c
join ops.conflict_report r using (conflict_id)
left join ops.dataset d on d.dataset = r.dataset
where c.state <> 'selesai' and r.until is null;
comment on view quality.konflik_angka is 'Angka setiap OPD dalam setiap konflik yang belum selesai, dengan sumbernya';
comment on column quality.konflik_angka.konflik_id is 'Nomor konflik';
comment on column quality.konflik_angka.pemda is 'Kode pemda';
comment on column quality.konflik_angka.pelapor is 'Kode pemda/OPD, diikuti kode penerbit bila tiap wilayah mengirim sendiri';
comment on column quality.konflik_angka.opd is 'Nama OPD yang melaporkan';
comment on column quality.konflik_angka.nilai is 'Angkanya, setelah satuannya diubah';
comment on column quality.konflik_angka.satuan is 'Satuan';
comment on column quality.konflik_angka.dataset is 'Kode dataset';
comment on column quality.konflik_angka.judul is 'Nama data';
comment on column quality.konflik_angka.diambil_pada is 'Waktu berkasnya diambil';
comment on column quality.konflik_angka.sejak is 'Sejak kapan angka ini yang dilaporkan';
comment on column quality.konflik_angka.adalah_produsen is 'Apakah OPD ini Produsen Data menurut daftar_data.yml; kosong bila Produsennya tidak satu';

create view quality.konflik as
with figures as (
  select konflik_id, count(*)::integer as jumlah_opd, max(nilai) - min(nilai) as selisih,
         string_agg(opd || ': ' || quality.angka(nilai) || ' (' || dataset || ', diambil ' || quality.tanggal((diambil_pada at time zone 'Asia/Jakarta')::date) || ')',
                    '; ' order by pelapor) as angka,
         string_agg(opd, ' dan ' order by pelapor) as para_opd
  from quality.konflik_angka group by 1),
open as (
  select c.*, quality.tingkat(c.deadline_on, c.deadline_days, quality.hari_ini()) as tingkat
  from ops.conflict c where c.state <> 'selesai')

select c.conflict_id as konflik_id, 'antar-OPD' as jenis, c.pemda, quality.nama_objek(c.fakta, c.kode_objek, c.ukuran) as objek, c.kode_wilayah, w.name as wilayah,
       quality.periode(c.grain, c.mulai, c.akhir) as periode, nullif(c.kode_rincian, '') as rincian, f.jumlah_opd, f.angka, f.selisih, c.satuan,
       c.status as status_rekonsiliasi, c.nilai_terbit as angka_terbit, c.state as keadaan, c.opened_on as sejak, quality.hari_ini() - c.opened_on as umur_hari,
       c.deadline_on as tenggat, c.deadline_on + c.deadline_days as tenggat_forum, c.reopened as dibuka_lagi,
       case when c.state <> 'diputuskan' then c.tingkat end as tingkat,
       case when c.state = 'diputuskan' then 'Tidak ada; diputuskan'
            else case c.tingkat when 'produsen' then f.para_opd when 'forum' then 'Forum Satu Data (Bappeda)' else 'Kepala daerah' end end as harus_bertindak,
       k.dasar, k.berita_acara
from open c
join figures f on f.konflik_id = c.conflict_id
left join ops.reference_item w on w.reference = 'wilayah' and w.code = c.kode_wilayah
left join ops.decision k on k.objek = c.objek and k.ended_on is null and c.state = 'diputuskan'
union all
-- What a region states against what its parts state together holds the newer batch back as a whole; it is shown here beside the others.
select null as konflik_id, 'bagian dan jumlah' as jenis, t.pemda, coalesce(i.name, t.aturan) as objek, null as kode_wilayah, null as wilayah, null as periode,
       null as rincian, null as jumlah_opd, t.pesan as angka, null as selisih, i.unit as satuan, 'ditahan' as status_rekonsiliasi, null as angka_terbit,
       case t.keadaan when 'baru' then 'terbuka' else 'dibahas' end as keadaan, t.sejak, t.umur_hari, t.tenggat, null as tenggat_forum, null as dibuka_lagi,
       'produsen' as tingkat, t.penanggung_jawab as harus_bertindak, null as dasar, null as berita_acara
from quality.temuan t
left join ops.reference_item i on i.reference = 'indikator' and i.code = substring(t.aturan from '^parts\.(.+)$')
where t.jenis_aturan = 'parts';
comment on view quality.konflik is 'Konflik yang belum selesai: angka yang berbeda antar-OPD, dan jumlah yang tidak sama dengan bagian-bagiannya';
comment on column quality.konflik.konflik_id is 'Nomor konflik; kosong untuk bagian dan jumlah, yang diselesaikan lewat temuannya';
comment on column quality.konflik.jenis is 'antar-OPD, atau bagian dan jumlah';
comment on column quality.konflik.pemda is 'Kode pemda';
comment on column quality.konflik.objek is 'Indikator, atau ukuran dan komoditas';
comment on column quality.konflik.kode_wilayah is 'Kode Kemendagri wilayahnya';
comment on column quality.konflik.wilayah is 'Nama wilayahnya';
comment on column quality.konflik.periode is 'Periode';
comment on column quality.konflik.rincian is 'Sandi klasifikasi atau pasar; kosong untuk seluruhnya';
comment on column quality.konflik.jumlah_opd is 'Berapa OPD yang melaporkan';
comment on column quality.konflik.angka is 'Angka setiap OPD, datasetnya, dan kapan diambil; rinciannya di quality.konflik_angka';
comment on column quality.konflik.selisih is 'Selisih terbesar, dalam satuan yang sama';
comment on column quality.konflik.satuan is 'Satuan';
comment on column quality.konflik.status_rekonsiliasi is 'Yang terbit: kebijakan (angka Produsen), ditahan (angka rilis terakhir), atau diputuskan';
comment on column quality.konflik.angka_terbit is 'Angka yang terbit sekarang; kosong bila belum ada';
comment on column quality.konflik.keadaan is 'terbuka, dibahas, atau diputuskan';
comment on column quality.konflik.sejak is 'Hari ditemukan, atau dibuka kembali';
comment on column quality.konflik.umur_hari is 'Sudah berapa hari';
comment on column quality.konflik.tenggat is 'Hari terakhir bagi para Produsen';
comment on column quality.konflik.tenggat_forum is 'Hari terakhir bagi Forum; sesudahnya kepala daerah';
comment on column quality.konflik.dibuka_lagi is 'Berapa kali dibuka kembali setelah diputuskan';
comment on column quality.konflik.tingkat is 'produsen, forum, atau kepala_daerah; kosong bila sudah diputuskan';
comment on column quality.konflik.harus_bertindak is 'Siapa yang harus bertindak sekarang';
comment on column quality.konflik.dasar is 'Dasar keputusan, bila sudah diputuskan';
comment on column quality.konflik.berita_acara is 'Nomor berita acaranya';
grant select on quality.konflik, quality.konflik_angka to loader;
