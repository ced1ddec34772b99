"""One run over one file, and what came of it beside what should have: the row of the result that everything is counted from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bench.quality import baseline
from bench.quality.arena import Found
from bench.quality.meant import MEANT, WHOLE_BATCH
from bench.quality.plan import Damaged
from bench.quality.replay import Series

STOPS = ("failed", "held")


@dataclass(frozen=True)
class Trial:
    """A damaged file after its run. Shares are of the hurt rows; of a hurt file they are 0 or 1."""

    series: str
    kind: str
    variant: str
    dose: str
    first: bool
    rows: int
    caught: float
    by_chance: float
    baseline: float
    aside: int
    aside_bad: int
    state: str
    by: str
    """The rules that did not pass, for whoever asks why."""


@dataclass(frozen=True)
class Clean:
    """A file as it was published, after its run."""

    series: str
    day: str
    first: bool
    state: str
    alarm: bool
    warned: bool
    baseline_alarm: bool
    aside: int
    errors: int
    """Listed true errors in it."""
    errors_aside: int
    by: str


def judge_damage(
    series: Series, one: Damaged, found: Found, control: Found, errors: Sequence[str], peer: baseline.Alarm, first: bool
) -> Trial:
    """Compare a run with what was done to its file; `control` is the run over the same file undamaged."""
    meant, stopped = MEANT[one.kind.name], found.state in STOPS
    failing = _stopping(found)
    if one.places:
        caught = sum(_named_by(found, place, meant) for place in one.places) / len(one.places)
        if stopped and meant & WHOLE_BATCH & failing:
            caught = 1.0
        if "code" in meant:
            caught = max(caught, min(1.0, _waiting(found, control) / len(one.places)))
        any_rule = sum(_named_by(found, place, None) for place in one.places) / len(one.places)
        chance = max(0.0, (1.0 if stopped else any_rule) - caught)
    else:
        caught = float(stopped and bool(failing & meant or _most_aside(found, meant)))
        chance = float(not caught and (stopped or len(found.aside) > len(control.aside)))
    bad = [place for place, _ in found.aside if any(same_place(place, known) for known in (*one.places, *errors))]
    hurt_rows = bool(one.places) and one.kind.rows
    return Trial(
        series.name, one.kind.name, one.variant, one.dose, first, len(one.places), caught, chance, _peer(one, peer),
        len(found.aside) if hurt_rows else 0, len(bad) if hurt_rows else 0, found.state, _why(found),
    )  # fmt: skip


def judge_clean(
    series: Series, day: str, found: Found, errors: Sequence[str], peer: baseline.Alarm, first: bool, whole: bool = False
) -> Clean:
    """An alarm is a failed or held batch, or a row set aside that is no listed error; `whole`: the file is listed as one error."""
    innocent = [place for place, _ in found.aside if not any(same_place(place, known) for known in errors)]
    for_errors = _stopping(found) <= {"max_quarantined"} and not innocent and bool(found.aside)
    alarm = bool(innocent) or (found.state in STOPS and not for_errors and not whole)
    seen = sum(any(same_place(place, known) for place, _ in found.aside) for known in errors)
    warned = any(outcome == "fail" and severity == "warn" for _, _, severity, outcome, _ in found.results)
    return Clean(
        series.name,
        day,
        first,
        found.state,
        alarm,
        warned,
        peer.raised,
        len(found.aside),
        len(errors) + whole,
        seen + (whole and found.state in STOPS),
        _why(found),
    )


def same_place(place: str, known: str) -> bool:
    """Does the ledger's place name this row? It may say the sheet before it and the column after it, and has runs of spaces as one."""
    return re.search(rf"(?:^|\s){re.escape(' '.join(known.split()))}(?:\s|$)", place) is not None


def _peer(one: Damaged, peer: baseline.Alarm) -> float:
    if peer.unread or not one.kind.rows:
        return float(peer.raised)
    return len(peer.rows & set(one.positions)) / len(one.positions) if one.positions else 0.0


def _stopping(found: Found) -> set[str]:
    return {rule for _, rule, severity, outcome, _ in found.results if outcome in ("fail", "error") and severity in ("fail", "hold")} | (
        {"parse"} if found.state == "failed" and not found.results else set()
    )


def _most_aside(found: Found, meant: set[str]) -> bool:
    """Held because so many rows are set aside, most of them by the rules meant for it."""
    rules = {rule_id: rule for rule_id, rule, _, _, _ in found.results}
    mine = sum(any(rules.get(one, one) in meant for one in ids) for _, ids in found.aside)
    return any(rule == "max_quarantined" and outcome == "fail" for _, rule, _, outcome, _ in found.results) and 2 * mine >= len(found.aside)


def _named_by(found: Found, place: str, meant: set[str] | None) -> bool:
    rules = {rule_id: rule for rule_id, rule, _, _, _ in found.results}
    return any(
        same_place(where, place) and (meant is None or any(rules.get(one, one) in meant for one in ids)) for where, ids in found.aside
    )


def _waiting(found: Found, control: Found) -> int:
    return sum(f for _, rule, _, _, f in found.results if rule == "code" and f) - sum(
        f for _, rule, _, _, f in control.results if rule == "code" and f
    )


def _why(found: Found) -> str:
    return ", ".join(
        [f"{rule_id}:{severity}:{failed}" for rule_id, _, severity, outcome, failed in found.results if outcome in ("fail", "error")]
        or ([found.error_class] if found.error_class else [])
    )
