-- Codes: the references as SQL sees them, and the one function that says which code a published text means (contract page, *Codes*).
create table ops.reference_item (
  reference text not null, code text not null, name text not null, level text not null default '', kind text not null default '',
  parent text, code_bps text, unit text, valid_from date, valid_to date, successor text, detail jsonb not null default '{}',
  primary key (reference, code)
);
create index reference_item_parent on ops.reference_item (reference, parent);
create index reference_item_bps on ops.reference_item (code_bps) where code_bps is not null;
comment on table ops.reference_item is 'Isi sources/references: wilayah, komoditas, indikator, satuan, dan daftar lain, satu baris per kode';

create table ops.reference_form (
  reference text not null, level text not null, form text not null, code text not null, primary key (reference, form, level, code)
);
comment on table ops.reference_form is 'Bentuk baku setiap nama di ops.reference_item; pencocokan nama hanya yang persis sama dengan salah satunya';

create table ops.reference_version (sha256 text not null, loaded_at timestamptz not null);
comment on table ops.reference_version is 'Versi sources/references yang termuat; paling banyak satu baris';

create table ops.resolved_code (
  reference text not null, published text not null, level text not null, within text not null, system text not null, bare_name_is text not null,
  code text, own_code text, why text, unchecked boolean not null,
  primary key (reference, published, level, within, system, bare_name_is)
);
comment on table ops.resolved_code is 'Kode dari setiap teks yang pernah diterbitkan sumber; why = sebabnya belum berkode. Ditulis ulang setiap kali conform';
comment on column ops.resolved_code.code is 'Kode di daftar referensi (wilayah: kode Kemendagri)';
comment on column ops.resolved_code.own_code is 'Kode dalam sistem sumbernya sendiri (wilayah bersistem bps: kode BPS)';

create index mapping_latest on ops.mapping (reference, published, level, within, system, mapping_id desc);

-- A name without what agencies write in different ways: case, spaces, punctuation, apostrophes, Sei = Sungai, I = Satu = 1.
create function ops.normal_name(name text) returns text language sql immutable strict parallel safe as $$
  select coalesce(string_agg(case when n.word is null then w.word else n.said end, '' order by w.no), '')
  from regexp_split_to_table(trim(regexp_replace(regexp_replace(lower(name), '[''’‘`´]', '', 'g'), '[^[:alnum:]]+', ' ', 'g')), ' ')
         with ordinality as w (word, no)
  left join (values
    ('sei', 'sungai'), ('i', '1'), ('ii', '2'), ('iii', '3'), ('iv', '4'), ('v', '5'), ('vi', '6'), ('vii', '7'), ('viii', '8'), ('ix', '9'), ('x', '10'),
    ('satu', '1'), ('dua', '2'), ('tiga', '3'), ('empat', '4'), ('lima', '5'), ('enam', '6'), ('tujuh', '7'), ('delapan', '8'), ('sembilan', '9'),
    ('sepuluh', '10')) as n (word, said) using (word)
$$;

-- A region's name without the word for its level. A kabupaten and a kota may share a name, so theirs keep which one it is.
create function ops.region_name(name text, level text, bare_name_is text default '') returns text[] language sql immutable strict parallel safe as $$
  select case level
    when 'kabupaten_kota' then case
      when name ~* '^\s*kota\M' then array['kota:' || ops.normal_name(regexp_replace(name, '^\s*kota\M\.?\s*(adm(inistrasi)?\M\.?)?', '', 'i'))]
      when name ~* '^\s*kab(upaten)?\M' then array['kab:' || ops.normal_name(regexp_replace(name, '^\s*kab(upaten)?\M\.?\s*(adm(inistrasi)?\M\.?)?', '', 'i'))]
      when bare_name_is = 'kota' then array['kota:' || ops.normal_name(name)]
      when bare_name_is = 'kabupaten' then array['kab:' || ops.normal_name(name)]
      else array['kab:' || ops.normal_name(name), 'kota:' || ops.normal_name(name)] end
    when 'provinsi' then array[ops.normal_name(name), ops.normal_name(regexp_replace(name, '^\s*pro(v|p)(insi)?\M\.?', '', 'i'))]
    when 'kecamatan' then array[ops.normal_name(name), ops.normal_name(regexp_replace(name, '^\s*kec(amatan)?\M\.?', '', 'i'))]
    else array[ops.normal_name(name), ops.normal_name(regexp_replace(name, '^\s*(kel(urahan)?|desa|ds)\M\.?', '', 'i'))] end
$$;

