-- A country's list of regions: 91,000 codes, some of which have ended. Looked up by index, never as a whole; and what has ended speaks for
-- itself only where nothing in force has its name.
create index reference_item_dapodik on ops.reference_item ((detail ->> 'kode_dapodik')) where detail ? 'kode_dapodik';
create index reference_form_code on ops.reference_form (reference, code);

create table ops.reference_synonym (
  reference text not null, code text not null, synonym text not null, by text not null, since date, reason text,
  primary key (reference, synonym, code)
);
comment on table ops.reference_synonym is 'Ejaan lain dari sources/references: kolom sinonim setiap daftar, dan sinonim.csv yang menyebut siapa menambahkannya';
comment on column ops.reference_synonym.reference is 'Daftar acuannya';
comment on column ops.reference_synonym.code is 'Kode yang dimaksud';
comment on column ops.reference_synonym.synonym is 'Ejaan lain';
comment on column ops.reference_synonym.by is 'Siapa yang menambahkan; bawaan = ditulis di daftarnya sendiri';
comment on column ops.reference_synonym.since is 'Tanggal ditambahkan';
comment on column ops.reference_synonym.reason is 'Alasannya';

create view quality.padanan as
select s.reference as daftar, s.synonym as teks, s.code as kode, i.name as nama, ''::text as level, ''::text as induk, s.by as oleh, s.since as sejak,
       s.reason as alasan, 'sources/references' as tempat, true as berlaku
from ops.reference_synonym s left join ops.reference_item i using (reference, code)
union all
select m.reference, ops.masked(m.published) as teks, m.code, i.name, m.level, ops.masked(m.within) as induk, m.by,
       (m.at at time zone 'Asia/Jakarta')::date as sejak, m.reason, 'ops.mapping' as tempat,
       m.mapping_id = max(m.mapping_id) over (partition by m.reference, m.published, m.level, m.within, m.system) as berlaku
from ops.mapping m left join ops.reference_item i using (reference, code);
comment on view quality.padanan is 'Setiap ejaan yang diberi kode oleh orang, dan siapa yang menetapkannya';
comment on column quality.padanan.daftar is 'Daftar acuan';
comment on column quality.padanan.teks is 'Ejaan sebagaimana diterbitkan';
comment on column quality.padanan.kode is 'Kode yang dimaksud';
comment on column quality.padanan.nama is 'Nama kode itu';
comment on column quality.padanan.level is 'Level wilayah; kosong berarti semua';
comment on column quality.padanan.induk is 'Induk yang disebut sumbernya; kosong berarti semua';
comment on column quality.padanan.oleh is 'Siapa yang menetapkan; bawaan = ditulis di daftarnya sendiri';
comment on column quality.padanan.sejak is 'Tanggal ditetapkan';
comment on column quality.padanan.alasan is 'Alasannya';
comment on column quality.padanan.tempat is 'sources/references, atau ops.mapping';
comment on column quality.padanan.berlaku is 'Salah bila sudah diganti padanan yang lebih baru';

-- The one function: (reference, published, level, within, system, bare_name_is) pairs of a table -> code, or why there is none.
-- `published` and `within` are lower case; `within` is '' | a code | the text of a parent column. Exact matches only; two candidates are none.
create or replace function ops.resolve_codes(pairs regclass)
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
  select p.no, i.code, i.valid_to from p
  join lateral (
    select r.code, r.level, r.valid_to from ops.reference_item r where p.system = 'kemendagri' and r.reference = 'wilayah' and r.code = p.own
    union all
    select r.code, r.level, r.valid_to from ops.reference_item r where p.system = 'bps' and r.reference = 'wilayah' and r.code_bps = p.own
    union all
    select r.code, r.level, r.valid_to from ops.reference_item r
    where p.system = 'dapodik' and r.reference = 'wilayah' and r.detail ? 'kode_dapodik' and r.detail ->> 'kode_dapodik' = p.own) i on true
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
-- A region that has ended keeps its code for the figures of its time, but leaves its name to the one in force.
meant as materialized (
  select c.no, c.code, c.valid_to is null as in_force from by_code c
  union
  select n.no, n.code, i.valid_to is null
  from by_name n join p using (no) left join ops.reference_item i on i.reference = p.reference and i.code = n.code
),
found as materialized (
  select no, coalesce(min(code) filter (where in_force), min(code)) as code,
         coalesce(nullif(count(distinct code) filter (where in_force), 0), count(distinct code)) as candidates
  from meant group by no
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
  join lateral (
    select r.code from ops.reference_item r where t.system = 'kemendagri' and r.reference = 'wilayah' and r.code = t.own
    union all
    select r.code from ops.reference_item r where t.system = 'bps' and r.reference = 'wilayah' and r.code_bps = t.own) i on true
  order by t.no, t.size desc
),
beyond as (
  select a.no, not exists (select from ops.reference_item r where r.reference = 'wilayah' and r.parent = a.code
                           and (a.system <> 'bps' or r.code_bps is not null)) as open
  from above a
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
