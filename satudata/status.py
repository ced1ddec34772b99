"""`satudata status`: what stands where, from the ledger alone; the display and `--json` are made from the same object."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from contracts import clock
from contracts.models.pemda import retired_name
from contracts.registry import Registry, load_registry
from satudata.clock_notes import clock_notes
from satudata.ids_loaded import publishers_of, years_of
from satudata.review.across_list import across_list
from satudata.review.behind import behind_list
from satudata.source_notes import calendar_notes
from warehouse.releases import last_release
from warehouse.skipped import skipped_rules

COUNTS = ("read", "fetched", "accepted", "unchanged", "quarantined", "waiting", "closed", "rejected")
VANISHED = (
    "Kontraknya tidak ada lagi, dan datanya tidak disebut di retired.yml; angka yang pernah diterima tetap terbit."
    " Kembalikan kontraknya, atau catat di sources/retired.yml."
)
STRUCK = (
    "Penerbit ini tidak diminta lagi oleh kontraknya (`for_each`); angka yang pernah diterima tetap terbit."
    " Kembalikan ke `for_each`, atau akhiri di sources/retired.yml dengan nama `{name}`."
)
SCOPES = """
with run as (
  select dataset, penerbit, nilai from ops.fetch f
  where run_date = (select max(l.run_date) from ops.fetch l where l.dataset = f.dataset and l.penerbit = f.penerbit) group by 1, 2, 3),
verdict as (
  select distinct on (dataset, penerbit, nilai) b.* from ops.batch b join run using (dataset, penerbit, nilai) where b.replay_of is null
  order by dataset, penerbit, nilai, batch_id desc),
replayed as (
  select replay_of as batch_id, sum(accepted) as accepted, sum(unchanged) as unchanged, sum(waiting) as waiting, sum(fetched - quarantined) as let_in
  from ops.batch where replay_of in (select batch_id from verdict) and state = 'accepted' group by 1),
batches as (
  select dataset, penerbit,
         case when bool_or(state = 'failed') then 'failed' when bool_or(state = 'held') then 'held'
              when bool_or(state = 'returned') then 'returned' else max(state) end as state,
         sum(read)::bigint as read, sum(fetched)::bigint as fetched, sum(v.accepted + coalesce(r.accepted, 0))::bigint as accepted,
         sum(v.unchanged + coalesce(r.unchanged, 0))::bigint as unchanged, sum(quarantined - coalesce(let_in, 0))::bigint as quarantined,
         sum(v.waiting + coalesce(r.waiting, 0))::bigint as waiting, sum(closed)::bigint as closed, sum(rejected)::bigint as rejected,
         (array_agg(error_class order by batch_id desc) filter (where state in ('failed', 'held')))[1] as error_class,
         (array_agg(message order by batch_id desc) filter (where state in ('failed', 'held')))[1] as message
  from verdict v left join replayed r using (batch_id) group by dataset, penerbit),
dropped as (
  select dataset, penerbit, jsonb_object_agg(why, rows) as dropped from (
    select v.dataset, v.penerbit, d.key as why, sum(d.value::bigint)::bigint as rows
    from verdict v join ops.batch b on b.batch_id = v.batch_id or (b.replay_of = v.batch_id and b.state = 'accepted'),
         jsonb_each_text(b.dropped) d where d.value <> '0' group by 1, 2, 3) counted
  group by dataset, penerbit),
fetches as (
  select distinct on (dataset, penerbit) dataset, penerbit, outcome, ended_at, error_class, message
  from ops.fetch order by dataset, penerbit, fetch_id desc),
success as (
  select dataset, penerbit, max(ended_at) filter (where outcome in ('new', 'unchanged')) as last_success_at from ops.fetch group by dataset, penerbit)
