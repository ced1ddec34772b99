-- Codes that people give to published texts: who waits, what a text may mean, and that nothing of it is ever taken back.
comment on table ops.mapping is 'Padanan teks terbitan ke kode, ditetapkan orang; hanya ditambah, yang terbaru berlaku';
comment on column ops.mapping.mapping_id is 'Nomor padanan, menurut urutan ditetapkan';
comment on column ops.mapping.reference is 'Daftar acuan: wilayah, komoditas, indikator, satuan, atau lainnya';
comment on column ops.mapping.published is 'Teks sebagaimana diterbitkan, dalam huruf kecil';
comment on column ops.mapping.level is 'Level wilayah yang dimaksud kontrak; kosong untuk daftar lain';
comment on column ops.mapping.within is 'Kode induk, atau teks kolom induknya; kosong bila tidak disebut';
comment on column ops.mapping.system is 'Sistem kode menurut kontrak: kemendagri, bps, atau dapodik';
comment on column ops.mapping.code is 'Kode di daftar acuan; wilayah: kode Kemendagri';
comment on column ops.mapping.by is 'Siapa yang menetapkan';
comment on column ops.mapping.at is 'Kapan ditetapkan';
comment on column ops.mapping.reason is 'Alasannya';
revoke update, delete on ops.mapping from loader, transformer, steward;

alter table ops.unmapped_code add column penerbit text[] not null default '{}';
comment on table ops.unmapped_code is 'Teks terbitan yang belum berkode; barisnya diterima dan menunggu, belum terbit';
comment on column ops.unmapped_code.reference is 'Daftar acuan yang dimaksud kontrak';
comment on column ops.unmapped_code.published is 'Teks sebagaimana diterbitkan, dalam huruf kecil';
comment on column ops.unmapped_code.level is 'Level wilayah menurut kontrak';
comment on column ops.unmapped_code.within is 'Kode induk, atau teks kolom induknya';
comment on column ops.unmapped_code.system is 'Sistem kode menurut kontrak';
comment on column ops.unmapped_code.dataset is 'Dataset yang menerbitkannya';
comment on column ops.unmapped_code.rows is 'Banyaknya baris yang menunggu';
comment on column ops.unmapped_code.first_seen is 'Sejak kapan menunggu';
comment on column ops.unmapped_code.why is 'Sebabnya belum berkode';
comment on column ops.unmapped_code.penerbit is 'Penerbit yang barisnya menunggu; kosong bila datasetnya hanya punya satu';

-- A name without any word for a level and without what stands in brackets, whatever level was meant: wider than what is ever accepted by itself.
create function ops.bare_name(name text) returns text language sql immutable strict parallel safe as $$
  select ops.normal_name(regexp_replace(regexp_replace(name, '\([^)]*\)', ' ', 'g'),
                                        '^\s*(pro(v|p)(insi)?|kab(upaten)?|kota|kec(amatan)?|kel(urahan)?|desa|ds)\M\.?\s*(?=\S)', '', 'i'))
$$;
comment on function ops.bare_name is 'Nama tanpa sebutan levelnya dan tanpa isi tanda kurung: hanya untuk mengusulkan calon, tidak pernah untuk menetapkan';

-- What a text may mean, for a person to choose from: exact matches of its forms, wherever they stand. Nothing is ever taken from here by itself.
create function ops.candidates(reference text, published text, level text, within text, pemda text, most integer)
returns table (code text, name text, item_level text, place text) language sql stable as $$
  with form as (
    select distinct f.form from unnest(
      array[lower($2), ops.normal_name($2), ops.bare_name($2), 'kab:' || ops.bare_name($2), 'kota:' || ops.bare_name($2)]) as f (form)
    where f.form <> '' and ($1 = 'wilayah' or f.form !~ '^(kab|kota):')),
  named as (
    select r.code from ops.reference_form r join form on r.form = form.form where r.reference = $1
    union
    select i.code from ops.reference_item i
    where i.reference = $1 and $1 = 'wilayah' and (i.code = ops.kemendagri_code($2) or i.code_bps = ops.bps_code($2)))
  select i.code, i.name, i.level,
         (select string_agg(a.name, ', ' order by length(a.code) desc) from ops.reference_item a
          where a.reference = 'wilayah' and i.reference = 'wilayah' and length(a.code) between 5 and length(i.code) - 1 and starts_with(i.code, a.code || '.'))
  from named n join ops.reference_item i on i.reference = $1 and i.code = n.code
  order by $3 = '' or i.level = $3 desc, $4 <> '' and starts_with(i.code, $4 || '.') desc, $5 is not null and starts_with(i.code, $5) desc, i.code
  limit $6
$$;
comment on function ops.candidates is 'Calon kode sebuah teks yang belum berkode, untuk dipilih orang; yang sesuai level dan induknya lebih dulu';
