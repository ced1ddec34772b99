-- Counts of persons so small that they point at somebody are not published, and cannot be computed back from what is.
-- Sets of a temporary table, read side by side. -- noqa: disable=AL03,AL05,AL07,AM04,AM08,LT01,LT02,LT05,LT07,LT08,LT11,RF01,RF02,RF03,ST03,ST05,ST09,ST10,CV06
alter table ops.pemda add column batas_sensor integer not null default 5 check (batas_sensor >= 1);
comment on column ops.pemda.batas_sensor is 'Cacah orang atau keluarga di bawah angka ini tidak tampil di skema mart; dari batas_sensor di pemda.yml';

-- By names and not by keys: it outlives the tables, and a cell that comes back is known.
create table ops.disensor (
  kode_indikator text not null, kode_wilayah text not null, periode text not null, klasifikasi text not null, sejak_rilis bigint not null,
  primary key (kode_indikator, kode_wilayah, periode, klasifikasi)
);
comment on table ops.disensor is 'Setiap angka yang pernah tidak ditampilkan di skema mart; untuk seterusnya, supaya dua rilis tidak saling membocorkan';
comment on column ops.disensor.kode_indikator is 'Kode indikator';
comment on column ops.disensor.kode_wilayah is 'Kode Kemendagri wilayah';
comment on column ops.disensor.periode is 'Grain, hari pertama, dan hari terakhir periodenya';
comment on column ops.disensor.klasifikasi is 'Rincian; kosong untuk angka tanpa rincian';
comment on column ops.disensor.sejak_rilis is 'Rilis pertama yang tidak menampilkannya';
revoke update, delete on ops.disensor from loader, steward;

-- Works on the temporary table `sel` of its caller, one row per figure of the tables (`tabel`: an indicator in a period and a province) in which
-- something is small: tabel, wilayah (code), rincian ('' = the total), menurut (by what it is broken down; '' = the total), nilai, k, dahulu (was
-- hidden before), tampil (readers have seen it). Sets `tutup`.
--
-- Every published sum is an equation: a region is the sum of the regions below it, a total the sum of its parts. A hidden figure is safe when some
-- hidden figures can change together without changing any sum that is shown. That is laid out, not searched for:
--   one family of sums only (regions, or parts): a second figure on the same line is hidden too, and together they reach k;
--   both: the four corners of a rectangle, of two regions and two parts, with the largest region and part as its other sides;
--   where that is not to be had, all regions of the line and their sum are hidden, and the sum is looked after one level higher;
--   what is hidden of a sum is hidden of one region below it, too, which can then change with it.
create function ops.sel_kosong() returns void language plpgsql as $$
begin
  create temp table sel (
    tabel text collate "C" not null, wilayah text collate "C" not null, rincian text collate "C" not null, menurut text collate "C" not null,
    nilai numeric not null, k integer not null,
    dahulu boolean not null default false, tampil boolean not null default false, tutup boolean not null default false,
    maya boolean not null default false, lepas boolean not null default false, induk text collate "C" not null default '') on commit drop;
end $$;
comment on function ops.sel_kosong is 'Membuat tabel sementara sel untuk ops.tutup_pelengkap';

create function ops.tutup_pelengkap(pelengkap boolean default true) returns void language plpgsql set enable_nestloop = off as $$
declare
  panjang integer;
