"""Checks over several batches or datasets, judged before conform: what contradicts is held back by a pin, and never stops a load.

Judged again only when something they rest on has changed, and written only where the outcome did: so the ledger says once when a contradiction
began and when it ended. A pin lasts as long as its contradiction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial

import psycopg
from psycopg import Connection

from contracts import clock
from contracts.dataset import Dataset
from contracts.references import references_sha256
from expectations.lintas.across import Across, Seen, across, rule_of
from expectations.lintas.completeness import completeness
from expectations.lintas.parts import parts
from expectations.lintas.same_figures import same_figures
from expectations.verdict import CheckResult
from satudata.findings.due import due_date
from satudata.journal.releases import ACROSS
from satudata.session import archive
from warehouse.issues import BROKEN, close_mended, open_broken
from warehouse.journal import Entry, write
from warehouse.ledger import Scope
from warehouse.opening import is_lost
from warehouse.pins import pin, unpin
from warehouse.references import load_references
from warehouse.releases import newest
from warehouse.waivers import in_force

VERSION = 2
"""Of what is judged here; another one judges everything anew."""
Due = Mapping[str, date]
"""Dataset -> until when what is found now is to be mended."""
COLUMNS = (
    "dataset", "penerbit", "rule_id", "rule", "scope", "column_name", "severity", "outcome", "checked", "failed", "observed", "expected", "message",
    "source", "waiver_id", "judged_at",
)  # fmt: skip
LAST = """
    select distinct on (dataset, penerbit, rule_id) dataset, penerbit, rule_id, rule, column_name, severity, outcome, failed, message
    from ops.check_result where batch_id is null and release_id is null and scope = 'lintas' and source = 'guard'
    order by dataset, penerbit, rule_id, check_result_id desc"""


def judge_across(conn: Connection, datasets: Iterable[Dataset], run_date: date) -> bool:
    """Judge all rules of scope *lintas* as of `run_date`, and hold or let go; False where nothing has changed since they were judged.

    `conn` is the loader's, in autocommit; the caller is the only transform that runs.
    """
    known = sorted(datasets, key=lambda dataset: dataset.id)
    by_id, run_date = {dataset.id: dataset for dataset in known}, _not_before(conn, run_date)
    digest = _digest(conn, known, run_date)
    if conn.execute("select digest from ops.across").fetchone() == (digest,):
        return False
    load_references(conn)
    last = newest(conn)
    judged = _judged(conn, known, run_date, last.seen if last else lambda _dataset, _penerbit: 0)
    found = [_waived(conn, one, run_date) for one in judged]
    with conn.transaction():
        at = clock.now()
        due = {name: due_date(by_id.get(name), run_date) for name in {one.result.dataset for one in found}}
        changed = set_down(conn, found, at, due)
        conn.execute("delete from ops.across")
        conn.execute("insert into ops.across values (%s, %s)", [digest, at])
        if changed:
            said = [{"result": asdict(one.result), "holds": [[*scope, up_to] for scope, up_to in one.holds.items()]} for one in found]
            write(conn, archive().put_json, Entry(ACROSS, at, {"found": said, "due": due}))
    return True


def set_down(conn: Connection, found: Sequence[Across], at: datetime, due: Due) -> bool:
    """Write what was judged, and hold or let go; whether anything is other than it was. Within the caller's transaction."""
    wrote = _write(conn, found, at, due)
    return _hold(conn, found, at) or wrote


def _judged(conn: Connection, datasets: Sequence[Dataset], run_date: date, seen: Seen) -> Iterator[Across]:
    for dataset in datasets:
        yield from _computed(dataset.id, "complete", partial(completeness, conn, dataset, run_date, seen))
        yield from _computed(dataset.id, "same_as_dataset", partial(same_figures, conn, dataset, run_date, seen))
    yield from _computed("", "parts", partial(parts, conn, {dataset.id: _tolerance(dataset) for dataset in datasets}, seen))


def _computed(dataset: str, rule: str, judge: Callable[[], Iterable[Across]]) -> list[Across]:
    """A rule that cannot be computed is an outcome of its own, and keeps no other from being judged."""
    try:
        return list(judge())
    except psycopg.Error as error:
        if is_lost(error):
            raise
        message = f"Aturan {rule} tidak dapat dihitung: {str(error).splitlines()[0]}."
        return [Across(across(dataset, rule, f"{rule}.galat", "error", message=message))]


def _waived(conn: Connection, one: Across, day: date) -> Across:
    """What a dataset is let off for a while is a warning and holds nothing."""
    if one.result.outcome != "fail":
        return one
    waived = in_force(conn, Scope(one.result.dataset, one.result.penerbit), day)
    waiver = waived.get(one.result.rule_id) or waived.get(rule_of(one.result.rule_id))
    return one if waiver is None else Across(replace(one.result, severity="warn", waiver_id=waiver))


def _tolerance(dataset: Dataset) -> float:
    return max((item.rekonsiliasi.tolerance or 0.0 for item in dataset.items), default=0.0)


