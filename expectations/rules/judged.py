"""What the rules of one batch are about: the contract, the staging table, the day, and what was accepted before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from contracts.models.checks import DEFAULT_SEVERITY, Check, Severity
from contracts.models.columns import Column
from expectations.rules.rule import Expected, Rule
from expectations.rules.where import where_sql
from expectations.verdict import CheckResult, History

if TYPE_CHECKING:
    from contracts.dataset import Dataset
    from contracts.models.contract import Contract
    from expectations.measuring.measure import Measure
    from expectations.measuring.stray import Strays
    from expectations.measuring.totals_among import TotalsAmong
    from warehouse.code_columns import CodeColumn
    from warehouse.trusted import Trusted


@dataclass(frozen=True)
class Judged:
    """One staged batch, as its rules see it."""

    dataset: Dataset
    table: str
    run_date: date
    history: History
    codes: tuple[CodeColumn, ...] = ()
    news: str | None = None
    """The table of the rows that were not judged before; None: all of them, `table` itself."""
    known: int = 0
    """Rows of `table` that are not in `news`."""
    measures: Mapping[str, Measure] = field(default_factory=dict)
    """By check: what its figures were measured by (`expectations.measuring`)."""
    spelt_apart: str | None = None
    """The table of rows that name one object in several ways; None where there are none."""
    totals: TotalsAmong | None = None
    """The rows that are totals of others in it; None where there are none."""
    strays: Strays | None = None
    """Periods that its rows should not speak of."""
    earlier: Trusted | None = None
    """The rows that `change_within` measures by; None where no check asks for them."""
    earlier_since: date | None = None
    """The first day of their periods; None: all that stands."""

    def place(self, rule: Rule) -> str:
        """The table a rule is computed on: one that only sets single rows aside need not see those judged before."""
        return self.news if self.news and rule.is_about_news else self.table

    @property
    def contract(self) -> Contract:
        return self.dataset.contract

    def column(self, name: str | None) -> Column:
        """The column a check speaks of; the contract was checked, so it is there."""
        return self.contract.columns[name or ""]

    @property
    def result(self) -> partial[CheckResult]:
        """A check result of this batch, still to be told what was found."""
        return partial(CheckResult, self.dataset.id, self.history.penerbit)


def severity_of(check: Check) -> Severity:
    """The severity a check names, else the default of its rule."""
    return check.severity or DEFAULT_SEVERITY[check.rule]


def row_rule(
    check: Check,
    judged: Judged,
    *,
    fails: str,
    subject: str,
    observed: str,
    expected: str,
    ours: str,
    native: Expected | None = None,
    asked: str | None = None,
) -> Rule:
    """A rule on single rows: GX's own expectation where it says just this. With `where` that would take a scan of its own: then ours.

    `asked`: SQL, true for the rows the rule can say anything about, where that rests on the reference lists.
    """
    rows = " and ".join(filter(None, (where_sql(check.where, judged.contract) if check.where else None, asked))) or None
    fails = f"({rows}) and ({fails})" if rows else fails
    own = Expected(ours, {"column": check.column or check.of, "fails": fails, "rows": rows})
    return Rule(
        rule=check.rule, rule_id=check.rule_id, severity=severity_of(check), column=check.column or check.of, fails=fails, subject=subject,
        observed=observed, expected=expected, message=check.message, expectation=native if native and not rows else own,
        asks_lists=asked is not None, columns=_named(check, judged),
    )  # fmt: skip


def _named(check: Check, judged: Judged) -> tuple[str, ...]:
    """The columns of the contract that a check names, each once."""
    named = (
        check.column,
        check.of,
        check.to,
        *(check.columns or ()),
        *(check.parts or ()),
        check.latitude,
        check.longitude,
        check.other,
        check.within,
    )
    return tuple(dict.fromkeys(name for name in named if name in judged.contract.columns))
