"""What a judgement over several batches or datasets gives back: a result like any other, and whose newest figures it holds back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from contracts.models.checks import DEFAULT_SEVERITY, Severity
from expectations.verdict import CheckResult, Outcome

Seen = Callable[[str, str], int]
"""(dataset, publisher) -> the last accept number that readers see; 0 before the first release."""


@dataclass(frozen=True)
class Across:
    """One rule of scope *lintas*, judged."""

    result: CheckResult
    holds: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(dataset, publisher) -> the last accept number that may be seen while the rule is broken; empty where all of it is published already."""


def across(
    dataset: str, rule: str, rule_id: str, outcome: Outcome, *, penerbit: str = "", column: str | None = None, severity: Severity | None = None,
    checked: int = 0, failed: int = 0, observed: str | None = None, expected: str | None = None, message: str | None = None,
) -> CheckResult:  # fmt: skip
    """A check result of scope *lintas*."""
    return CheckResult(
        dataset=dataset, penerbit=penerbit, rule_id=rule_id, rule=rule, scope="lintas", column_name=column,
        severity=severity or DEFAULT_SEVERITY[rule], outcome=outcome, checked=checked, failed=failed, observed=observed, expected=expected,
        message=message, source="guard",
    )  # fmt: skip


TWIN = ".lintas"
"""What the id of a rule ends in that judges across datasets what a rule of the same name judges in each batch."""


def rule_of(rule_id: str) -> str:
    """The rule that a batch is judged by, of its twin over what stands; what is decided about the one is decided about the other."""
    return rule_id.removesuffix(TWIN)


def before_unseen(rows: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """(dataset, publisher) -> lowest accept number that is to be held: the number before it."""
    return {scope: number - 1 for scope, number in rows.items()}
