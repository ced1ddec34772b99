"""`make test-rules`: would anybody notice if a rule were gone? Each is turned off in turn, and a test must fail.

A plugin of pytest (`-p tests.rules_off`). All tests run once, and it is noted which of them a rule found something in; then, with the rule
off, these run again until one fails. The rules are those the code names, so a new rule without a test of its own fails here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args

import pytest
from _pytest.runner import runtestprotocol

from contracts.models.checks import DEFAULT_SEVERITY, RuleName
from expectations import judge
from expectations.verdict import CheckResult

NOT_A_RESULT = frozenset({"fresh"})
"""Age is told by a view of today's day, and not found in a batch."""
MOST_TESTS = 12
"""So many tests of a rule are tried; one that is there for it is among the first."""


def every_rule(seen: dict[str, list[pytest.Item]]) -> list[str]:
    """The rules a contract may name, those that have a severity, and whatever else gave a result."""
    return sorted({*get_args(RuleName), *DEFAULT_SEVERITY, *seen} - NOT_A_RESULT)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Instead of pytest's own loop."""
    if session.testsfailed or session.config.option.collectonly:
        return None
    seen: dict[str, list[pytest.Item]] = {}
    unsound = [item.nodeid for item in session.items if not _passes(item, session, seen)]
    noticed = {rule: _noticed(rule, seen.get(rule, []), session) for rule in every_rule(seen)}
    for rule, test in noticed.items():
        print(f"{rule:20} {test or 'TIDAK ADA UJI YANG GAGAL TANPANYA'}")
    missed = [rule for rule, test in noticed.items() if test is None]
    print(
        f"{len(noticed) - len(missed)} dari {len(noticed)} aturan dijaga uji",
        *(f"gagal dengan semua aturan: {test}" for test in unsound),
        sep="\n",
    )
    session.testscollected = len(session.items)
    session.testsfailed = len(missed) + len(unsound)
    return True


def _noticed(rule: str, items: list[pytest.Item], session: pytest.Session) -> str | None:
    """The first test that fails without the rule, and with it passes again."""
    for item in items[:MOST_TESTS]:
        with _off(rule):
            missed = _passes(item, session, {})
        if not missed and _passes(item, session, {}):
            return item.nodeid
    return None


def _passes(item: pytest.Item, session: pytest.Session, seen: dict[str, list[pytest.Item]]) -> bool:
    """Run a test, perhaps once more; `seen` learns which rules found something in it. Fixtures of its module stay for its neighbours."""
    session._setupstate.teardown_exact(item)
    item._initrequest()  # type: ignore[attr-defined]
    neighbours = (other for other in session.items if other is not item)
    neighbour = next((other for other in neighbours if other.path == item.path), None) or next(
        other for other in session.items if other is not item
    )
    with _watched(item, seen):
        reports = runtestprotocol(item, log=False, nextitem=neighbour)
    return not any(report.failed for report in reports)


@contextmanager
def _watched(item: pytest.Item, seen: dict[str, list[pytest.Item]]) -> Iterator[None]:
    def note(result: CheckResult) -> None:
        tests = seen.setdefault(result.rule, [])
        if result.outcome == "fail" and item not in tests:
            tests.append(item)

    with _on_each_result(note):
        yield


@contextmanager
def _off(rule: str) -> Iterator[None]:
    """The rule is not among those of a batch; where it is no rule of rows, what it found counts as nothing."""

    def forget(result: CheckResult) -> None:
        if result.rule == rule and result.outcome == "fail":
            for name, value in (("outcome", "pass"), ("failed", 0), ("message", None)):
                object.__setattr__(result, name, value)

    honest = judge.rules_of
    with pytest.MonkeyPatch.context() as patch, _on_each_result(forget):
        patch.setattr(judge, "rules_of", lambda judged: [one for one in honest(judged) if one.rule != rule])
        yield


@contextmanager
def _on_each_result(act: Any) -> Iterator[None]:
    honest = CheckResult.__init__

    def made(self: CheckResult, *arguments: Any, **named: Any) -> None:
        honest(self, *arguments, **named)
        act(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CheckResult, "__init__", made)
        yield
