"""A guard on what `write` would end: a batch that keeps too few of the keys that stand now is about something else, however many rows it has.

A file of another office, or one whose keys are written anew, is as long as ever; accepted, it ends every figure that was published. Where time
makes new keys nothing is held: rows that are appended, periods that were not there before, and lists of events, whose keys hold the day of each.
Of a list of days, which has the same things again on other days, it is asked whether those things are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from psycopg import Connection

from contracts.models.checks import DEFAULT_SEVERITY
from expectations.measuring.words import period as period_name
from expectations.rules.history import raw_value
from expectations.rules.judged import Judged
from expectations.rules.sql import joined, quote
from expectations.verdict import CheckResult
from warehouse.trusted import trusted

FEWEST_GONE = 3
OFTEN = 2
"""Rows that a thing of a list of days has at least, on average."""
MOST_NAMED = 3
IN_TIME = ("date", "timestamp", "period")


def kept_keys(conn: Connection, judged: Judged, known: int, aside: int, results: Sequence[CheckResult]) -> Iterator[CheckResult]:
    """A finding where not more than `min_share` of the keys that stand now come again; held, as `volume` is, and nothing is closed.

    `known`: rows that are known to equal one that stands, so that most daily batches need no look at their keys. `aside`: rows set
    aside, each of which may be about a key that is gone, misread; `max_quarantined` speaks of many. Not asked where `results`
    say already that rows are missing: a person would have to let the same through twice.
    """
    shrunk = next((one for one in results if one.rule_id == "volume" and one.outcome == "fail"), None)
    is_told = shrunk is not None and shrunk.waiver_id is None
    of = trusted(conn, judged.dataset.id, judged.history.penerbit) if _goes_on(judged) and not is_told else None
    if of is None:
        return
    rows = of.rows(_same_periods(judged))
    if _is_of_events(conn, judged, rows):
        return
    if standing := _count(conn, f"select count(*) from ({rows}) r"):
        is_sure = known > judged.contract.guards.min_share * standing
        yield (None if is_sure else _finding(conn, judged, rows, aside, may_be_fewer=shrunk is not None)) or _passed(judged, standing)


def with_known_keys(conn: Connection, judged: Judged, results: Sequence[CheckResult]) -> list[CheckResult]:
    """The results, with a word on the keys in that of `volume` where rows are missing: a short file may be the short file of somebody else."""
    return [_with_keys(conn, judged, one) if one.rule_id == "volume" and one.outcome == "fail" else one for one in results]


def _with_keys(conn: Connection, judged: Judged, shrunk: CheckResult) -> CheckResult:
    of = trusted(conn, judged.dataset.id, judged.history.penerbit) if _goes_on(judged) else None
    rows = of.rows(_same_periods(judged)) if of else ""
    if not rows or _is_of_events(conn, judged, rows):
        return shrunk
    keys = _keys(judged, rows)
    standing, gone, coming = _count(conn, f"select count(*) from ({keys}) k"), _gone(conn, keys), _coming(conn, judged)
    if not standing:
        return shrunk
    is_other = standing - gone <= judged.contract.guards.min_share * min(standing, coming)
    among = " pada periode yang sama" if _period_column(judged) else ""
    said = f"{standing - gone} dari {standing} kunci ({', '.join(_names(judged))}) yang sekarang berlaku{among} ada di kiriman ini"
    said += f"{_examples(conn, judged, keys, 'tidak ada misalnya')}; periksa apakah berkasnya tertukar." if is_other else "."
    return replace(shrunk, message=f"{shrunk.message} {said}")


def _goes_on(judged: Judged) -> bool:
    contract = judged.contract
    is_measured = bool(judged.history.last_counts) and contract.guards.min_share > 0
    return is_measured and contract.write != "append" and bool(_names(judged))


def _is_of_events(conn: Connection, judged: Judged, rows: str) -> bool:
    """Whether the keys hold days of which most things have one: of a list that goes on, other days bring other things."""
    if _period_column(judged) or len(_names(judged)) == len(judged.contract.key):
        return False
    things = f"select distinct {_named(judged)} from ({rows}) r"
    return OFTEN * _count(conn, f"select count(*) from ({things}) k") > _count(conn, f"select count(*) from ({rows}) r")


def _names(judged: Judged) -> list[str]:
    """What the rows are about: the key without its days. A month's list that bears another day of the month is about the same."""
    return [name for name in judged.contract.key if judged.contract.columns[name].type not in IN_TIME]


