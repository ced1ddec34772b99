-- A contract is registered before its batch is judged. What readers see must not be read by a contract whose batch failed, is held or comes
-- after the cut, so every version is kept, and a transform reads each dataset by the one that its newest visible batch was accepted by.
create table ops.contract_version (
  dataset_id integer not null references ops.dataset, contract_sha256 text not null,
  title text, opd text, pemda text, concept text, raw_table text not null, grain text, columns jsonb not null,
  primary key (dataset_id, contract_sha256)
);
comment on table ops.contract_version is 'Setiap versi kontrak yang pernah dipakai menilai batch; columns = baris ops.dataset_column-nya';

create table ops.cut_dataset (like ops.dataset including constraints, primary key (dataset_id));
comment on table ops.cut_dataset is 'Dataset menurut kontrak yang dibaca transform yang sedang atau terakhir berjalan';
create table ops.cut_column (like ops.dataset_column including constraints, primary key (dataset_id, column_name));
comment on table ops.cut_column is 'Kolom kontrak yang dibaca transform yang sedang atau terakhir berjalan';

-- What is closed or personal is so at once, whatever the version: an old contract opens nothing.
create function ops.see_contracts() returns void language sql as $$
  delete from ops.cut_dataset;
  delete from ops.cut_column;
  with seen as (
    select distinct on (d.dataset_id) d.dataset_id, b.contract_sha256
    from ops.dataset d
    join ops.batch b on b.dataset = d.dataset and b.state in ('accepted', 'held')
    cross join ops.cut c
    left join ops.cut_pin p on p.dataset = b.dataset and p.penerbit = b.penerbit
    where b.accept_no <= least(c.cut_no, p.up_to_no)
    order by d.dataset_id, b.accept_no desc),
  there as (select d.dataset_id, v.contract_sha256 from ops.dataset d left join (seen join ops.contract_version v using (dataset_id, contract_sha256)) using (dataset_id)),
  datasets as (
    insert into ops.cut_dataset (dataset_id, dataset, title, opd, pemda, concept, raw_table, grain, akses)
    select d.dataset_id, d.dataset, w.title, w.opd, w.pemda, w.concept, w.raw_table, w.grain, d.akses
    from ops.dataset d join there t using (dataset_id)
    left join ops.contract_version v on (v.dataset_id, v.contract_sha256) = (t.dataset_id, t.contract_sha256)
    cross join lateral (
      select v.title, v.opd, v.pemda, v.concept, v.raw_table, v.grain where v.dataset_id is not null
      union all select d.title, d.opd, d.pemda, d.concept, d.raw_table, d.grain where v.dataset_id is null) w)
  insert into ops.cut_column (dataset_id, column_name, position, type, unit, unit_from, indikator, klasifikasi, level, within, system, bare_name_is,
                              unknown, reference, is_key, pribadi, description)
  select t.dataset_id, w.column_name, w.position, w.type, w.unit, w.unit_from, w.indikator, w.klasifikasi, w.level, w.within, w.system, w.bare_name_is,
         w.unknown, w.reference, w.is_key, coalesce(now.pribadi, w.pribadi), w.description
  from there t
  left join ops.contract_version v on (v.dataset_id, v.contract_sha256) = (t.dataset_id, t.contract_sha256)
  cross join lateral (
    select r.* from jsonb_populate_recordset(null::ops.dataset_column, v.columns) r where v.dataset_id is not null
    union all select r.* from ops.dataset_column r where r.dataset_id = t.dataset_id and v.dataset_id is null) w
  left join ops.dataset_column now on now.dataset_id = t.dataset_id and now.column_name = w.column_name;
$$;
comment on function ops.see_contracts is 'Menetapkan kontrak yang dibaca transform: milik batch terbaru yang terlihat pada ops.cut dan ops.cut_pin';
revoke execute on function ops.see_contracts() from public;
grant execute on function ops.see_contracts() to transformer;

