"""What the ledger says of every promised dataset, in one statement: fresh, there, valid, reachable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from satudata.score.formula import Inputs

OBSERVED = """
with promised as (
  select * from jsonb_to_recordset(%s) as r (dataset text, pemda text, opd text, publishers jsonb, metadata jsonb, licence boolean, is_closed boolean)),
expected as (
  select r.dataset, x.penerbit from promised r cross join jsonb_array_elements_text(r.publishers) as x (penerbit)),
newest as (  -- the period before the newest counts as well: a month that has just begun makes nobody late
  select e.dataset, (array_agg(distinct b.period_from order by b.period_from desc))[2] as before, max(b.period_from) as newest
  from expected e join ops.batch b using (dataset, penerbit) where b.state = 'accepted' and b.period_from is not null group by 1),
seen as (
  select e.dataset,
    case k.keadaan when 'segar' then 2 when 'perlu perhatian' then 1 when 'tanpa batas' then case when f.outcome in ('new', 'unchanged') then 2 else 0 end
         else 0 end as fresh,
    coalesce(f.outcome in ('new', 'unchanged'), false) as answered,
    exists (select from ops.batch b where b.dataset = e.dataset and b.penerbit = e.penerbit and b.state = 'accepted'
            and (n.newest is null or b.period_to >= coalesce(n.before, n.newest))) as has_come,
    v.state, case when v.state in ('failed', 'returned') then 0 else v.accepted + v.unchanged end as good,
    case when v.state is null then 0 when v.state in ('failed', 'returned') then greatest(v.fetched, 1) else v.accepted + v.unchanged + v.open end as judged
  from expected e
  left join newest n using (dataset)
  left join quality.kesegaran k using (dataset, penerbit)
  left join lateral (
    select f.outcome from ops.fetch f where f.dataset = e.dataset and f.penerbit = e.penerbit order by f.run_date desc, f.nilai desc, f.fetch_id desc
    limit 1) f on true
  left join lateral (
    select b.state, b.accepted, b.unchanged, b.fetched,
           (select count(*) from ops.quarantined_row q where q.batch_id = b.batch_id and q.state = 'open') as open
    from ops.batch b where b.dataset = e.dataset and b.penerbit = e.penerbit and b.replay_of is null order by b.batch_id desc limit 1) v on true),
counted as (
  select dataset, sum(fresh)::bigint as fresh, count(*) as publishers, count(*) filter (where answered) as answered,
         count(*) filter (where has_come) as has_come, sum(good)::bigint as good, sum(judged)::bigint as judged
  from seen group by 1),
release as (select * from ops.release where state = 'published' order by release_id desc limit 1)

select r.dataset, r.pemda, r.opd,
       jsonb_build_array(c.fresh, 2 * c.publishers) as kesegaran,
       r.metadata,
       jsonb_build_array(c.good, c.judged) as kesahihan,
       coalesce((
         select jsonb_build_array(k.checked - k.failed, k.checked) from ops.check_result k
         where k.dataset = r.dataset and k.rule_id = 'complete' and k.batch_id is null and k.release_id is null
           and k.outcome in ('pass', 'fail') and k.checked > 0
         order by k.check_result_id desc limit 1), jsonb_build_array(c.has_come, c.publishers)) as kelengkapan,
       case when not r.is_closed then jsonb_build_array(
         c.answered + c.publishers * (r.licence::integer + exists (
           select from release p join ops.batch b on b.accept_no <= least(p.cut_no, (p.pins ->> (b.dataset || '|' || b.penerbit))::bigint)
           where b.dataset = r.dataset and b.state = 'accepted')::integer), 3 * c.publishers) end as keterjangkauan
from promised r join counted c using (dataset)
order by r.pemda, r.opd, r.dataset"""


def observed(conn: Connection, promises: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Inputs]:
    """(code of the pemda, opd) -> the inputs of its score; `promises` as in `satudata.score.promised`."""
    found: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    with conn.cursor(row_factory=dict_row) as cursor:
        for row in cursor.execute(OBSERVED.encode(), [Jsonb(list(promises))]):
            found[row.pop("pemda"), row.pop("opd")][row.pop("dataset")] = row
    return dict(found)
