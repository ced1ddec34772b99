"""The rules a contract may name, with exactly the parameters each of them takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from contracts.models.base import Length, Range, Strict, Texts, Where, ordered

Severity = Literal["fail", "hold", "quarantine", "warn"]
RuleName = Literal[
    "required", "unique", "in_set", "range", "regex", "length", "not_future", "compare", "sum_of", "ratio", "change_within",
    "date_order", "mean_of", "max_of", "same_as_dataset", "scale_lost", "unit_shift", "refiled",
    "in_box", "axes_swapped", "junk", "personal_data", "sql", "outlier",
]  # fmt: skip


class Box(Strict):
    """A rectangle of the earth, in decimal degrees."""

    latitude: Annotated[Range, AfterValidator(ordered)] = Field(description="lintang", examples=[[-11.1, 6.1]])
    longitude: Annotated[Range, AfterValidator(ordered)] = Field(description="bujur", examples=[[94.9, 141.1]])


class Check(Strict):
    """One entry of ``checks:``. ``rule`` decides which of the parameters it needs (`PARAMETERS`)."""

    rule: RuleName
    id: str | None = Field(None, min_length=1, max_length=200)
    severity: Severity | None = None
    where: Where | None = None
    message: str | None = Field(None, min_length=1, max_length=1_000)
    column: str | None = None
    columns: Texts | None = None
    values: tuple[str, ...] | None = None
    range: Annotated[Range | None, AfterValidator(ordered)] = None
    pattern: str | None = None
    length: Annotated[Length | None, AfterValidator(ordered)] = None
    op: Literal["<", "<=", "=", "!=", ">=", ">"] | None = None
    other: str | None = Field(None, description="A column or a number")
    parts: Texts | None = None
    tolerance: float = Field(0, ge=0)
    of: str | None = None
    to: str | None = None
    percent: float | None = Field(None, gt=0)
    z: float | None = Field(None, gt=0, description="Deviations from the median of the own history; default 6")
    latitude: str | None = None
    longitude: str | None = None
    box: Box | None = Field(None, description="Default: Indonesia")
    condition: str | None = Field(None, min_length=1, description="True where the row is wrong")
    within: str | None = Field(None, min_length=1, description="A Kemendagri code, or the column that holds one")
    dataset: str | None = Field(None, description="Id of the dataset that says the same")
    against: str | None = Field(None, description="A column of this contract, or dataset.column; without it the dataset's own history")

    @property
    def rule_id(self) -> str:
        """The id by which the rule is known in ``ops.check_result``; default ``<rule>.<column>``."""
        subject = self.column or self.of or "_".join(self.columns or filter(None, (self.latitude, self.longitude)))
        return self.id or (f"{self.rule}.{subject}" if subject else self.rule)


PARAMETERS: dict[str, tuple[str, ...]] = {
    "required": ("column",),
    "unique": ("columns",),
    "in_set": ("column", "values"),
    "range": ("column", "range"),
    "regex": ("column", "pattern"),
    "length": ("column", "length"),
    "not_future": ("column",),
    "compare": ("column", "op", "other"),
    "sum_of": ("column", "parts"),
    "ratio": ("of", "to", "range"),
    "change_within": ("column", "percent"),
    "same_as_dataset": ("dataset", "column"),
    "scale_lost": ("column",),
    "unit_shift": ("column",),
    "refiled": ("column",),
    "date_order": ("columns",),
    "mean_of": ("column", "parts"),
    "max_of": ("column", "parts"),
    "in_box": ("latitude", "longitude"),
    "axes_swapped": ("latitude", "longitude"),
    "junk": ("columns",),
    "outlier": ("column",),
    "sql": ("condition", "message"),
    "personal_data": (),
}
"""Rule -> the parameters it cannot do without (contract page, Rules and their parameters)."""

EVERY_RULE = frozenset({"rule", "id", "severity", "where", "message"})
EXTRA_PARAMETERS: dict[str, tuple[str, ...]] = {
    "sum_of": ("tolerance",),
    "mean_of": ("tolerance",),
    "max_of": ("tolerance",),
    "in_box": ("box", "within"),
    "outlier": ("z",),
    "personal_data": ("columns",),
    "same_as_dataset": ("tolerance", "other"),
    "scale_lost": ("against",),
    "unit_shift": ("against",),
    "refiled": ("against",),
}
"""Rule -> the parameters it may also take, beside those of every rule."""


def parameters_of(rule: str) -> frozenset[str]:
    """Every key an entry of ``checks:`` with this rule may have."""
    return EVERY_RULE.union(PARAMETERS[rule], EXTRA_PARAMETERS.get(rule, ()))


DEFAULT_SEVERITY: dict[str, Severity] = {
    "declared": "fail",
    "drift": "fail",
    "total": "fail",
    "empty": "fail",
    "period": "fail",
    "personal_data": "fail",
    "volume": "hold",
    "max_quarantined": "hold",
    "meaning": "hold",
    "swapped": "hold",
    "emptied": "hold",
    "unread": "hold",
    "castable": "quarantine",
    "key": "quarantine",
    "required": "quarantine",
    "unique": "quarantine",
    "in_set": "quarantine",
    "range": "quarantine",
    "regex": "quarantine",
    "length": "quarantine",
    "not_future": "quarantine",
    "compare": "quarantine",
    "sum_of": "quarantine",
    "ratio": "quarantine",
    "date_order": "quarantine",
    "mean_of": "quarantine",
    "max_of": "quarantine",
    "in_box": "quarantine",
    "axes_swapped": "quarantine",
    "junk": "quarantine",
    "stray": "quarantine",
    "sql": "quarantine",
    "code": "warn",
    "code_system": "hold",
    "fresh": "warn",
    "new_column": "warn",
    "hidden": "warn",
    "change_within": "warn",
    "outlier": "warn",
    "same_as_dataset": "hold",
    "scale_lost": "quarantine",
    "unit_shift": "hold",
    "refiled": "hold",
    "complete": "hold",
    "parts": "hold",
}
"""Severity where the contract names none (contract page, Severities)."""
