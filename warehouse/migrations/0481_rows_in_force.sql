-- A delivery of one month replaces that month: the months before it stand beside it. Counted in raw only where the ledger tells that something does.
create function ops.rows_in_force() returns table (dataset_id integer, baris bigint) language plpgsql stable as $$
declare
  part record;
begin
  for part in
    select to_regclass(d.raw_table) as raw_table, array_agg(d.dataset_id) as datasets
    from ops.cut_dataset d
    where d.akses in ('terbuka', 'terbatas') and to_regclass(d.raw_table) is not null and exists (
      select from ops.batch b cross join ops.cut c left join ops.cut_pin p on p.dataset = b.dataset and p.penerbit = b.penerbit
      join lateral (
        select n.periods from ops.batch n
        where n.dataset = b.dataset and n.penerbit = b.penerbit and n.nilai = b.nilai and n.state = 'accepted' and n.replay_of is null
        and n.accept_no <= least(c.cut_no, p.up_to_no)
        order by n.accept_no desc limit 1) as newest on true
      where b.dataset = d.dataset and b.state = 'accepted' and b.accept_no <= least(c.cut_no, p.up_to_no) and not newest.periods @> b.periods)
    group by 1
  loop
    return query execute format(
      $q$select r._dataset_id, count(*)
         from %s r
         join ops.cut_dataset d on d.dataset_id = r._dataset_id
         cross join ops.cut c
         left join ops.cut_pin p on p.dataset = d.dataset and p.penerbit = r._penerbit
         where r._dataset_id = any($1) and r._from_batch <= least(c.cut_no, p.up_to_no)
         and (r._to_batch is null or r._to_batch > least(c.cut_no, p.up_to_no))
         group by 1$q$, part.raw_table) using part.datasets;
  end loop;
end $$;
comment on function ops.rows_in_force is 'Baris yang terlihat transform ini, dari dataset yang sebagian periodenya tidak ada di kiriman terakhirnya';
