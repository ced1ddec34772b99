-- From a published row back to the bytes it rests on. Nothing of it is stored per row: where a table's rows come from is said once per table,
-- and followed by key, place and accept number when somebody asks.
create table ops.lineage_source (
  table_name text not null, nth integer not null, source text not null, is_published boolean not null, columns text[] not null default '{}', condition text not null,
  primary key (table_name, nth)
);
comment on table ops.lineage_source is 'Dari mana baris setiap tabel mart berasal: tabel mart lain, atau baris yang diterima; ditulis ulang setiap transform';
comment on column ops.lineage_source.table_name is 'Tabel mart';
comment on column ops.lineage_source.nth is 'Urutan';
comment on column ops.lineage_source.source is 'Nama tabel mart asalnya, atau SQL baris yang diterima';
comment on column ops.lineage_source.is_published is 'Benar bila asalnya tabel mart juga';
comment on column ops.lineage_source.columns is 'Kolom yang diisi dari sini; kosong berarti semua';
comment on column ops.lineage_source.condition is 'SQL yang benar bila baris $m. berasal dari baris $s.';
revoke insert, update, delete on ops.lineage_source from loader, steward;

grant usage on schema staging to steward;
grant select on all tables in schema staging to steward;
alter default privileges for role transformer in schema staging grant select on tables to steward;

create function ops.sandi(published text) returns text language sql immutable strict parallel safe as $$
  select trim(both '_' from regexp_replace(lower(published), '[^[:alnum:]]+', '_', 'g'))
$$;
comment on function ops.sandi is 'Teks terbitan sebagai bagian sebuah kunci: Laki-laki dan laki laki sama-sama laki_laki';

create function ops.primary_key(relation regclass) returns text[] language sql stable as $$
  select coalesce(array_agg(a.attname::text order by array_position(i.indkey::smallint[], a.attnum)), '{}')
  from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey::smallint[]) where i.indrelid = relation and i.indisprimary
$$;
comment on function ops.primary_key is 'Kolom kunci utama sebuah tabel, menurut urutannya';

-- Every accepted row behind the rows of a published table that say `wanted`, as of the cut that ops.cut names.
create function ops.lineage_rows(tabel text, wanted jsonb default '{}')
returns table (kunci jsonb, melalui text, kolom text[], dataset_id integer, penerbit text, from_batch bigint, lokasi text, diambil_pada timestamptz, berbicara boolean)
language plpgsql stable as $$
declare
  key text;
  chosen text;
  step record;
begin
  if not exists (select from ops.lineage_source l where l.table_name = tabel) or to_regclass(format('mart.%I', tabel)) is null then
    return;
  end if;
  select string_agg(format('%L, t0.%I', k, k), ', ') into key from unnest(ops.primary_key(format('mart.%I', tabel)::regclass)) as k;
  select coalesce(string_agg(case when v is null then format('t0.%I is null', k) else format('t0.%I = %L', k, v) end, ' and '), 'true') into chosen
  from jsonb_each_text(wanted) as w (k, v);
  for step in
    with recursive path as (
      select l.source, l.is_published, l.columns, tabel as via, tabel as last, 1 as depth,
             format(' join %s t1 on %s', case when l.is_published then format('mart.%I', l.source) else l.source end,
                    replace(replace(l.condition, '$m.', 't0.'), '$s.', 't1.')) as joins
      from ops.lineage_source l where l.table_name = tabel
      union all
      select l.source, l.is_published, p.columns, p.via || ' < ' || p.source, p.source, p.depth + 1,
             p.joins || format(' join %s t%s on %s', case when l.is_published then format('mart.%I', l.source) else l.source end, p.depth + 1,
                               replace(replace(l.condition, '$m.', 't' || p.depth || '.'), '$s.', 't' || p.depth + 1 || '.'))
      from path p join ops.lineage_source l on p.is_published and l.table_name = p.source
      where p.depth < 6)
    select p.*, coalesce((select string_agg(format('t%s.%I', p.depth - 1, k), ', ') from unnest(ops.primary_key(format('mart.%I', p.last)::regclass)) as k), 'true') as object,
           exists (select from pg_attribute a where a.attrelid = format('mart.%I', p.last)::regclass and a.attname = '_dataset_id') as names_dataset
    from path p where not p.is_published
  loop
    return query execute format(
      $q$select jsonb_build_object(%s), %L::text, %L::text[], t%s._dataset_id, t%s._penerbit, t%s._from_batch, t%s._lokasi, t%s._fetched_at,
                row_number() over (partition by %s, %s order by %s t%s._fetched_at desc, t%s._dataset_id, t%s._penerbit, t%s._lokasi) = 1
         from mart.%I t0%s where %s$q$,
      key, step.via, step.columns, step.depth, step.depth, step.depth, step.depth, step.depth,
      (select string_agg(format('t0.%I', k), ', ') from unnest(ops.primary_key(format('mart.%I', tabel)::regclass)) as k), step.object,
      case when step.names_dataset then format('(t%s._dataset_id = t%s._dataset_id) desc,', step.depth, step.depth - 1) else '' end,
      step.depth, step.depth, step.depth, step.depth, tabel, step.joins, chosen);
  end loop;