def _not_before(conn: Connection, run_date: date) -> date:
    """A day fetched once more does not turn the calendar back."""
    row = conn.execute("select max(run_date) from ops.release where state = 'published'").fetchone()
    return max(run_date, row[0]) if row and row[0] else run_date


def _digest(conn: Connection, datasets: Iterable[Dataset], run_date: date) -> str:
    """Of all that the judgements rest on.

    What a transform released is not among them: it saw no further than the holds let it, so it moves none. Going back to an earlier release may.
    """
    (ledger,) = conn.execute(
        """select jsonb_build_array(
             (select coalesce(max(accept_no), 0) from ops.batch where accept_no <= ops.settled_no()),
             (select jsonb_agg(s order by s.state) from (select state, count(*) from ops.batch where accept_no is not null group by state) s),
             (select coalesce(max(release_id), 0) from ops.release where kind <> 'transform'), (select coalesce(max(mapping_id), 0) from ops.mapping),
             (select jsonb_build_array(count(*), count(ended_at)) from ops.waiver), (select count(*) from ops.accepted_difference))::text"""
    ).fetchone()  # type: ignore[misc]
    contracts = [(dataset.id, dataset.sha256, _tolerance(dataset)) for dataset in datasets]
    return hashlib.sha256(json.dumps([VERSION, str(run_date), ledger, references_sha256(), contracts]).encode()).hexdigest()


def _write(conn: Connection, found: Iterable[Across], at: datetime, due: Due) -> bool:
    """Write what differs from the last judgement; what was broken and is judged no more has passed, unless its rule could not be computed."""
    last = {(row[0], row[1], row[2]): row for row in conn.execute(LAST).fetchall()}
    now = {(one.result.dataset, one.result.penerbit, one.result.rule_id): one.result for one in found}
    results = [result for key, result in now.items() if key not in last or last[key][5:] != _said(result)]
    unknown = {(result.dataset, result.rule) for result in now.values() if result.outcome == "error"}
    unproven: list[CheckResult] = []
    for key, (dataset, penerbit, rule_id, rule, column, severity, outcome, *_) in last.items():
        if key not in now and outcome in BROKEN:
            is_over = not unknown & {(dataset, rule), ("", rule)}
            ended = across(dataset, rule, rule_id, "pass" if is_over else outcome, penerbit=penerbit, column=column, severity=severity)
            (results if is_over else unproven).append(ended)
    with conn.cursor() as cursor:
        cursor.executemany(
            f"insert into ops.check_result ({', '.join(COLUMNS)}) values ({', '.join(['%s'] * len(COLUMNS))})",
            [[{**asdict(result), "judged_at": at}[name] for name in COLUMNS] for result in results],
        )
    _tell(conn, [*now.values(), *unproven], results, at, due)
    return bool(results)


def _said(result: CheckResult) -> tuple[object, ...]:
    return result.severity, result.outcome, result.failed, result.message


def _tell(conn: Connection, now: Sequence[CheckResult], changed: Sequence[CheckResult], at: datetime, due: Due) -> None:
    """Open the issues of what is broken, close those of what is whole again."""
    for dataset, penerbit in sorted({(result.dataset, result.penerbit) for result in changed}):
        mine = [[asdict(one) for one in every if (one.dataset, one.penerbit) == (dataset, penerbit)] for every in (changed, now)]
        open_broken(conn, Scope(dataset, penerbit), mine[0], at=at, batch_id=None, due=due.get(dataset))
        close_mended(conn, Scope(dataset, penerbit), mine[1], at=at, batch_id=None, scopes=("lintas",))


def _hold(conn: Connection, found: Iterable[Across], at: datetime) -> bool:
    """Bring the pins of this kind to what is broken now; one that stays keeps its day. What could not be computed lets nothing go.

    Returns whether any is other than it was.
    """
    found, before = list(found), _pins(conn)
    computed = all(one.result.outcome != "error" for one in found)
    wanted: dict[tuple[str, str], list[tuple[int, CheckResult]]] = {}
    for one in found:
        for scope, up_to in one.holds.items():
            wanted.setdefault(scope, []).append((up_to, one.result))
    there = {
        (row[0], row[1]): (row[2], row[3])
        for row in conn.execute("select dataset, penerbit, up_to_no, since from ops.pin where kind = 'lintas'").fetchall()
    }
    for dataset, penerbit in there if computed else ():
        if (dataset, penerbit) not in wanted:
            unpin(conn, dataset, penerbit, "lintas")
    for (dataset, penerbit), why in wanted.items():
        up_to, since = min(number for number, _ in why), there.get((dataset, penerbit), (None, at))
        if computed:
            unpin(conn, dataset, penerbit, "lintas")
        pin(
            conn, dataset, penerbit, "lintas", up_to, " ".join(result.message or result.rule_id for _, result in why),
            since[1] if since[0] == up_to else at, rules=sorted({result.rule_id for _, result in why}),
        )  # fmt: skip
    return _pins(conn) != before


def _pins(conn: Connection) -> list[tuple[object, ...]]:
    return conn.execute("select * from ops.pin where kind = 'lintas' order by dataset, penerbit").fetchall()