begin
  update sel set tutup = dahulu or (nilai > 0 and nilai < k);
  if not pelengkap then
    return;
  end if;

  -- Where nothing adds up nothing can be computed: most tables are reported at one level, without totals. They stand aside.
  create temp table if not exists sel_tenang (like sel including defaults) on commit drop;
  truncate sel_tenang;
  with tenang as (
    select tabel from sel group by 1
    having not bool_or(tutup) or min(length(wilayah)) = max(length(wilayah)) and not (bool_or(menurut = '') and bool_or(menurut <> ''))),
  pindah as (delete from sel s using tenang t where s.tabel = t.tabel returning s.*)
  insert into sel_tenang select * from pindah;

  -- A figure that has become small in a table people know already: what they know of the others tells it from the sums, so all sums above it and all
  -- that is below its region are hidden.
  with tahu as (select distinct tabel from sel where tampil),
  baru as (select distinct s.tabel, s.wilayah from sel s join tahu using (tabel) where s.tutup and not s.dahulu),
  ikut as (
    select distinct b.tabel, left(b.wilayah, n) as wilayah from baru b cross join unnest(array[2, 5, 8, 13]) n
    union
    select s.tabel, s.wilayah from sel s cross join unnest(array[2, 5, 8]) n join baru b on b.tabel = s.tabel and b.wilayah = left(s.wilayah, n))
  update sel s set tutup = true from ikut i where (i.tabel, i.wilayah) = (s.tabel, s.wilayah);

  analyze sel;

  -- Parts that are broken down in several ways which share a side: too many equations for a rectangle, so all of them are hidden.
  create temp table if not exists sel_bersilang (tabel text collate "C") on commit drop;
  truncate sel_bersilang;
  with cara as (select distinct tabel, menurut, string_to_array(menurut, ';') as sisi from sel where menurut <> '')
  insert into sel_bersilang
  select distinct a.tabel from cara a join cara b on a.tabel = b.tabel and a.menurut < b.menurut and a.sisi && b.sisi
  where a.tabel in (select s.tabel from sel s where s.tutup);
  update sel s set tutup = true, lepas = true from sel_bersilang b where s.tabel = b.tabel and s.menurut <> '';

  -- A region that has figures but not this one, though a sum above it has, or not the total of its parts, though the regions below have theirs: what is
  -- around it tells it, so it counts as shown.
  insert into sel (tabel, wilayah, rincian, menurut, nilai, k, maya)
  select s.tabel, a.wilayah, s.rincian, s.menurut, sum(s.nilai), max(s.k), true
  from sel s
  cross join lateral (select distinct left(s.wilayah, n) as wilayah from unnest(array[2, 5, 8]) n where n < length(s.wilayah)) a
  join (select distinct tabel, wilayah from sel) ada on ada.tabel = s.tabel and ada.wilayah = a.wilayah
  left join sel punya on punya.tabel = s.tabel and punya.wilayah = a.wilayah and punya.rincian = s.rincian
  left join sel kab on kab.tabel = s.tabel and kab.wilayah = left(a.wilayah, 5) and length(a.wilayah) > 5 and kab.rincian = s.rincian
  left join sel prov on prov.tabel = s.tabel and prov.wilayah = left(a.wilayah, 2) and length(a.wilayah) > 2 and prov.rincian = s.rincian
  where punya.tabel is null and not s.lepas and (s.menurut = '' or kab.tabel is not null or prov.tabel is not null)
  group by 1, 2, 3, 4;

  -- The sum a region belongs to is that of the nearest region above it that has figures.
  with ada as (select distinct tabel, wilayah from sel),
  naik as (
    select a.tabel, a.wilayah, max(length(b.wilayah)) as panjang
    from ada a cross join unnest(array[2, 5, 8]) n join ada b on b.tabel = a.tabel and b.wilayah = left(a.wilayah, n) and n < length(a.wilayah)
    group by 1, 2)
  update sel s set induk = left(n.wilayah, n.panjang) from naik n where (n.tabel, n.wilayah) = (s.tabel, s.wilayah);

  analyze sel;
  foreach panjang in array array[8, 5, 2, 0] loop
    perform ops.tutup_setingkat(panjang);
  end loop;
  foreach panjang in array array[2, 5, 8] loop
    perform ops.tutup_di_bawah(panjang);
  end loop;
  insert into sel select * from sel_tenang;
end $$;
comment on function ops.tutup_pelengkap is 'Menentukan angka mana di tabel sementara sel yang tidak ditampilkan: yang kecil, dan pelengkapnya';

-- The groups whose sum stands `panjang` letters long: what their equations are, and which two regions and parts lend their sides.
create function ops.sel_kelompok(panjang integer) returns void language plpgsql set enable_nestloop = off as $$
begin
  create temp table if not exists kelompok (
    tabel text collate "C", induk text collate "C", ada_rincian boolean, ada_jumlah boolean, poros text collate "C", poros_lain text collate "C") on commit drop;
  create temp table if not exists kolom (
    tabel text collate "C", induk text collate "C", menurut text collate "C", poros text collate "C", poros_lain text collate "C") on commit drop;
  truncate kelompok, kolom;
  insert into kelompok
  with baris as (
    select s.tabel, s.induk, s.wilayah, bool_or(s.menurut = '') and bool_or(s.menurut <> '') as ada_rincian, bool_or(j.tabel is not null) as ada_jumlah,
           row_number() over (partition by s.tabel, s.induk
                              order by count(*) filter (where s.dahulu) desc, count(*) desc, sum(s.nilai) desc, s.wilayah) as urut
    from sel s left join sel j on j.tabel = s.tabel and j.wilayah = s.induk and j.rincian = s.rincian and not j.lepas
    where length(s.induk) = panjang and not s.lepas
    group by 1, 2, 3)
  select tabel, induk, bool_or(ada_rincian), bool_or(ada_jumlah), max(wilayah) filter (where urut = 1), max(wilayah) filter (where urut = 2)
  from baris group by 1, 2;
  insert into kolom
  select tabel, induk, menurut, max(rincian) filter (where urut = 1), max(rincian) filter (where urut = 2)
  from (
    select tabel, induk, menurut, rincian,
           row_number() over (partition by tabel, induk, menurut
                              order by count(*) filter (where dahulu) desc, count(*) desc, sum(nilai) desc, rincian) as urut
    from sel where length(induk) = panjang and menurut <> '' and not lepas
    group by 1, 2, 3, 4) k
  group by 1, 2, 3;
  analyze kelompok;
  analyze kolom;
