"""complete: every member of an expected universe has reported - 46 of 46 kelurahan, all 26 kinds of PPKS - and who has not.

With `for_each` one publisher is one batch, so no batch can know; it is judged over all of them, once the period's deadline has passed. What
readers see already stays; what came later for a period with gaps waits for the rest of it, or for a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from psycopg import Connection

from contracts.dataset import Dataset
from contracts.periods import bounds, period_of, previous
from contracts.references import market_closed, reference_codes, reference_rows, regions_within
from expectations.lintas.across import Across, Seen, across, before_unseen
from expectations.lintas.deadline import deadline, promised_date
from expectations.lintas.reported import Group, reported

LEVELS = ("provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan")
MOST_NAMED = 10
PRICES = "harga_komoditas"
"""The concept whose days are days of the market."""


@dataclass(frozen=True)
class Gap:
    """A group of figures that not all have reported."""

    group: Group
    missing: Sequence[str]


def completeness(conn: Connection, dataset: Dataset, run_date: date, seen: Seen) -> list[Across]:
    """Judge the periods that are due as of `run_date`; [] where the contract expects nothing. In a transaction of its own."""
    expect = dataset.contract.expect
    if expect is None:
        return []
    universe = _universe(dataset)
    groups = [group for group in reported(conn, dataset, seen) if universe]
    due = [group for group in (*groups, *_silent(dataset, groups, run_date)) if _is_due(dataset, group, run_date)]
    newest = max((group.ends for group in due if group.ends), default=None)
    judged = [group for group in due if group.ends == newest or any(no > seen(dataset.id, who) for who, no in group.newest.items())]
    if not judged:
        reason = "Belum ada periode yang jatuh tempo." if groups else "Belum ada data yang dapat dihitung kelengkapannya."
        return [Across(across(dataset.id, "complete", "complete", "skipped", column=expect.in_, severity=expect.severity, message=reason))]
    gaps = [Gap(group, missing) for group in judged if (missing := [code for code in universe if code not in group.codes])]
    return [_judgement(dataset, universe, judged, gaps, seen)]


def _judgement(dataset: Dataset, universe: Mapping[str, str], judged: Sequence[Group], gaps: Sequence[Gap], seen: Seen) -> Across:
    expect = dataset.contract.expect
    assert expect is not None
    missing, checked = sum(len(gap.missing) for gap in gaps), len(universe) * len(judged)
    result = across(
        dataset.id, "complete", "complete", "fail" if gaps else "pass", column=expect.in_, severity=expect.severity, checked=checked,
        failed=missing, observed=f"{checked - missing} dari {checked}", expected=f"{len(universe)} {_called(dataset)}",
        message=" ".join(_sentences(dataset, universe, gaps)) or None,
    )  # fmt: skip
    late: dict[tuple[str, str], int] = {}
    for gap in gaps if expect.severity == "hold" else ():
        for who, number in gap.group.unseen(lambda name: seen(dataset.id, name)).items():
            late[dataset.id, who] = min(number, late.get((dataset.id, who), number))
    return Across(result, before_unseen(late))


def _sentences(dataset: Dataset, universe: Mapping[str, str], gaps: Sequence[Gap]) -> Iterator[str]:
    for gap in gaps[:3]:
        named = [f"{universe[code]} ({code})" if universe[code] else code for code in gap.missing[:MOST_NAMED]]
        more = f", dan {len(gap.missing) - MOST_NAMED} lain" if len(gap.missing) > MOST_NAMED else ""
        which = f"{gap.group.called}: " if gap.group.called else ""
        there = len(universe) - len(gap.missing)
        yield f"{which}{there} dari {len(universe)} {_called(dataset)} ada; belum ada {', '.join(named)}{more}."
    if len(gaps) > 3:
        yield f"Dan {len(gaps) - 3} lagi yang belum lengkap."


def _called(dataset: Dataset) -> str:
    every = dataset.contract.expect.every if dataset.contract.expect else ""
    return every if isinstance(every, str) and every in (*LEVELS, "kelurahan") else "anggota daftar"


def _universe(dataset: Dataset) -> dict[str, str]:
    """Code -> name of all that are expected; {} where nobody knows them (a level, and no pemda)."""
    every = dataset.contract.expect.every if dataset.contract.expect else ()
    if isinstance(every, tuple):
        return dict.fromkeys(every, "")
    if every not in (*LEVELS, "kelurahan"):
        names = {row["kode"]: row.get("nama", "") for row in reference_rows(every, dataset.root)}
        return {code: names[code] for code in reference_codes(every, dataset.root)}
    if dataset.pemda is None:
        return {}
    names = {row["kode"]: row["nama"] for row in reference_rows("wilayah", dataset.root)}
    level = "desa_kelurahan" if every == "kelurahan" else every
    return {code: names[code] for code in regions_within(dataset.pemda.kode, level, dataset.root)}


def _is_due(dataset: Dataset, group: Group, run_date: date) -> bool:
    """A deadline that was promised has passed; without one, many publishers have until the period ends, and one file is whole as it comes."""
    if group.ends is None:
        return True
    if _has_no_market(dataset, group.ends):
        return False
    last = deadline(dataset, group.ends) or (group.ends if dataset.contract.for_each else None)
    return last is None or last < run_date


def _has_no_market(dataset: Dataset, day: date) -> bool:
    """Is it a day of prices on which markets are closed? Then nobody is missing."""
    contract = dataset.contract
    is_daily = contract.concept == PRICES and contract.period is not None and contract.period.grain == "hari"
    return is_daily and day in market_closed(dataset.root)


def _silent(dataset: Dataset, groups: Sequence[Group], run_date: date) -> list[Group]:
    """The newest period whose deadline has passed, where nobody has reported anything of it."""
    period, expect = dataset.contract.period, dataset.contract.expect
    if period is None or period.value is not None or expect is None or "period" not in expect.per or not groups:
        return []
    name = _newest_due(dataset, period.grain, run_date)
    if name is None or any(group.ends is not None and group.ends >= bounds(name)[1] for group in groups):
        return []
    return [Group(f"Periode {name}", bounds(name)[1])]


def _newest_due(dataset: Dataset, grain: str, run_date: date) -> str | None:
    """The newest period that was to be reported before `run_date`; None where nothing was promised, or not yet.

    A promise of one date speaks of the newest period that has ended by then.
    """
    promised = promised_date(dataset)
    if promised is not None and promised >= run_date:
        return None
    name = period_of(run_date, grain)
    while (last := deadline(dataset, (ends := bounds(name)[1]))) is not None and (
        last >= run_date or ends > last or _has_no_market(dataset, ends)
    ):
        name = previous(name)
    return None if last is None else name
