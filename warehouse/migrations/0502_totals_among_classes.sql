-- Files carry their totals as one more class: `jk: Jumlah` beside L and P. Such a row is the total of what it is broken down by, not a part of it.
-- The words are those of contracts/total_words.py, also as a natural key writes them, in small letters with _ for every sign.
-- Sets of a temporary table, read side by side. -- noqa: disable=AL03,AL05,AL07,AM04,AM08,CP02,LT01,LT02,LT05,LT07,LT08,LT11,RF01,RF02,RF03,ST03,ST05,ST09,ST10,CV06
create function ops.jumlah_kelas(kelas text) returns text language sql immutable strict parallel safe as $$
  select case
    when polos ~ '^(sub)+(grand)?(jumlah|total|jml|jmlh|jlh)' then 'sebagian'
    when polos ~ ('^(grand)?(jumlah|total|jml|jmlh|jlh)(jumlah|total|jml|jmlh|jlh|keseluruhan|seluruh(nya)?|semua(nya)?|umum|besar|akhir)*$')
      or polos ~ '^(keseluruhan|seluruhnya|semua(nya)?)$'
      or rapi ~ '^(l(aki)?([- ]?laki)?|pria)( ?[+/&,] ?| dan | )(p(erempuan)?|wanita)$' or rapi ~ '^(p(erempuan)?|wanita)( ?[+/&,] ?| dan | )(l(aki)?([- ]?laki)?|pria)$'
      then 'seluruhnya'
    when rapi ~ '^[^[:alnum:]]*(grand[^[:alnum:]]*)?(jumlah|total|jml|jmlh|jlh|semua|seluruh|keseluruhan)([^[:alnum:]]|$)'
      or rapi ~ '^[a-z]( (dan )?[a-z])+$' or rapi ~ '[[:alnum:])] *[+] *[[:alnum:](]' then 'sebagian'
  end
  from (select regexp_replace(rapi, '[^[:alnum:]]+', '', 'g') as polos, rapi
        from (select regexp_replace(trim(lower(normalize(kelas, nfkc))), '[[:space:]_]+', ' ', 'g') as rapi) r) p
$$;
comment on function ops.jumlah_kelas is 'Apakah sebuah kelas rincian adalah label jumlah: seluruhnya, atau sebagian saja; kosong bila sebuah kelas';

create function ops.rincian_tanpa_jumlah(klasifikasi text) returns text language sql immutable strict parallel safe as $$
  select case when bool_or(j.jumlah = 'sebagian') then null
              else coalesce(string_agg(b.bagian, ';' order by b.nomor) filter (where j.jumlah is null), '') end
  from unnest(string_to_array(klasifikasi, ';')) with ordinality as b (bagian, nomor)
  cross join lateral (select ops.jumlah_kelas(substr(b.bagian, strpos(b.bagian, '=') + 1)) as jumlah) j
$$;
comment on function ops.rincian_tanpa_jumlah is 'Rincian tanpa yang kelasnya label jumlah; kosong (null) bila sebuah kelasnya jumlah sebagian, yang tidak masuk persamaan mana pun';

-- As before, but ways of breaking down at one level are looked at side by side also where no total is reported: a sum over one side is one, too.
create or replace function ops.tutup_pelengkap(pelengkap boolean default true) returns void language plpgsql set enable_nestloop = off as $$
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
    having not bool_or(tutup) or min(length(wilayah)) = max(length(wilayah)) and min(menurut) = max(menurut)),
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