end $$;
comment on function ops.sel_kelompok is 'Kelompok wilayah yang berjumlah pada satu wilayah di atasnya, beserta persamaan dan porosnya';

create function ops.tutup_setingkat(panjang integer) returns void language plpgsql set enable_nestloop = off as $$
begin
  perform ops.sel_kelompok(panjang);
  create temp table if not exists perlu (tabel text collate "C", induk text collate "C", wilayah text collate "C", rincian text collate "C") on commit drop;
  create temp table if not exists gagal (tabel text collate "C", induk text collate "C") on commit drop;
  truncate perlu, gagal;

  -- Rectangles.
  insert into perlu
  with buka as (
    select s.tabel, s.induk, s.wilayah, s.rincian, s.menurut, case when s.wilayah = g.poros then g.poros_lain else g.poros end as lain
    from sel s join kelompok g on g.tabel = s.tabel and g.induk = s.induk and g.ada_rincian and g.ada_jumlah
    where s.tutup and not s.lepas),
  sisi as (
    select b.*, case when b.rincian = k.poros then k.poros_lain else k.poros end as bagian
    from buka b join kolom k on k.tabel = b.tabel and k.induk = b.induk and k.menurut = b.menurut)
  select distinct p.tabel, p.induk, v.wilayah, v.rincian
  from sisi p cross join lateral (values (p.wilayah, p.bagian), (p.lain, p.rincian), (p.lain, p.bagian)) v (wilayah, rincian)
  union
  select b.tabel, b.induk, b.lain, '' from buka b where b.menurut = ''
  union
  select b.tabel, b.induk, v.wilayah, k.poros
  from buka b join kolom k on k.tabel = b.tabel and k.induk = b.induk cross join lateral (values (b.wilayah), (b.lain)) v (wilayah)
  where b.menurut = ''
    and exists (select from sel s where s.tabel = b.tabel and s.induk = b.induk and s.wilayah in (b.wilayah, b.lain) and s.menurut = k.menurut);
  insert into gagal
  select distinct p.tabel, p.induk from perlu p left join sel s on s.tabel = p.tabel and s.wilayah = p.wilayah and s.rincian = p.rincian
  where s.tabel is null;
  update sel s set tutup = true from perlu p where s.tabel = p.tabel and s.wilayah = p.wilayah and s.rincian = p.rincian and not s.tutup;

  -- Lines: the parts of a region below its total, or the regions below their sum.
  create temp table if not exists baris_sel (
    tabel text collate "C", induk text collate "C", garis text collate "C", wilayah text collate "C", rincian text collate "C",
    nilai numeric, k integer, tutup boolean, adalah_jumlah boolean) on commit drop;
  truncate baris_sel;
  insert into baris_sel
  select s.tabel, s.induk, s.wilayah || '|' || m.menurut, s.wilayah, s.rincian, s.nilai, s.k, s.tutup, s.menurut = ''
  from sel s join kelompok g on g.tabel = s.tabel and g.induk = s.induk and g.ada_rincian and not g.ada_jumlah
  join (select distinct b.tabel, b.wilayah, b.menurut from sel b join sel t on t.tabel = b.tabel and t.wilayah = b.wilayah and t.menurut = '' and not t.lepas
        where b.menurut <> '' and not b.lepas) m
    on m.tabel = s.tabel and m.wilayah = s.wilayah and s.menurut in ('', m.menurut)
  where not s.lepas
  union all
  select s.tabel, g.induk, s.rincian, s.wilayah, s.rincian, s.nilai, s.k, s.tutup, s.wilayah = g.induk
  from kelompok g join sel s on s.tabel = g.tabel and (s.induk = g.induk or s.wilayah = g.induk)
  where g.ada_jumlah and not g.ada_rincian and not s.lepas
    and exists (select from sel j where j.tabel = s.tabel and j.wilayah = g.induk and j.rincian = s.rincian)
    and exists (select from sel c where c.tabel = s.tabel and c.induk = g.induk and c.rincian = s.rincian);
  with garis as (
    select tabel, induk, garis, count(*) filter (where tutup) as tertutup, bool_or(tutup and adalah_jumlah) as jumlah_tutup,
           count(*) filter (where tutup and not adalah_jumlah) as bagian_tutup, coalesce(sum(nilai) filter (where tutup and not adalah_jumlah), 0) as isi, max(k) as k
    from baris_sel group by 1, 2, 3),
  kurang as (select * from garis where tertutup > 0 and (tertutup < 2 or bagian_tutup = 0 or not jumlah_tutup and isi < k)),
  calon as (
    select b.*, row_number() over (partition by b.tabel, b.induk, b.garis order by b.nilai = 0, b.nilai, b.wilayah, b.rincian) as urut
    from baris_sel b join kurang using (tabel, induk, garis) where not b.tutup and not b.adalah_jumlah),
  gagal_baru as (
    insert into gagal
    select distinct g.tabel, g.induk from kurang g left join calon c on c.tabel = g.tabel and c.induk = g.induk and c.garis = g.garis
    where c.tabel is null and g.tertutup < 2)
  update sel s set tutup = true from calon c
  where c.urut = 1 and s.tabel = c.tabel and s.wilayah = c.wilayah and s.rincian = c.rincian;

  update sel s set tutup = true from gagal g where s.tabel = g.tabel and (s.induk = g.induk or s.wilayah = g.induk) and not s.tutup;