def _period_column(judged: Judged) -> str | None:
    return judged.contract.period.column if judged.contract.period else None


def _same_periods(judged: Judged) -> str:
    """SQL on a raw row `r`: what the batch speaks of as well."""
    return f"r._periode_mulai in (select distinct _periode_mulai from {judged.table})" if _period_column(judged) else "true"


def _passed(judged: Judged, standing: int) -> CheckResult:
    return _result(judged)(outcome="pass", checked=standing, failed=0, observed=None, message=None)


def _result(judged: Judged) -> Callable[..., CheckResult]:
    return partial(
        judged.result, rule_id="volume.kunci.bertahan", rule="volume", scope="batch", column_name=None, severity=DEFAULT_SEVERITY["volume"],
        expected=f"lebih dari {judged.contract.guards.min_share:.0%} kunci yang sekarang berlaku ada lagi", source="guard",
    )  # fmt: skip


def _finding(conn: Connection, judged: Judged, rows: str, aside: int, *, may_be_fewer: bool) -> CheckResult | None:
    """`may_be_fewer`: by a waiver; then the keys that come are to be known ones, however few."""
    key, keys = _names(judged), _keys(judged, rows)
    standing, gone = _count(conn, f"select count(*) from ({keys}) k"), _gone(conn, keys)
    coming = _coming(conn, judged) if may_be_fewer else standing
    if gone - aside < FEWEST_GONE or standing - gone + aside > judged.contract.guards.min_share * min(standing, coming):
        return None
    among = " pada periode yang sama" if _period_column(judged) else ""
    message = (
        f"{gone} dari {standing} kunci ({', '.join(key)}) yang sekarang berlaku{among} tidak ada di kiriman ini{_examples(conn, judged, keys)}. Periksa"
        " apakah berkasnya tertukar atau cara menulis kuncinya berganti; bila memang diganti seluruhnya, setujui dengan `--terima volume.kunci.bertahan`."
    )
    return _result(judged)(
        outcome="fail", checked=standing, failed=gone, observed=f"{standing - gone} dari {standing} ada lagi", message=message
    )


def _keys(judged: Judged, rows: str) -> str:
    """SQL: the keys that stand now, and whether each is in the batch."""
    named, same = _named(judged), " and ".join(f"s.{quote(name)} = k.{quote(name)}" for name in _names(judged))
    if _period_column(judged):
        named, same = f"{named}, r._periode_mulai", f"{same} and s._periode_mulai = k._periode_mulai"
    return f"select k.*, exists (select from {judged.table} s where {same}) as is_here from (select distinct {named} from ({rows}) r) k"


def _named(judged: Judged) -> str:
    return ", ".join(f"{raw_value(name, judged)} as {quote(name)}" for name in _names(judged))


def _gone(conn: Connection, keys: str) -> int:
    return _count(conn, f"select count(*) from ({keys}) k where not is_here")


def _coming(conn: Connection, judged: Judged) -> int:
    return _count(conn, f"select count(*) from (select distinct {', '.join(map(quote, _names(judged)))} from {judged.table}) s")


def _examples(conn: Connection, judged: Judged, keys: str, word: str = "misalnya") -> str:
    """Some of the keys that are gone, each once, with the latest period it is missing from; none where they may name a person."""
    key = _names(judged)
    if any(judged.contract.columns[name].pribadi for name in key):
        return ""
    text = joined(" / ", (f"ops.masked({quote(name)}::text)" for name in key))
    period = judged.contract.period if _period_column(judged) else None
    when = f"' (' || {period_name(period.grain, 'max(_periode_mulai)')} || ')'" if period else "''"
    query = f"select {text} || {when} from ({keys}) k where not is_here group by {text} order by {text} limit {MOST_NAMED}"
    rows = conn.execute(query.encode()).fetchall()
    return f", {word} {', '.join(row[0] for row in rows)}"


def _count(conn: Connection, query: str) -> int:
    row = conn.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0