-- 35.71.01.1001 from 3571011001, 35.71.01.1001 or 3571011001.0; null where the text is no Kemendagri code.
create function ops.kemendagri_code(published text) returns text language sql immutable strict parallel safe as $$
  select case when digits ~ '^\d{2}(\d{2}(\d{2}([123]\d{3})?)?)?$'
              then trim(trailing '.' from regexp_replace(digits, '^(\d{2})(\d{0,2})(\d{0,2})(\d{0,4})$', '\1.\2.\3.\4')) end
  from (select case when published ~ '^(\d+(\.0)?|\d{2}(\.\d{2}){0,2}|\d{2}\.\d{2}\.\d{2}\.\d{4})$'
                    then replace(regexp_replace(published, '^(\d{1,})\.0$', '\1'), '.', '') end as digits) d
$$;

create function ops.bps_code(published text) returns text language sql immutable strict parallel safe as $$
  select substring(published from '^(\d{2}|\d{4}|\d{7}|\d{10})(\.0)?$')
$$;

create function ops.level_above(level text) returns text language sql immutable parallel safe as $$
  select case level when 'desa_kelurahan' then 'kecamatan' when 'kecamatan' then 'kabupaten_kota' when 'kabupaten_kota' then 'provinsi' end
$$;

create function ops.code_level(code text) returns text language sql immutable strict parallel safe as $$
  select case length(code) when 2 then 'provinsi' when 5 then 'kabupaten_kota' when 8 then 'kecamatan' when 13 then 'desa_kelurahan' end
$$;

create view ops.latest_mapping as
select distinct on (reference, published, level, within, system) reference, published, level, within, system, code
from ops.mapping order by reference, published, level, within, system, mapping_id desc;
comment on view ops.latest_mapping is 'Padanan yang berlaku: yang terakhir ditetapkan untuk setiap teks';

create view ops.code_column as
select * from (
  select c.dataset_id, d.dataset, d.concept, d.raw_table, c.column_name, c.type,
         case when c.type = 'wilayah' then 'wilayah'
              when d.concept is not null and c.column_name = 'komoditas' then 'komoditas'
              when d.concept is not null and c.column_name = 'kode_indikator' then 'indikator'
              when d.concept is not null and c.type = 'unit' then 'satuan'
              else c.reference
         end as reference,
         coalesce(c.level, '') as level, coalesce(c.within, '') as within, coalesce(c.system, '') as system,
         coalesce(c.bare_name_is, '') as bare_name_is, c.unknown
  from ops.dataset_column c join ops.dataset d using (dataset_id)) c
where reference is not null;
comment on view ops.code_column is 'Kolom kontrak yang isinya kode, dengan daftar referensinya';

create view ops.code_constant as
select distinct d.dataset_id, d.dataset, v.reference, lower(v.published) as published
from ops.dataset_column c join ops.dataset d using (dataset_id)
cross join lateral (values ('indikator', c.indikator), ('satuan', case when c.type in ('integer', 'decimal', 'percent') then c.unit end)) as v (reference, published)
where d.concept = 'indikator' and v.published is not null;
comment on view ops.code_constant is 'Kode yang ditulis kontrak sendiri: indikator dan satuan sebuah kolom angka';

-- The one function: (reference, published, level, within, system, bare_name_is) pairs of a table -> code, or why there is none.
-- `published` and `within` are lower case; `within` is '' | a code | the text of a parent column. Exact matches only; two candidates are none.
create function ops.resolve_codes(pairs regclass)
returns table (reference text, published text, level text, within text, system text, bare_name_is text,
               code text, own_code text, why text, unchecked boolean)