select f.dataset as id, f.penerbit,
       case when f.outcome in ('failed', 'absent') then f.outcome else coalesce(b.state, 'fetched') end as state,
       coalesce(b.read, 0) as read, coalesce(b.fetched, 0) as fetched, coalesce(b.accepted, 0) as accepted, coalesce(b.unchanged, 0) as unchanged,
       coalesce(b.quarantined, 0) as quarantined, coalesce(d.dropped, '{}') as dropped, coalesce(b.waiting, 0) as waiting,
       coalesce(b.closed, 0) as closed, coalesce(b.rejected, 0) as rejected,
       case when f.outcome = 'failed' then f.error_class else b.error_class end as error_class,
       case when f.outcome = 'failed' then f.message else b.message end as message,
       f.outcome as last_fetch, s.last_success_at
from fetches f left join batches b using (dataset, penerbit) left join dropped d using (dataset, penerbit) left join success s using (dataset, penerbit)
order by 1, 2"""


def status(conn: Connection) -> dict[str, Any]:
    """{as_of, release, datasets, marts, across, behind, notes} as JSON can carry it; `across`, `behind`: see `satudata.review`.

    Counts of a dataset are those of its last verdict for each value of `each` asked for on its last day: fetched = accepted + unchanged +
    quarantined + dropped (+ rejected, the rows of a failed batch); what a replay let in counts as accepted. `skipped`: rule -> why its newest verdict
    could not ask it. `last_success_at` is the last time the source answered. What the
    registry holds and nobody has run is `never`; a contract that cannot run is `broken`, whatever its last verdict was; what `retired.yml`
    names is `retired`, what has neither a contract nor an entry there `unknown`, and a publisher with rows whom its contract asks no more `unlisted`.
    """
    with conn.cursor(row_factory=dict_row) as cursor:
        datasets = [_dataset(row) for row in cursor.execute(SCOPES).fetchall()]
        skipped = skipped_rules(conn)
    for row in datasets:
        row["skipped"] = skipped.get((row["id"], row["penerbit"]), {})
    release, registry = last_release(conn), load_registry()
    return {
        "as_of": clock.of_today().isoformat(),
        "release": release and release["release_id"],
        "datasets": _with_registry(datasets, registry, set(registry.without_request(publishers_of(conn)))),
        "marts": release["marts"] if release else [],
        "across": across_list(conn),
        "behind": behind_list(conn),
        "notes": [*clock_notes(conn), *calendar_notes(registry.datasets.values(), clock.today(), years_of(conn))],
    }


def _with_registry(datasets: list[dict[str, Any]], registry: Registry, struck: Collection[tuple[str, str]]) -> list[dict[str, Any]]:
    """The ledger's datasets and those only the registry knows; broken contracts say so."""
    known = {row["id"] for row in datasets}
    broken = {error.dataset: error for error in registry.broken if error.dataset}
    missing = [_unseen(name) for name in {*registry.datasets, *broken} - known]
    vanished = set(registry.without_contract(known))
    for row in (*datasets, *missing):
        name = retired_name(row["id"], row["penerbit"])
        if row["id"] in broken:
            row |= {"state": "broken", "error": {"class": "BrokenContract", "message": broken[row["id"]].message}}
        elif {row["id"], name} & registry.retired.keys():
            row |= {"state": "retired", "error": None}
        elif row["id"] in vanished:
            row |= {"state": "unknown", "error": {"class": "UnknownDataset", "message": VANISHED}}
        elif (row["id"], row["penerbit"]) in struck:
            row |= {"state": "unlisted", "error": {"class": "UnknownPublisher", "message": STRUCK.format(name=name)}}
    return sorted([*datasets, *missing], key=lambda row: (row["id"], row["penerbit"]))


def _unseen(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "penerbit": "",
        "state": "never",
        **dict.fromkeys(COUNTS, 0),
        "dropped": {},
        "skipped": {},
        "last_fetch": None,
        "last_success_at": None,
        "error": None,
    }


def _dataset(row: dict[str, Any]) -> dict[str, Any]:
    error_class, message = row.pop("error_class"), row.pop("message")
    row["error"] = {"class": error_class, "message": message} if message else None
    row["last_success_at"] = row["last_success_at"] and row["last_success_at"].isoformat()
    return row
