-- A model that no longer fits its table goes on in a new version beside it: what is traced is the version that is published now. An old one stays
-- as its last release left it, and the rows of today are not what it rests on.
create function ops.newest_table(model_name text) returns text language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select p.table_name from ops.published_table p where p.model = model_name order by p.version desc limit 1), model_name)
$$;
comment on function ops.newest_table is 'Tabel mart yang sekarang diperbarui dari sebuah model';

create or replace function ops.lineage_rows(tabel text, wanted jsonb default '{}')
returns table (kunci jsonb, melalui text, kolom text[], dataset_id integer, penerbit text, from_batch bigint, lokasi text, diambil_pada timestamptz, berbicara boolean)
language plpgsql stable as $$
declare
  model text := coalesce((select p.model from ops.published_table p where p.table_name = tabel), tabel);
  key text;
  chosen text;
  step record;
begin
  if tabel <> ops.newest_table(model) or not exists (select from ops.lineage_source l where l.table_name = model) or to_regclass(format('mart.%I', tabel)) is null then
    return;
  end if;
  select string_agg(format('%L, t0.%I', k, k), ', ') into key from unnest(ops.primary_key(format('mart.%I', tabel)::regclass)) as k;
  select coalesce(string_agg(case when v is null then format('t0.%I is null', k) else format('t0.%I = %L', k, v) end, ' and '), 'true') into chosen
  from jsonb_each_text(wanted) as w (k, v);
  for step in
    with recursive path as (
      select l.source, l.is_published, l.columns, tabel as via, model as last, 1 as depth,
             format(' join %s t1 on %s', case when l.is_published then format('mart.%I', ops.newest_table(l.source)) else l.source end,
                    replace(replace(l.condition, '$m.', 't0.'), '$s.', 't1.')) as joins
      from ops.lineage_source l where l.table_name = model
      union all
      select l.source, l.is_published, p.columns, p.via || ' < ' || p.source, p.source, p.depth + 1,
             p.joins || format(' join %s t%s on %s', case when l.is_published then format('mart.%I', ops.newest_table(l.source)) else l.source end, p.depth + 1,
                               replace(replace(l.condition, '$m.', 't' || p.depth || '.'), '$s.', 't' || p.depth + 1 || '.'))
      from path p join ops.lineage_source l on p.is_published and l.table_name = p.source
      where p.depth < 6)
    select p.*, coalesce((select string_agg(format('t%s.%I', p.depth - 1, k), ', ') from unnest(ops.primary_key(format('mart.%I', ops.newest_table(p.last))::regclass)) as k), 'true') as object,
           exists (select from pg_attribute a where a.attrelid = format('mart.%I', ops.newest_table(p.last))::regclass and a.attname = '_dataset_id') as names_dataset
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

create or replace view quality.lineage as
select a.tabel, a.kunci, a.melalui, a.kolom, a.dataset, a.produsen, a.penerbit, a.berbicara, a.lokasi, a.batch_id, a.nomor_terima, a.contract_sha256,
       a.code_version, a.fetch_id, a.url, a.berkas, a.sha256, a.bytes, a.alamat_arsip, a.diambil_pada, a.rilis
from (select distinct l.table_name from ops.lineage_source l) t cross join lateral quality.asal(ops.newest_table(t.table_name)) a;
