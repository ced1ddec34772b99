-- A figure that an agency reports in another unit is compared after conversion; who sits at the table with it must recognise it.
alter table ops.conflict_report add column nilai_asal numeric, add column satuan_asal text;
comment on column ops.conflict_report.nilai_asal is 'Angka sebagaimana dilaporkan, dalam satuan_asal; kosong pada catatan dari sebelum kolom ini ada';
comment on column ops.conflict_report.satuan_asal is 'Satuan yang dipakai pelapor; kosong bila hanya tertulis di barisnya';

create function quality.tercatat(nilai_asal numeric, satuan_asal text, satuan text) returns text language sql immutable parallel safe as $$
  select case when satuan_asal <> satuan then 'tercatat ' || quality.angka(nilai_asal) || ' ' || satuan_asal end
$$;
comment on function quality.tercatat is 'Angka sebagaimana dilaporkan, bila satuannya bukan satuan bersama: tercatat 35250 kg';
