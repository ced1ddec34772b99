-- What keeps a dataset from being published says where the rows stand that failed, not only what the test is called.
create function ops.said_by_tests(p ops.pin) returns text language sql stable security definer set search_path = pg_catalog as $$
  select string_agg(f.message, ' ' order by f.rule_id)
  from (select distinct on (c.rule_id) c.rule_id, c.message
        from ops.check_result c
        where p.kind = 'test' and c.dataset = p.dataset and c.rule_id = any(p.rules) and c.batch_id is null and c.release_id is null
        and c.outcome = 'fail' and c.message is not null
        order by c.rule_id, c.check_result_id desc) f
$$;
comment on function ops.said_by_tests is 'Kalimat uji yang menahan sebuah dataset dari terbit: berapa baris, di mana, dan apa yang salah; kosong bila bukan uji yang menahannya';

create or replace function quality.langkah_tertahan(kind text, dataset text, rules text []) returns text language sql stable as $$
  select case kind
    when 'batch' then 'satudata review list'
    when 'test' then 'betulkan barisnya di sumber, lalu satudata run ' || dataset || ' dan satudata release publish; yang tertahan: satudata status'
    when 'metadata' then 'isi daftar_data.yml, lalu satudata release publish'
    when 'rollback' then 'satudata release resume ' || dataset
    when 'withdrawn' then 'satudata release list'
    else (select string_agg('satudata waiver add ' || dataset || ' ' || regexp_replace(x.rule_id, '[.]lintas$', '') || ' --sampai TTTT-BB-HH --alasan ...',
                            '; ' order by x.rule_id)
          from unnest(rules) as x (rule_id)) end
$$;

create or replace view quality.terbit_sementara as
with release as (select * from ops.release where state = 'published' order by release_id desc limit 1)

select p.dataset, p.judul, p.penerbit, p.penerbit_nama, p.opd, p.produsen, p.pemda, p.nilai, p.putusan, p.batch_id as batch_tertahan,
       coalesce(n.since, p.tanggal_putaran) as tertahan_sejak, coalesce(quality.samarkan(n.reasons), p.kalimat) as sebab, v.batch_id as batch_terbit,
       quality.tanggal_batch(v.batch_id) as tanggal_terbit, v.period_from as periode_dari, v.period_to as periode_sampai, v.accepted + v.unchanged as baris_terbit,
       r.release_id as rilis,
       case when a.akses = 'tertutup' then 'Tidak diterbitkan: aksesnya tertutup.'
            when v.batch_id is null then 'Belum ada angka yang terbit.'
            else 'Tetap terbit: data yang diambil ' || quality.tanggal(quality.tanggal_batch(v.batch_id)) || ' (batch ' || v.batch_id || ', rilis ' || r.release_id || ').'
            end as kalimat,
       coalesce(n.steps, case when p.putusan = 'ditahan' then 'satudata review list' else 'satudata run ' || p.dataset end) as langkah
from quality.putaran p
join quality.penerbit a using (dataset, penerbit)
left join lateral (
  select min(coalesce(quality.tanggal_batch(h.batch_id), (i.since at time zone 'Asia/Jakarta')::date)) as since,
         string_agg(coalesce(ops.said_by_tests(i), i.reason), ' ' order by i.since) as reasons, min(i.up_to_no) as up_to_no,
         string_agg(quality.langkah_tertahan(i.kind, i.dataset, i.rules),
                    '; ' order by i.since) as steps
  from ops.pin i
  left join lateral (
    select coalesce(i.batch_id, (select b.batch_id from ops.batch b where b.dataset = i.dataset and b.penerbit = i.penerbit and b.accept_no > i.up_to_no
                                 order by b.accept_no limit 1)) as batch_id) h on true
  where i.dataset = p.dataset and i.penerbit = p.penerbit) n on true
left join release r on true
left join lateral (
  select b.* from ops.batch b
  where b.dataset = p.dataset and b.penerbit = p.penerbit and b.nilai = p.nilai and b.replay_of is null and b.state in ('accepted', 'held')
    and b.accept_no <= least(r.cut_no, (r.pins ->> (p.dataset || '|' || p.penerbit))::bigint)
  order by b.batch_id desc limit 1) v on true
where p.putusan in ('gagal diambil', 'tidak ada kiriman', 'gagal dinilai', 'ditahan', 'dikembalikan') or n.up_to_no is not null;
