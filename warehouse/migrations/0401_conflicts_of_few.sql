-- Agencies that differ on a count of a few persons are shown to each other and to the Walidata, and to nobody who reads only what everybody reads.
-- Read side by side, as in 0311. -- noqa: disable=AL03,AL05,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create function quality.boleh_angka_kecil() returns boolean language sql stable as $$
  select has_schema_privilege(current_user, 'mart_instansi', 'usage') or has_schema_privilege(current_user, 'raw', 'usage')
$$;
comment on function quality.boleh_angka_kecil is 'Benar bila peran yang bertanya boleh membaca cacah orang yang terlalu kecil untuk umum';

create function ops.counts_persons(kode text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (
    select from ops.reference_item i
    left join ops.reference_item s on s.reference = 'sensor' and s.code = i.code
    where i.reference = 'indikator' and i.code = $1 and i.unit in ('jiwa', 'orang', 'keluarga') and s.detail ->> 'aturan' is distinct from 'terbuka')
$$;
comment on function ops.counts_persons is 'Benar bila indikatornya cacah orang atau keluarga yang ditutup bila terlalu kecil (docs/privasi.md)';

create view ops.conflict_of_few as
select c.conflict_id
from ops.conflict c
left join ops.pemda p on p.pemda = left(c.kode_wilayah, 5)
where c.fakta = 'indikator' and (
  exists (
    select from ops.disensor d
    where (d.kode_indikator, d.kode_wilayah, d.klasifikasi) = (c.kode_objek, c.kode_wilayah, c.kode_rincian)
      and d.periode = concat_ws(':', c.grain, c.mulai, c.akhir))
  or ops.counts_persons(c.kode_objek) and exists (
    select from ops.conflict_report r
    where r.conflict_id = c.conflict_id and r.nilai > 0 and r.nilai < coalesce(p.batas_sensor, 5)));
comment on view ops.conflict_of_few is 'Konflik yang angkanya tidak untuk umum: salah satunya terlalu kecil, atau selnya pernah ditutup di mart';
comment on column ops.conflict_of_few.conflict_id is 'Nomor konflik';

create or replace view quality.konflik_angka as
select c.conflict_id as konflik_id, c.pemda, r.pelapor, quality.nama_pelapor(r.pelapor) as opd, case when not t.disensor then r.nilai end as nilai, c.satuan,
       r.dataset, d.title as judul, r.fetched_at as diambil_pada, r.since as sejak,
       r.pelapor = c.produsen or starts_with(r.pelapor, c.produsen || '/') as adalah_produsen, case when not t.disensor then r.nilai_asal end as nilai_asal,
       r.satuan_asal, t.disensor
from ops.conflict c
join ops.conflict_report r using (conflict_id)
left join ops.dataset d on d.dataset = r.dataset
left join ops.conflict_of_few f using (conflict_id)
cross join lateral (select f.conflict_id is not null and not quality.boleh_angka_kecil() as disensor) t
where c.state <> 'selesai' and r.until is null;
comment on column quality.konflik_angka.nilai_asal is 'Angka sebagaimana dilaporkan, dalam satuan_asal; kosong bila hanya untuk instansi';
comment on column quality.konflik_angka.satuan_asal is 'Satuan yang dipakai OPD ini; kosong bila hanya tertulis di barisnya';
comment on column quality.konflik_angka.nilai is 'Angkanya, setelah satuannya diubah; kosong bila hanya untuk instansi';
comment on column quality.konflik_angka.disensor is 'Benar bila angkanya tidak ditampilkan kepada peran ini: cacah orang yang terlalu kecil (docs/privasi.md)';

create or replace view quality.konflik as
with figures as (
  select konflik_id, bool_or(disensor) as disensor, count(*)::integer as jumlah_opd, max(nilai) - min(nilai) as selisih,
         string_agg(opd || ': ' || coalesce(quality.angka(nilai), 'tidak ditampilkan') || ' ('
                    || concat_ws(', ', quality.tercatat(nilai_asal, satuan_asal, satuan), dataset,
                                 'diambil ' || quality.tanggal((diambil_pada at time zone 'Asia/Jakarta')::date)) || ')',
                    '; ' order by pelapor) as angka,
         string_agg(opd, ' dan ' order by pelapor) as para_opd
  from quality.konflik_angka group by 1),
open as (
  select c.*, quality.tingkat(c.deadline_on, c.deadline_days, quality.hari_ini()) as tingkat
  from ops.conflict c where c.state <> 'selesai')

select c.conflict_id as konflik_id, 'antar-OPD' as jenis, c.pemda, quality.nama_objek(c.fakta, c.kode_objek, c.ukuran) as objek, c.kode_wilayah, w.name as wilayah,
       quality.periode(c.grain, c.mulai, c.akhir) as periode, nullif(c.kode_rincian, '') as rincian, f.jumlah_opd, f.angka, f.selisih, c.satuan,
       c.status as status_rekonsiliasi, case when not f.disensor then c.nilai_terbit end as angka_terbit, c.state as keadaan, c.opened_on as sejak,
       quality.hari_ini() - c.opened_on as umur_hari,
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
       null as rincian, null as jumlah_opd,
       case when quality.boleh_angka_kecil() or not ops.counts_persons(substring(t.aturan from '^parts\.(.+)$')) then t.pesan
            else 'Jumlah dan bagiannya berbeda; angkanya hanya untuk instansi.' end as angka,
       null as selisih, i.unit as satuan, 'ditahan' as status_rekonsiliasi, null as angka_terbit,
       case t.keadaan when 'baru' then 'terbuka' else 'dibahas' end as keadaan, t.sejak, t.umur_hari, t.tenggat, null as tenggat_forum, null as dibuka_lagi,
       'produsen' as tingkat, t.penanggung_jawab as harus_bertindak, null as dasar, null as berita_acara
from quality.temuan t
left join ops.reference_item i on i.reference = 'indikator' and i.code = substring(t.aturan from '^parts\.(.+)$')
where t.jenis_aturan = 'parts';
