-- What only agencies may read is published in the schema mart_instansi, by the same transaction and with the same records; its tables are known by
-- `mart_instansi.<name>`, those of mart by their bare name.
create function ops.nama_terbit(tabel text) returns text language sql immutable strict parallel safe as $$
  select case when starts_with(tabel, 'mart_instansi.') then format('mart_instansi.%I', substr(tabel, 15)) else format('mart.%I', tabel) end
$$;
comment on function ops.nama_terbit is 'Nama sebuah tabel terbit di SQL, dengan skemanya';

create function ops.tabel_terbit(tabel text) returns regclass language sql stable strict as $$
  select to_regclass(ops.nama_terbit(tabel))
$$;
comment on function ops.tabel_terbit is 'Sebuah tabel terbit; kosong bila tidak ada';
comment on column ops.published_table.table_name is 'Nama tabel di skema mart; mart_instansi.<nama> bila hanya instansi yang membacanya';

-- A restricted dataset enters no shared table: it is published as it is, for agencies, whatever its concept.
create or replace view ops.data_table as
with named as (
  select dataset_id, ops.data_table_name(dataset) as table_name,
         row_number() over (partition by ops.data_table_name(dataset) order by dataset_id) as nth
  from ops.dataset
)

select d.dataset_id, d.dataset, d.title, d.opd, d.pemda, d.raw_table,
       case when d.akses = 'terbatas' then 'mart_instansi.' else '' end
         || case when n.nth = 1 then n.table_name else left(n.table_name, 54) || '_' || left(md5(d.dataset), 8) end as table_name
from ops.cut_dataset d join named n using (dataset_id)
where (d.concept is null and d.akses = 'terbuka' or d.akses = 'terbatas')
  and exists (select from ops.batch b where b.dataset = d.dataset and b.accept_no is not null);
comment on view ops.data_table is 'Dataset yang terbit sebagai tabel sendiri: tanpa konsep di mart.data_<id>, yang terbatas di mart_instansi.data_<id>';

create or replace function ops.lineage_rows(tabel text, wanted jsonb default '{}')
returns table (kunci jsonb, melalui text, kolom text[], dataset_id integer, penerbit text, from_batch bigint, lokasi text, diambil_pada timestamptz, berbicara boolean)
language plpgsql stable as $$
declare
  model text := coalesce((select p.model from ops.published_table p where p.table_name = tabel), tabel);
  key text;
  chosen text;
  step record;
begin
  if tabel <> ops.newest_table(model) or not exists (select from ops.lineage_source l where l.table_name = model) or ops.tabel_terbit(tabel) is null then
    return;
  end if;
  select string_agg(format('%L, t0.%I', k, k), ', ') into key from unnest(ops.primary_key(ops.nama_terbit(tabel)::regclass)) as k;
  select coalesce(string_agg(case when v is null then format('t0.%I is null', k) else format('t0.%I = %L', k, v) end, ' and '), 'true') into chosen
  from jsonb_each_text(wanted) as w (k, v);
  for step in
    with recursive path as (
      select l.source, l.is_published, l.columns, tabel as via, model as last, 1 as depth,
             format(' join %s t1 on %s', case when l.is_published then ops.nama_terbit(ops.newest_table(l.source)) else l.source end,
                    replace(replace(l.condition, '$m.', 't0.'), '$s.', 't1.')) as joins
      from ops.lineage_source l where l.table_name = model
      union all
      select l.source, l.is_published, p.columns, p.via || ' < ' || p.source, p.source, p.depth + 1,
             p.joins || format(' join %s t%s on %s', case when l.is_published then ops.nama_terbit(ops.newest_table(l.source)) else l.source end, p.depth + 1,
                               replace(replace(l.condition, '$m.', 't' || p.depth || '.'), '$s.', 't' || p.depth + 1 || '.'))
      from path p join ops.lineage_source l on p.is_published and l.table_name = p.source
      where p.depth < 6)
    select p.*, coalesce((select string_agg(format('t%s.%I', p.depth - 1, k), ', ') from unnest(ops.primary_key(ops.nama_terbit(ops.newest_table(p.last))::regclass)) as k), 'true') as object,
           exists (select from pg_attribute a where a.attrelid = ops.nama_terbit(ops.newest_table(p.last))::regclass and a.attname = '_dataset_id') as names_dataset
    from path p where not p.is_published
  loop
    return query execute format(
      $q$select jsonb_build_object(%s), %L::text, %L::text[], t%s._dataset_id, t%s._penerbit, t%s._from_batch, t%s._lokasi, t%s._fetched_at,
                row_number() over (partition by %s, %s order by %s t%s._fetched_at desc, t%s._dataset_id, t%s._penerbit, t%s._lokasi) = 1
         from %s t0%s where %s$q$,
      key, step.via, step.columns, step.depth, step.depth, step.depth, step.depth, step.depth,
      (select string_agg(format('t0.%I', k), ', ') from unnest(ops.primary_key(ops.nama_terbit(tabel)::regclass)) as k), step.object,
      case when step.names_dataset then format('(t%s._dataset_id = t%s._dataset_id) desc,', step.depth, step.depth - 1) else '' end,
      step.depth, step.depth, step.depth, step.depth, ops.nama_terbit(tabel), step.joins, chosen);
  end loop;
end $$;


-- A key of a restricted table may itself be what is restricted: who may not read the table learns nothing of its rows here either.
create or replace function quality.asal(nama text, nilai jsonb default '{}')
returns table (
  tabel text, kunci jsonb, melalui text, kolom text[], dataset text, produsen text, penerbit text, berbicara boolean, lokasi text,
  batch_id bigint, nomor_terima bigint, contract_sha256 text, code_version text, fetch_id bigint, url text, berkas text, sha256 text, bytes bigint,
  alamat_arsip text, diambil_pada timestamptz, rilis bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select $1 as tabel, r.kunci, r.melalui, r.kolom, d.dataset, d.produsen, r.penerbit, r.berbicara, r.lokasi,
         b.batch_id, r.from_batch, b.contract_sha256, b.code_version, f.fetch_id, f.url, coalesce(f.file_name, regexp_replace(f.url, '^.*/', '')), f.sha256, f.bytes,
         'sha256/' || left(f.sha256, 2) || '/' || f.sha256, coalesce(f.ended_at, r.diambil_pada),
         (select max(l.release_id) from ops.release l where l.state = 'published')
  from (select where not starts_with($1, 'mart_instansi.') or has_schema_privilege(session_user, 'mart_instansi', 'usage')) boleh
  cross join lateral ops.lineage_rows($1, $2) r
  join ops.dataset d using (dataset_id)
  left join ops.batch b on b.accept_no = r.from_batch
  -- A batch of several files says before the row which one it stands in.
  left join lateral (
    select f.* from ops.batch_fetch x join ops.fetch f using (fetch_id) where x.batch_id = b.batch_id
    order by starts_with(r.lokasi, 'halaman ' || f.halaman || ' ') or starts_with(r.lokasi, coalesce(f.file_name, regexp_replace(f.url, '^.*/', '')) || ' ') desc,
             f.fetch_id
    limit 1) f on true
$$;