language plpgsql stable as $$
begin
  return query execute format($q$
with p as materialized (
  select row_number() over () as no, p.*,
         case when p.reference = 'wilayah' and p.system = 'bps' then ops.bps_code(p.published)
              when p.reference = 'wilayah' and p.system = 'dapodik' then substring(trim(p.published) from '^\d{6}$')
              when p.reference = 'wilayah' then ops.kemendagri_code(p.published) end as own,
         p.published ~ '^[\d.\s]+$' as is_code,
         case when p.reference = 'wilayah' then ops.kemendagri_code(nullif(p.within, '')) end as within_code
  from %s p
),
-- Regions that the text of a parent column may mean, at the level above.
parents as materialized (
  select w.within, w.level, f.code
  from (select distinct p.within, p.level from p where p.reference = 'wilayah' and p.within <> '' and p.within_code is null) w
  cross join lateral unnest(ops.region_name(w.within, ops.level_above(w.level))) as n (form)
  join ops.reference_form f on f.reference = 'wilayah' and f.level = ops.level_above(w.level) and f.form = n.form
  union
  select p.within, p.level, m.code from p
  join ops.latest_mapping m on m.reference = 'wilayah' and m.published = p.within and m.level = ops.level_above(p.level)
  where p.reference = 'wilayah'
),
by_code as (
  select p.no, i.code from p
  join (select 'kemendagri' as system, r.code as own, r.code, r.level from ops.reference_item r where r.reference = 'wilayah'
        union all select 'bps', r.code_bps, r.code, r.level from ops.reference_item r where r.reference = 'wilayah'
        union all select 'dapodik', r.detail ->> 'kode_dapodik', r.code, r.level from ops.reference_item r where r.reference = 'wilayah') i
    on i.system = p.system and i.own = p.own
  where p.reference = 'wilayah' and (p.level = '' or p.level = i.level)
    and (p.within_code is null or i.code = p.within_code or starts_with(i.code, p.within_code || '.'))
),
named as materialized (
  select p.no, p.level, p.within, p.within_code, n.form
  from p cross join lateral unnest(ops.region_name(p.published, p.level, p.bare_name_is)) as n (form)
  where p.reference = 'wilayah' and p.level <> '' and not p.is_code
),
by_name as (
  select n.no, f.code from named n join ops.reference_form f on f.reference = 'wilayah' and f.level = n.level and f.form = n.form
  where n.within = '' or starts_with(f.code, n.within_code || '.')
  union all
  select n.no, f.code from named n
  join parents a on a.within = n.within and a.level = n.level
  join ops.reference_form f on f.reference = 'wilayah' and f.level = n.level and f.form = n.form and starts_with(f.code, a.code || '.')
  union all
  select o.no, f.code
  -- Units as they are written alone: km and km² have one normal form.
  from (select p.no, p.reference,
               unnest(case when p.reference = 'satuan' then array[p.published] else array[p.published, ops.normal_name(p.published)] end) as form
        from p where p.reference <> 'wilayah') o
  join ops.reference_form f on f.reference = o.reference and f.form = o.form
),
found as materialized (
  select c.no, min(c.code) as code, count(distinct c.code) as candidates from (select * from by_code union all select * from by_name) c group by c.no
),
-- A well-formed code that no list holds: fine where the nearest region we know above it has nothing loaded below it.
tries as materialized (
  select p.no, p.system, left(p.own, n.size) as own, n.size
  from p left join found f using (no) cross join (values (2), (4), (5), (7), (8)) as n (size)
  where f.no is null and n.size < length(p.own)
    and (p.level = '' or p.level = case when p.system = 'kemendagri' then ops.code_level(p.own)
         else case length(p.own) when 2 then 'provinsi' when 4 then 'kabupaten_kota' when 7 then 'kecamatan' else 'desa_kelurahan' end end)
    and (p.within_code is null or p.system = 'bps' or starts_with(p.own, p.within_code || '.'))
),
above as (
  select distinct on (t.no) t.no, t.system, i.code
  from tries t
  join (select 'kemendagri' as system, r.code as own, r.code from ops.reference_item r where r.reference = 'wilayah'
        union all select 'bps', r.code_bps, r.code from ops.reference_item r where r.reference = 'wilayah') i using (system, own)
  order by t.no, t.size desc
),
beyond as (
  select a.no, k.parent is null or (a.system = 'bps' and not k.in_bps) as open
  from above a
  left join (select r.parent, bool_or(r.code_bps is not null) as in_bps from ops.reference_item r where r.reference = 'wilayah' group by r.parent) k
    on k.parent = a.code
)
select p.reference, p.published, p.level, p.within, p.system, p.bare_name_is,
       case when m.code is not null then m.code when f.candidates = 1 then f.code when b.open and p.system <> 'bps' then p.own end,
       case when m.code is not null or f.candidates = 1
            then case when p.system = 'bps' then coalesce(i.code_bps, p.own) when p.system = 'dapodik' then p.own else i.code end
            when b.open then p.own end,
       case when m.code is not null or f.candidates = 1 or b.open then null
            when f.candidates > 1 then 'lebih dari satu calon'
            when p.reference <> 'wilayah' and not exists (select from ops.reference_item r where r.reference = p.reference) then 'daftar referensi belum dimuat'
            when p.reference <> 'wilayah' then 'tidak ada di daftar referensi'
            when p.is_code and p.own is null then 'bukan kode ' || coalesce(nullif(p.system, ''), 'kemendagri')
            when p.is_code then 'kode tidak dikenal pada tingkat dan induknya'
            when p.level = '' then 'tingkat wilayah tidak disebut di kontrak'
            else 'nama tidak dikenal pada tingkat dan induknya' end,
       m.code is null and f.no is null and coalesce(b.open, false)
from p
left join ops.latest_mapping m
  on m.reference = p.reference and m.published = p.published and m.level = p.level and m.within = p.within and m.system = p.system
left join found f using (no)
left join beyond b using (no)
left join ops.reference_item i on i.reference = p.reference and i.code = coalesce(m.code, case when f.candidates = 1 then f.code end)
$q$, pairs);
end $$;
comment on function ops.resolve_codes is 'Satu-satunya tempat yang menentukan kode dari teks terbitan: menurut tingkat dan induk, persis, lalu padanan di ops.mapping';
