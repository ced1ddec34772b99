"""What judging a batch gives back: one result per rule, and the sentence over the whole batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from contracts.models.checks import Severity
from warehouse.alike import Alike

State = Literal["accepted", "held", "failed"]
Outcome = Literal["pass", "fail", "error", "skipped"]
Scope = Literal["baris", "batch", "lintas"]
Source = Literal["gx", "guard", "drift"]


@dataclass(frozen=True)
class History:
    """What a batch is measured by, beside its contract."""

    last_counts: Sequence[int] = ()
    """Rows of the last accepted batches of this dataset and publisher, newest first; empty for a first batch."""
    penerbit: str = ""
    """The publisher, whose own earlier figures `change_within` compares with."""
    waived: Mapping[str, int] = field(default_factory=dict)
    """Rule -> the waiver that is in force on the run's date: broken, it is a warning."""


@dataclass(frozen=True)
class Validation:
    """What Great Expectations returned for one table it judged: a row of `ops.validation_result`."""

    validation_id: str
    table_name: str
    result: Mapping[str, Any]
    """As JSON can carry it. Counts and the words of the contract; no cell of a row."""


@dataclass(frozen=True)
class CheckResult:
    """One row of `ops.check_result`."""

    dataset: str
    penerbit: str
    rule_id: str
    rule: str
    scope: Scope
    column_name: str | None
    severity: Severity
    outcome: Outcome
    checked: int
    failed: int
    observed: str | None
    expected: str | None
    message: str | None
    source: Source
    expectation_type: str | None = None
    validation_id: str | None = None
    """The validation of Great Expectations it was read from; None where GX had no part in it."""
    columns: Sequence[str] | None = None
    """The columns it speaks of; None: no column is to blame."""
    waiver_id: int | None = None
    """The waiver under which it was judged, and so is a warning."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a batch."""

    state: State
    results: list[CheckResult]
    quarantined: int
    """Rows set aside, each once, however many rules it broke; they are in `staging_load.q_<batch_id>`, made only if there are any."""
    closes: bool
    """False: keys that the batch lacks must stay open (it shrank, or the key of a row set aside cannot be read)."""
    error_class: str | None
    message: str | None
    """Why the batch is not accepted, in Indonesian; None for an accepted one."""
    alike: Alike | None = None
    """What was found equal to open rows before judging; None where nobody looked."""
    lists: bool = False
    """Rows that break a rule without being set aside are in `staging_load.v_<batch_id>`."""
    validations: tuple[Validation, ...] = ()
    """What GX returned, table by table."""
