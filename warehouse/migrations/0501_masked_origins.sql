-- The place of a row names its header, where the header is a part of what the row says: it may hold a person's number as a cell may.
-- Read side by side with what it replaces. -- noqa: disable=AL01,AL03,AL05,LT01,LT02,LT05,LT07,RF01,RF02,RF03,ST06
create or replace function quality.asal(nama text, nilai jsonb default '{}')
returns table (
  tabel text, kunci jsonb, melalui text, kolom text[], dataset text, produsen text, penerbit text, berbicara boolean, lokasi text,
  batch_id bigint, nomor_terima bigint, contract_sha256 text, code_version text, fetch_id bigint, url text, berkas text, sha256 text, bytes bigint,
  alamat_arsip text, diambil_pada timestamptz, rilis bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select $1 as tabel, r.kunci, r.melalui, r.kolom, d.dataset, d.produsen, r.penerbit, r.berbicara, ops.masked(r.lokasi),
         b.batch_id, r.from_batch, b.contract_sha256, b.code_version, f.fetch_id, f.url,
         ops.masked(coalesce(f.file_name, regexp_replace(f.url, '^.*/', ''))), f.sha256, f.bytes,
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
