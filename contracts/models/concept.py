"""A concept: the canonical shape that many datasets share, so that the 500th source adds no SQL and no dbt node."""

from __future__ import annotations

from pydantic import Field

from contracts.models.base import Strict, Texts
from contracts.models.columns import ColumnType


class ConceptColumn(Strict):
    """One column of the shared raw table, as every contract of the concept has to understand it."""

    type: ColumnType
    unit: str | None = None
    reference: str | None = Field(None, description="Reference list of a code column")
    required: bool = Field(False, description="Every contract of the concept has this column")
    description: str


class Concept(Strict):
    """``sources/concepts/<concept>.yml``."""

    description: str
    columns: dict[str, ConceptColumn] = Field(min_length=1)
    key: Texts = Field(min_length=1, description="What makes two rows speak of the same object (beside the period)")
    tolerance: float = Field(0, ge=0, description="Difference between two sources that still counts as the same figure, as a share")
    fact: str = Field(pattern=r"^fct_[a-z0-9_]+$", description="The fact table it becomes")


COMPATIBLE: dict[str, frozenset[str]] = {
    "decimal": frozenset({"decimal", "integer", "percent"}),
    "text": frozenset({"text", "code"}),
}
"""Concept type -> the contract types that fit into its column; a type not listed fits only itself."""


def fits(concept_type: str, column_type: str) -> bool:
    """Whether a contract column of ``column_type`` can fill a concept column of ``concept_type``."""
    return column_type in COMPATIBLE.get(concept_type, frozenset({concept_type}))
