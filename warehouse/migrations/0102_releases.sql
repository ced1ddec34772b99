-- What conform and publish keep beside the ledger of releases.
alter table ops.release add column inputs_digest text, add column pins jsonb not null default '{}';
comment on column ops.release.inputs_digest is 'Sidik semua masukan rilis; transform berikutnya dilewati selama sidiknya sama';
comment on column ops.release.pins is 'Pin yang berlaku: "dataset|penerbit" -> nomor terima terakhir yang terlihat';

-- One row: what the transform that runs now, or ran last, reads. A table and not a dbt variable, so that dbt need not parse its project anew.
create table ops.cut (cut_no bigint not null, run_date date not null);
comment on table ops.cut is 'Potongan transform yang sedang atau terakhir berjalan: nomor terima terakhir yang dibaca dan tanggal jalannya';

create table ops.cut_pin (dataset text not null, penerbit text not null, up_to_no bigint not null, primary key (dataset, penerbit));
comment on table ops.cut_pin is 'Salinan ops.pin pada saat transform yang sedang berjalan menetapkan potongannya';

create table ops.opd (
  opd text not null, pemda text not null, nama text not null, singkatan text, urusan text, situs text,
  berlaku_dari date, berlaku_sampai date, digantikan_oleh text, primary key (pemda, opd)
);
comment on table ops.opd is 'Daftar OPD dari sources/<pemda>/opd.yml';

create table ops.pemda (pemda text primary key, nama text not null, walidata text);
comment on table ops.pemda is 'Daftar pemda dari sources/<pemda>/pemda.yml';

-- Names in Postgres end at 63 bytes; a longer one keeps its beginning and a fingerprint.
create function ops.data_table_name(dataset text) returns text language sql immutable strict parallel safe as $$
  select case when length(n) <= 63 then n else left(n, 54) || '_' || left(md5(dataset), 8) end
  from (select 'data_' || replace(dataset, '.', '_') as n) t
$$;

create view ops.data_table as
select d.dataset_id, d.dataset, d.title, d.opd, d.pemda, d.raw_table, ops.data_table_name(d.dataset) as table_name
from ops.dataset d
where d.concept is null and d.akses = 'terbuka'
  and exists (select from ops.batch b where b.dataset = d.dataset and b.accept_no is not null);
comment on view ops.data_table is 'Dataset tanpa konsep yang terbit sebagai mart.data_<id>';

create view ops.data_column as
select t.table_name, t.dataset, c.dataset_id, c.column_name, c.position, c.type, c.unit, c.is_key,
       coalesce(c.description, 'Kolom ' || c.column_name || ' sebagaimana diterbitkan ' || coalesce(t.opd, 'sumbernya')
         || case when c.unit is not null then ', dalam ' || c.unit else '' end) as description
from ops.data_table t join ops.dataset_column c using (dataset_id)
where c.pribadi is null;
comment on view ops.data_column is 'Kolom mart.data_<id>; kolom berisi data pribadi tidak pernah keluar dari raw';

-- The planner must know these small tables well: every staging view joins them. Only an owner may analyze; who transforms is none.
create function ops.analyze_small() returns void language sql security definer set search_path = ops as $$
  analyze ops.dataset, ops.dataset_column, ops.reference_item, ops.reference_form, ops.resolved_code, ops.cut, ops.cut_pin, ops.key;
$$;
revoke execute on function ops.analyze_small() from public;
grant execute on function ops.analyze_small() to loader, transformer;
