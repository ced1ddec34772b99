"""One rule, said three times from one place: as a GX expectation that counts, as SQL that finds the rows, as a sentence that explains.

Building rules knows nothing of Great Expectations (that is `expectations.suite`), so it is quick to import and to test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from contracts.models.checks import Severity
from expectations.verdict import Scope, Source


@dataclass(frozen=True)
class Expected:
    """The name of a GX expectation, ours or one of GX, and its arguments."""

    name: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule over the rows of one staging table."""

    rule: str
    rule_id: str
    severity: Severity
    column: str | None
    expectation: Expected
    expected: str
    """What should be, as the end of a sentence: ``antara 100 dan 1000000``."""
    scope: Scope = "baris"
    source: Source = "gx"
    fails: str | None = None
    """SQL over one row of the staging table: true where it breaks the rule, false or null where not. None: no single row is to blame."""
    subject: str = ""
    """The beginning of the sentence: ``Kolom harga_rp berisi``."""
    observed: str = "null"
    """SQL text over one staged row: what stands there."""
    message: str | None = None
    """The contract's own sentence, instead of ours."""
    skipped: str | None = None
    """Why the rule says nothing where no row could be compared; None: a rule that checked no row passes."""

    columns: tuple[str, ...] = ()
    """The columns it speaks of, where that is more than `column`."""
    beside: str | None = None
    """SQL: (_no, told) of each row that breaks the rule, where other rows are a part of the reason: which ones, and in what they differ."""

    asks_lists: bool = False
    """Its verdict rests on the reference lists too, which may have grown since a row was judged."""

    @property
    def is_about_news(self) -> bool:
        """Does it set single rows aside by what stands in them alone? Then a row that passed it once need not pass it again."""
        return self.scope == "baris" and self.severity == "quarantine" and not self.asks_lists and "query" not in self.expectation.kwargs

    @property
    def speaks_of(self) -> list[str] | None:
        """The columns in which a reader finds what is wrong; None: no column is to blame."""
        return list(self.columns or ([self.column] if self.column else [])) or None

    def named(self, rule_id: str) -> Rule:
        """The same rule under another id."""
        return replace(self, rule_id=rule_id)
