-- Numbers and addresses of persons are taken out wherever they stand: also beside a letter (`NIK3571...`), with dots (`0812.3456.7890`), in the
-- name of a file, of a sheet or of a place. A part of a figure is none of them: 112.0812345678 is a longitude.
-- Read side by side, with references that sqlfluff does not follow into lateral joins. -- noqa: disable=AL03,AL05,AM06,AM08,LT05,LT07,LT08,LT11,RF01,RF02,RF03,ST05,ST09
create or replace function quality.samarkan(published text) returns text language sql immutable parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(published,
    '[[:alnum:]._%+-]+@[[:alnum:]-]+([.][[:alnum:]-]+)+', '(disamarkan)', 'g'),
    '(?<![0-9]|[0-9][.,])[1-9][0-9]([ .-]?[0-9]{2}){2}[ .-]?(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])[ .-]?(0[1-9]|1[0-2])[ .-]?[0-9]{2}[ .-]?[0-9]{4}(?![0-9])',
    '(disamarkan)', 'g'),
    '(?<![0-9]|[0-9][.,])([+]?62[ .-]?|0[ -]?)8[1-9]([ .-]?[0-9]){7,10}(?![0-9])', '(disamarkan)', 'g')
$$;

create or replace view quality.baris_dikarantina as
select q.quarantined_row_id as baris_id, b.dataset, d.title as judul, b.penerbit, coalesce(d.opd, split_part(b.dataset, '.', 2)) as opd,
       coalesce(d.produsen, d.opd) as produsen, d.pemda, q.batch_id, quality.tanggal_batch(q.batch_id) as tanggal_putaran,
       quality.samarkan((select min(coalesce(f.file_name, f.url)) from ops.batch_fetch bf join ops.fetch f using (fetch_id) where bf.batch_id = q.batch_id)) as berkas,
       quality.samarkan(q.lokasi) as tempat, quality.samarkan(nullif(m.place[1], '')) as lembar, m.place[2]::bigint as baris_ke,
       quality.baris_teks(q.key, coalesce(s.columns, '{}')) as kunci, r.rule_id as aturan, c.column_name as kolom,
       case when c.column_name is null then null when c.column_name = any(s.columns) then '(disamarkan)'
            else coalesce(quality.samarkan(q.raw ->> c.column_name), '(kosong)') end as nilai,
       c.expected as seharusnya, quality.samarkan(r.message) as pesan, quality.baris_teks(q.raw, coalesce(s.columns, '{}')) as isi,
       q.state as keadaan, q.due as tenggat, q.due < quality.hari_ini() and q.state = 'open' as terlambat, q.by as oleh, q.reason as alasan, q.ended_at as berakhir_pada
from ops.quarantined_row q
join ops.batch b using (batch_id)
left join ops.dataset d on d.dataset = b.dataset
left join ops.personal_columns s on s.dataset_id = d.dataset_id
cross join lateral unnest(q.rule_ids, q.messages) as r (rule_id, message)
left join lateral regexp_match(q.lokasi, '^(?:(.*) )?baris (\d+)(?: kolom .*)?$') as m (place) on true
left join lateral (
  select k.column_name, k.expected from ops.check_result k where k.batch_id = q.batch_id and k.rule_id = r.rule_id order by k.check_result_id limit 1) c on true;
