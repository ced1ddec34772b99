"""What parsing found out beside the rows: every count is taken where it happens, none is a remainder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from contracts.models.checks import Severity

if TYPE_CHECKING:
    from extractors.last_line import LastLine

Source = Literal["guard", "drift"]
DROPPED = ("drop", "total", "group", "missing", "same_rows")


@dataclass(frozen=True)
class Finding:
    """One result of a check made while parsing; the columns of ``ops.check_result``."""

    rule: str
    rule_id: str
    severity: Severity | None
    outcome: Literal["pass", "fail"]
    column: str | None
    checked: int
    failed: int
    observed: str
    expected: str
    message: str
    source: Source = "guard"
    lokasi: str | None = None


@dataclass
class ParseReport:
    """Counts and findings of one parse; complete once the last chunk was taken."""

    read: int = 0
    """Records after the header; blank rows do not exist."""
    fetched: int = 0
    """Candidates after unpivot, with the group, total and dropped records."""
    staged: int = 0
    """Rows handed on to staging."""
    dropped: Counter[str] = field(default_factory=Counter)
    """One of `DROPPED` -> rows."""
    findings: list[Finding] = field(default_factory=list)
    open_ends: list[LastLine] = field(default_factory=list)
    """Last lines of text files that have no end."""
    unknown_headers: tuple[str, ...] = ()
    missing_optional: tuple[str, ...] = ()
