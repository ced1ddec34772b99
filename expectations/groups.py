"""A guard on groups that are gone: a file that lost a kecamatan is about as long as the one before, and no single cell tells.

What never changed in a publisher's last periods does. Each period of a batch is asked by itself, by what stands of it and of the periods before: a
file that carries its whole history names every kecamatan somewhere. Of days it is asked what the last month names, for a market has its days off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from psycopg import Connection

from contracts.models.checks import DEFAULT_SEVERITY
from contracts.periods import period_of
from expectations.rules.judged import Judged
from expectations.rules.sql import literal, quote
from expectations.verdict import CheckResult
from warehouse.code_columns import columns_of, place
from warehouse.trusted import Trusted, ensure_index, periods_near, trusted

STEADY = ((2, 20), (3, 5), (5, 2))
"""So many periods in a row with the same groups make a rule of it, if they are so many groups at least."""
LONGEST = STEADY[-1][0]
MOST_NAMED = 5
MOST_PERIODS, MOST_DAYS = 12, 31
"""Periods of a batch that are asked one by one, the newest ones; days that are asked together."""
BEGUN = 0.5
"""Less than this share of the groups, in a new period at the end of a longer file: others have still to report."""

Standing = Mapping[date, frozenset[str]]


@dataclass(frozen=True)
class Part:
    """Periods of a batch that are asked together, and what they name."""

    days: Sequence[date]
    """Newest first."""
    named: frozenset[str]

    def missing(self, standing: Standing) -> tuple[frozenset[str], frozenset[str]]:
        """Groups that should be named, if there is a rule; those of them that are not."""
        before = [standing[day] for day in sorted(standing, reverse=True) if day < self.days[-1]]
        now = frozenset[str]().union(*(standing[day] for day in self.days if day in standing))
        always = always_there(before) or (self.renamed(before) if len(self.days) == 1 and not now else frozenset())
        expected = (always or always_there([now, *before])) & now if now else always
        return expected, expected - self.named

    def renamed(self, before: Sequence[frozenset[str]]) -> frozenset[str]:
        """The groups of the last two periods, too few for a rule, if one of them is gone and another came in the same period."""
        last = before[:2]
        is_exchanged = len(last) == 2 and last[0] == last[1] and len(last[0]) > 1 and last[0] - self.named and self.named - last[0]
        return last[0] if is_exchanged else frozenset()


@dataclass(frozen=True)
class Gap:
    """What a part of the batch lacks."""

    part: Part
    expected: frozenset[str]
    gone: frozenset[str]


def missing_groups(conn: Connection, judged: Judged) -> Iterator[CheckResult]:
    """A finding per key column of which a value is missing that all of the last periods had; held, as `volume` is."""
    period, of = judged.contract.period, trusted(conn, judged.dataset.id, judged.history.penerbit)
    if period is None or period.column is None or of is None or len(judged.history.last_counts) == 0:
        return
    parts = _days(conn, judged)
    if not parts:
        return
    ensure_index(conn, of)
    near = _near(conn, of, parts)
    for name in judged.contract.key:
        column = judged.contract.columns[name]
        if name != period.column and column.type in ("text", "code", "wilayah") and not column.pribadi:
            yield from _missing(conn, judged, name, parts, _standing(conn, of, name, near))


def always_there(periods: Sequence[frozenset[str]]) -> frozenset[str]:
    """The groups of the last periods, newest first, if all had the same ones; empty where they did not, or are too few to tell."""
    for number, fewest in STEADY:
        if len(periods) < number or len(set(periods[:number])) > 1:
            return frozenset()
        if len(periods[0]) >= fewest:
            return periods[0]
    return frozenset()


def _days(conn: Connection, judged: Judged) -> list[list[date]]:
    """The periods of the batch, newest first, as they are asked: days together, and so what is appended, for it may be any part of a period."""
    strays = judged.strays.days if judged.strays else ()
    rows = conn.execute(
        f"""select distinct _periode_mulai from {judged.table} where _periode_mulai is not null and _periode_mulai <> all(%s::date[])
            order by 1 desc limit {MOST_DAYS}""",
        [list(strays)],
    ).fetchall()
    days = [row[0] for row in rows]
    period = judged.contract.period
    if period and period.grain == "hari":
        return [[day for day in days if (days[0] - day).days < MOST_DAYS]] if days else []
    return [[day] for day in days[:MOST_PERIODS]] if judged.contract.write != "append" else [days] if days else []


def _near(conn: Connection, of: Trusted, parts: Sequence[Sequence[date]]) -> set[date]:
    """The periods of the batch and those that stand before each part of it; a few more where what stands may be held."""
    before = LONGEST + min(len(of.held), LONGEST)
    found = {day for days in parts for day in periods_near(conn, of, days[-1] - timedelta(days=1), before)}
    return found.union(*parts)


def _standing(conn: Connection, of: Trusted, name: str, days: set[date]) -> Standing:
    """What each of these periods names now."""
    value, within = place(name, columns_of(conn, of.raw_table)), f"r._periode_mulai in ({', '.join(literal(str(day)) for day in days)})"
    rows = conn.execute(
        f"""select _periode_mulai, array_agg(distinct nilai) from (select {value}::text as nilai, r._periode_mulai from ({of.rows(within)}) r) x
            where nilai is not null group by 1""".encode()
    ).fetchall()
    return {day: frozenset(groups) for day, groups in rows}


def _named(conn: Connection, judged: Judged, name: str, parts: Sequence[Sequence[date]]) -> list[Part]:
    rows = conn.execute(
        f"select _periode_mulai, array_agg(distinct {quote(name)}) from {judged.table} where {quote(name)} is not null and _periode_mulai = any(%s) group by 1",
        [[day for days in parts for day in days]],
    ).fetchall()
    named = {day: frozenset(groups) for day, groups in rows}
    return [Part(days, frozenset[str]().union(*(named.get(day, ()) for day in days))) for days in parts]


def _missing(conn: Connection, judged: Judged, name: str, parts: Sequence[Sequence[date]], standing: Standing) -> Iterator[CheckResult]:
    gaps = list(_gaps(_named(conn, judged, name, parts), standing, is_replaced=judged.contract.write != "append"))
    if gaps:
        yield _result(judged, name, gaps, len(parts) > 1)


def _gaps(parts: Sequence[Part], standing: Standing, *, is_replaced: bool) -> Iterator[Gap]:
    """What is asked of each part: of those that stand, all that stands; of new ones the last that is more than begun, for later ones may name the rest."""
    is_asked = False
    for nth, part in enumerate(parts):
        is_new = not is_replaced or not any(day in standing for day in part.days)
        known = {day: standing[day] for day in standing if not is_new or day not in part.days}
        expected, gone = part.missing(known)
        is_begun = is_new and nth == 0 and len(parts) > 1 and len(expected - gone) < BEGUN * len(expected) and part.named <= expected
        if expected and not is_begun and not (is_new and is_asked):
            is_asked = is_asked or is_new
            yield Gap(part, expected, gone)


def _result(judged: Judged, name: str, gaps: Sequence[Gap], is_told: bool) -> CheckResult:
    """One result of a column; `is_told`: in which period something is missing is said, for the batch has several."""
    broken = [gap for gap in gaps if gap.gone]
    first = broken[0] if broken else gaps[0]
    gone, came = sorted(first.gone), sorted(first.part.named - first.expected)
    named, instead = _some(gone), f" (yang baru di sana: {_some(came)})" if came and broken else ""
    where = _where(judged, broken) if is_told and broken else ""
    return judged.result(
        rule_id=f"volume.{name}", rule="volume", scope="batch", column_name=name, severity=DEFAULT_SEVERITY["volume"],
        outcome="fail" if broken else "pass", checked=len(frozenset[str]().union(*(gap.expected for gap in gaps))),
        failed=len(frozenset[str]().union(*(gap.gone for gap in broken))), observed=named or f"{len(first.expected)} lengkap",
        expected=f"{len(first.expected)} nilai seperti di periode-periode sebelumnya", source="guard",
        message=f"{len(gone)} dari {len(first.expected)} {name} tidak ada{where}: {named}{instead}; selama ini setiap periode memuat semuanya. Bila memang "
        f"tidak ada lagi, setujui dengan `--terima volume.{name}`." if broken else None,
    )  # fmt: skip


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (f" dan {len(names) - MOST_NAMED} lainnya" if len(names) > MOST_NAMED else "")


def _where(judged: Judged, broken: Sequence[Gap]) -> str:
    grain = judged.contract.period.grain if judged.contract.period else "hari"
    others = f" (ada yang hilang juga di {len(broken) - 1} periode lain)" if len(broken) > 1 else ""
    return f" di periode {period_of(broken[0].part.days[0], grain)}{others}"
