-- A figure that an agency reports in another unit is compared after conversion; who sits at the table with it must recognise it.
-- Read side by side, as in 0311. -- noqa: disable=AL03,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
alter table ops.conflict_report add column nilai_asal numeric, add column satuan_asal text;
comment on column ops.conflict_report.nilai_asal is 'Angka sebagaimana dilaporkan, dalam satuan_asal; kosong pada catatan dari sebelum kolom ini ada';
comment on column ops.conflict_report.satuan_asal is 'Satuan yang dipakai pelapor; kosong bila hanya tertulis di barisnya';

create function quality.tercatat(nilai_asal numeric, satuan_asal text, satuan text) returns text language sql immutable parallel safe as $$
  select case when satuan_asal <> satuan then 'tercatat ' || quality.angka(nilai_asal) || ' ' || satuan_asal end
$$;
comment on function quality.tercatat is 'Angka sebagaimana dilaporkan, bila satuannya bukan satuan bersama: tercatat 35250 kg';

create or replace view quality.konflik_angka as
select c.conflict_id as konflik_id, c.pemda, r.pelapor, quality.nama_pelapor(r.pelapor) as opd, r.nilai, c.satuan, r.dataset, d.title as judul,
       r.fetched_at as diambil_pada, r.since as sejak, r.pelapor = c.produsen or starts_with(r.pelapor, c.produsen || '/') as adalah_produsen,
       r.nilai_asal, r.satuan_asal
from ops.conflict c
join ops.conflict_report r using (conflict_id)
left join ops.dataset d on d.dataset = r.dataset
where c.state <> 'selesai' and r.until is null;
comment on column quality.konflik_angka.nilai_asal is 'Angka sebagaimana dilaporkan, dalam satuan_asal';
comment on column quality.konflik_angka.satuan_asal is 'Satuan yang dipakai OPD ini; kosong bila hanya tertulis di barisnya';

create or replace view quality.konflik as
with figures as (
  select konflik_id, count(*)::integer as jumlah_opd, max(nilai) - min(nilai) as selisih,
         string_agg(opd || ': ' || quality.angka(nilai) || ' ('
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