end $$;
comment on function ops.lineage_rows is 'Baris yang diterima di balik baris sebuah tabel mart; wanted = kolom dan nilainya. berbicara = baris yang angkanya terbit';

create function quality.asal(nama text, nilai jsonb default '{}')
returns table (
  tabel text, kunci jsonb, melalui text, kolom text[], dataset text, produsen text, penerbit text, berbicara boolean, lokasi text,
  batch_id bigint, nomor_terima bigint, contract_sha256 text, code_version text, fetch_id bigint, url text, berkas text, sha256 text, bytes bigint,
  alamat_arsip text, diambil_pada timestamptz, rilis bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select $1 as tabel, r.kunci, r.melalui, r.kolom, d.dataset, d.produsen, r.penerbit, r.berbicara, r.lokasi,
         b.batch_id, r.from_batch, b.contract_sha256, b.code_version, f.fetch_id, f.url, coalesce(f.file_name, regexp_replace(f.url, '^.*/', '')), f.sha256, f.bytes,
         'sha256/' || left(f.sha256, 2) || '/' || f.sha256, coalesce(f.ended_at, r.diambil_pada),
         (select max(l.release_id) from ops.release l where l.state = 'published')
  from ops.lineage_rows($1, $2) r
  join ops.dataset d using (dataset_id)
  left join ops.batch b on b.accept_no = r.from_batch
  -- A batch of several files says before the row which one it stands in.
  left join lateral (
    select f.* from ops.batch_fetch x join ops.fetch f using (fetch_id) where x.batch_id = b.batch_id
    order by starts_with(r.lokasi, 'halaman ' || f.halaman || ' ') or starts_with(r.lokasi, coalesce(f.file_name, regexp_replace(f.url, '^.*/', '')) || ' ') desc,
             f.fetch_id
    limit 1) f on true
$$;
comment on function quality.asal is 'Asal sel yang terbit: setiap baris di baliknya, batch, pengambilan, sha256, letaknya di arsip, dan versi kontrak serta programnya';

create view quality.lineage as
select a.tabel, a.kunci, a.melalui, a.kolom, a.dataset, a.produsen, a.penerbit, a.berbicara, a.lokasi, a.batch_id, a.nomor_terima, a.contract_sha256,
       a.code_version, a.fetch_id, a.url, a.berkas, a.sha256, a.bytes, a.alamat_arsip, a.diambil_pada, a.rilis
from (select distinct l.table_name from ops.lineage_source l) t cross join lateral quality.asal(t.table_name) a;
comment on view quality.lineage is 'Asal setiap baris mart; saring dengan tabel = ''...''. Untuk satu sel lebih cepat: quality.asal(tabel, kunci)';
comment on column quality.lineage.tabel is 'Tabel mart';
comment on column quality.lineage.kunci is 'Kunci baris yang terbit';
comment on column quality.lineage.melalui is 'Tabel mart yang dilalui, dari yang ditanyakan ke faktanya';
comment on column quality.lineage.kolom is 'Kolom yang diisi dari sini; kosong berarti semua';
comment on column quality.lineage.dataset is 'Dataset yang mengirim baris';
comment on column quality.lineage.produsen is 'OPD Produsen Data';
comment on column quality.lineage.penerbit is 'Penerbitnya; kosong bila hanya satu';
comment on column quality.lineage.berbicara is 'Benar bila angka baris inilah yang terbit; yang lain melaporkan objek yang sama';
comment on column quality.lineage.lokasi is 'Letak baris di berkas: lembar atau halaman, nomor baris, kolom';
comment on column quality.lineage.batch_id is 'Batch yang membawanya';
comment on column quality.lineage.nomor_terima is 'Nomor terima batch itu';
comment on column quality.lineage.contract_sha256 is 'Versi kontrak yang menilai batch itu';
comment on column quality.lineage.code_version is 'Versi program dan acuan yang menilai batch itu';
comment on column quality.lineage.fetch_id is 'Pengambilan berkasnya';
comment on column quality.lineage.url is 'Alamat yang diambil';
comment on column quality.lineage.berkas is 'Nama berkas menurut penerbitnya';
comment on column quality.lineage.sha256 is 'Sidik isi berkas';
comment on column quality.lineage.bytes is 'Besar berkas dalam byte';
comment on column quality.lineage.alamat_arsip is 'Letak isi berkas di arsip';
comment on column quality.lineage.diambil_pada is 'Kapan diambil';
comment on column quality.lineage.rilis is 'Rilis yang dilihat pembaca sekarang';
