"""What a contract is checked against: everything that stands in the registry beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.models.concept import Concept
from contracts.models.data_item import DataItem
from contracts.models.pemda import Opd


@dataclass(frozen=True)
class Surroundings:
    """Empty parts are not there to be checked against: a contract tried outside the registry has no agencies around it."""

    concepts: Mapping[str, Concept] = field(default_factory=dict)
    references: frozenset[str] = frozenset()
    opd: Mapping[str, Opd] = field(default_factory=dict)
    items: Mapping[str, DataItem] = field(default_factory=dict)