end $$;
comment on function ops.tutup_setingkat is 'Melengkapi yang tertutup di antara wilayah-wilayah yang berjumlah pada wilayah dengan panjang kode ini';

create function ops.tutup_di_bawah(panjang integer) returns void language plpgsql set enable_nestloop = off as $$
begin
  perform ops.sel_kelompok(panjang);
  create temp table if not exists turun (tabel text collate "C", induk text collate "C", rincian text collate "C") on commit drop;
  truncate turun;
  insert into turun
  select j.tabel, j.wilayah, j.rincian from sel j join kelompok g on g.tabel = j.tabel and g.induk = j.wilayah and g.ada_jumlah
  where j.tutup and not j.lepas and exists (select from sel s where s.tabel = j.tabel and s.induk = j.wilayah and s.rincian = j.rincian);
  -- One region takes part in all that its sum does; where it has not all of these figures, every region does.
  update sel s set tutup = true from turun t join kelompok g on g.tabel = t.tabel and g.induk = t.induk
  where g.ada_rincian and s.tabel = t.tabel and s.induk = t.induk and s.rincian = t.rincian and s.wilayah = g.poros and not s.tutup;
  update sel s set tutup = true from turun t join kelompok g on g.tabel = t.tabel and g.induk = t.induk
  join kolom k on k.tabel = t.tabel and k.induk = t.induk
  where t.rincian = '' and s.tabel = t.tabel and s.wilayah = g.poros and s.rincian = k.poros and not s.tutup
    and not exists (select from sel j where j.tabel = t.tabel and j.wilayah = t.induk and j.rincian = k.poros);
  update sel s set tutup = true
  from (select distinct t.tabel, t.induk from turun t join kelompok g on g.tabel = t.tabel and g.induk = t.induk and g.ada_rincian
        left join sel p on p.tabel = t.tabel and p.wilayah = g.poros and p.rincian = t.rincian where p.tabel is null) u
  where s.tabel = u.tabel and s.induk = u.induk and not s.tutup;
  with calon as (
    select s.tabel, s.induk, s.rincian, s.wilayah, bool_or(s.tutup) over w as sudah, row_number() over (w order by s.nilai = 0, s.nilai, s.wilayah) as urut
    from sel s join turun t on t.tabel = s.tabel and t.induk = s.induk and t.rincian = s.rincian
    join kelompok g on g.tabel = t.tabel and g.induk = t.induk and not g.ada_rincian
    window w as (partition by s.tabel, s.induk, s.rincian))
  update sel s set tutup = true from calon c
  where not c.sudah and c.urut = 1 and s.tabel = c.tabel and s.wilayah = c.wilayah and s.rincian = c.rincian;
end $$;
comment on function ops.tutup_di_bawah is 'Menutup di satu wilayah di bawahnya apa yang tertutup pada wilayah dengan panjang kode ini';
