"""What a contract is checked against: everything that stands in the registry beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    units: Mapping[str, str] = field(default_factory=dict)
    """Unit -> what it measures; figures in units of one kind are converted into each other."""
    is_region: Callable[[str], bool] = lambda _: True
    """Whether a code can be one of a region."""

    def alike(self, unit: str) -> tuple[str, ...]:
        """The units that measure what this one does, itself among them."""
        kind = self.units.get(unit)
        return tuple(name for name, measured in self.units.items() if measured == kind) if kind else (unit,)
