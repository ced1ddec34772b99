-- What is published after a rollback is not what was delivered or compared last: a conflict shows the figure readers see, and the marts about data say
-- of which datasets something newer is kept back. -- noqa: disable=AL03,AL05,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create function ops.figure_of(c ops.conflict) returns numeric language plpgsql stable as $$
declare
  fact text := ops.newest_table(case c.fakta when 'indikator' then 'mart_instansi.fct_indikator' else 'fct_' || c.fakta end);
  found numeric;
begin
  if ops.tabel_terbit(fact) is null then
    return c.nilai_terbit;
  end if;
  execute format(
    case c.fakta
      when 'indikator' then 'select t.nilai from %s t where t.indikator_key = $1 and t.wilayah_key = $2 and t.periode_key = $3 and t.klasifikasi_key = $4'
      when 'harga_komoditas' then 'select t.harga_rp from %s t where t.komoditas_key = $1 and t.wilayah_key = $2 and t.periode_key = $3 and t.pasar_key = $4'
      else 'select t.nilai_ton from %s t where t.komoditas_key = $1 and t.wilayah_key = $2 and t.periode_key = $3 and t.ukuran = $5' end, ops.nama_terbit(fact))
  into found
  using (select k.key_id from ops.key k where k.dimension = case c.fakta when 'indikator' then 'indikator' else 'komoditas' end and k.natural_key = c.kode_objek),
        (select k.key_id from ops.key k where k.dimension = 'wilayah' and k.natural_key = c.kode_wilayah),
        (select k.key_id from ops.key k where k.dimension = 'periode' and k.natural_key = concat_ws(':', c.grain, c.mulai, c.akhir)),
        (select k.key_id from ops.key k where k.natural_key = c.kode_rincian
         and k.dimension = case c.fakta when 'indikator' then 'klasifikasi' else 'pasar' end),
        c.ukuran;
  return found;
end $$;
comment on function ops.figure_of is 'Angka yang kini terbit dari objek sebuah konflik; kosong bila tidak ada';

-- By number only, and only of an open conflict: the views that show it decide who may read it.
create function ops.published_figure(conflict bigint) returns numeric language sql stable security definer set search_path = pg_catalog as $$
  select ops.figure_of(c) from ops.conflict c where c.conflict_id = $1 and c.state <> 'selesai'
$$;
comment on function ops.published_figure is 'Angka yang kini terbit dari objek sebuah konflik yang belum selesai';

create view ops.kept_back as
select d.dataset_id, b.dataset, b.penerbit,
       case when exists (select from ops.pin k where k.dataset = b.dataset and k.penerbit = b.penerbit and k.kind = 'withdrawn') then 'ditarik'
            when exists (select from ops.pin k where k.dataset = b.dataset and k.penerbit = b.penerbit and k.kind = 'rollback') then 'dikembalikan'
            when b.up_to_no = 0 then 'belum_terbit' else 'ditahan' end as status_terbit
from (
  select distinct b.dataset, b.penerbit, p.up_to_no
  from ops.batch b join ops.cut_pin p using (dataset, penerbit) cross join ops.cut c
  where b.accept_no > p.up_to_no and b.accept_no <= c.cut_no and b.state in ('accepted', 'held')) b
join ops.dataset d using (dataset)
union all
-- Rows that something else than a delivery had changed are held by key: whose delivery they come from is not asked.
select d.dataset_id, d.dataset, null as penerbit, 'dikembalikan' as status_terbit
from ops.dataset d where d.dataset_id in (select r.dataset_id from ops.rolled_back_row r);
comment on view ops.kept_back is 'Penerbit yang kiriman terbarunya tidak terbit menurut transform terakhir, dan sebabnya';
comment on column ops.kept_back.dataset_id is 'Nomor dataset';
comment on column ops.kept_back.dataset is 'Kode dataset';
comment on column ops.kept_back.penerbit is 'Kode penerbit; kosong bila hanya satu, null bila berlaku untuk semua';
comment on column ops.kept_back.status_terbit is 'ditarik, dikembalikan (rollback), belum_terbit, atau ditahan (angka lamanya tetap terbit)';

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
       c.status as status_rekonsiliasi, case when not f.disensor then ops.published_figure(c.conflict_id) end as angka_terbit, c.state as keadaan, c.opened_on as sejak,
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
