-- A name that a contract gives to a column, as people read it: jenis_ppks is Jenis PPKS. Which words are acronyms is a list of the registry.
create function ops.label(name text) returns text language plpgsql stable as $$
declare
  said text := initcap(replace(name, '_', ' '));
  acronym text;
begin
  for acronym in select r.code from ops.reference_item r where r.reference = 'singkatan' order by length(r.code) desc, r.code loop
    said := regexp_replace(said, '\m' || replace(acronym, '/', ' ') || '\M', acronym, 'gi');
  end loop;
  return said;
end $$;
comment on function ops.label is 'Nama kolom atau klasifikasi sebagaimana dibaca orang; singkatan di daftar acuan singkatan tetap berhuruf besar';