-- Which list the codes of a column stand in.
create function ops.code_list(concept text, column_name text, type text, reference text) returns text language sql immutable parallel safe as $$
  select case when type = 'wilayah' then 'wilayah'
              when concept is not null and column_name = 'komoditas' then 'komoditas'
              when concept is not null and column_name = 'kode_indikator' then 'indikator'
              when concept is not null and type = 'unit' then 'satuan'
              else reference end
$$;

create or replace view ops.code_column as
select * from (
  select c.dataset_id, d.dataset, d.concept, d.raw_table, c.column_name, c.type, ops.code_list(d.concept, c.column_name, c.type, c.reference) as reference,
         coalesce(c.level, '') as level, coalesce(c.within, '') as within, coalesce(c.system, '') as system,
         coalesce(c.bare_name_is, '') as bare_name_is, c.unknown
  from ops.dataset_column c join ops.dataset d using (dataset_id)) c
where reference is not null;

create view ops.cut_code_column as
select * from (
  select c.dataset_id, d.dataset, d.concept, d.raw_table, c.column_name, c.type, ops.code_list(d.concept, c.column_name, c.type, c.reference) as reference,
         coalesce(c.level, '') as level, coalesce(c.within, '') as within, coalesce(c.system, '') as system,
         coalesce(c.bare_name_is, '') as bare_name_is, c.unknown
  from ops.cut_column c join ops.cut_dataset d using (dataset_id)) c
where reference is not null;
comment on view ops.cut_code_column is 'Seperti ops.code_column, menurut kontrak yang dibaca transform';

create or replace view ops.code_constant as
select distinct d.dataset_id, d.dataset, v.reference, lower(v.published) as published
from ops.cut_column c join ops.cut_dataset d using (dataset_id)
cross join lateral (values ('indikator', c.indikator), ('satuan', case when c.type in ('integer', 'decimal', 'percent') then c.unit end)) as v (reference, published)
where d.concept = 'indikator' and v.published is not null;

-- a.b_c.d and a.b.c_d would be one table: the one that came first keeps the name.
create or replace view ops.data_table as
with named as (
  select dataset_id, ops.data_table_name(dataset) as table_name,
         row_number() over (partition by ops.data_table_name(dataset) order by dataset_id) as nth
  from ops.dataset
)

select d.dataset_id, d.dataset, d.title, d.opd, d.pemda, d.raw_table,
       case when n.nth = 1 then n.table_name else left(n.table_name, 54) || '_' || left(md5(d.dataset), 8) end as table_name
from ops.cut_dataset d join named n using (dataset_id)
where d.concept is null and d.akses = 'terbuka'
  and exists (select from ops.batch b where b.dataset = d.dataset and b.accept_no is not null);

create or replace view ops.data_column as
select t.table_name, t.dataset, c.dataset_id, c.column_name, c.position, c.type, c.unit, c.is_key,
       coalesce(c.description, 'Kolom ' || c.column_name || ' sebagaimana diterbitkan ' || coalesce(t.opd, 'sumbernya')
         || case when c.unit is not null then ', dalam ' || c.unit else '' end) as description
from ops.data_table t join ops.cut_column c using (dataset_id)
where c.pribadi is null;

create or replace function ops.analyze_small() returns void language sql security definer set search_path = ops as $$
  analyze ops.dataset, ops.dataset_column, ops.cut_dataset, ops.cut_column, ops.reference_item, ops.reference_form, ops.resolved_code, ops.cut, ops.cut_pin,
          ops.key;
$$;

-- A dataset kept back by a test is tried again once it, or what it was tested with, has changed.
alter table ops.pin add column tested_no bigint, add column tested_with text;
comment on column ops.pin.tested_no is 'Nomor terima terakhir yang terlihat saat ujinya gagal; kosong bila bukan uji yang menahannya';
comment on column ops.pin.tested_with is 'Sidik acuan, padanan, dan model saat ujinya gagal';
update ops.pin set tested_no = up_to_no, tested_with = '' where batch_id is null and reason like 'uji gagal: %';
