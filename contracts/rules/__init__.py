"""What one part of a contract demands of another; each module is one kind of demand, and every rule a plain function that yields flaws."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contracts.explain import Flaw
from contracts.models.contract import Contract
from contracts.rules import (
    against,
    agency,
    checks,
    column_names,
    columns,
    concept,
    names,
    patterns,
    persons,
    regions,
    request,
    schedule,
    source,
    table,
)
from contracts.rules.surroundings import Surroundings

WITHIN: tuple[Callable[[Contract], Iterator[Flaw]], ...] = (
    source.flaws,
    request.flaws,
    table.flaws,
    patterns.flaws,
    column_names.flaws,
    checks.flaws,
    against.flaws,
    schedule.flaws,
    persons.flaws,
)
AROUND: tuple[Callable[[Contract, Surroundings], Iterator[Flaw]], ...] = (
    columns.flaws,
    names.flaws,
    concept.flaws,
    agency.flaws,
    regions.flaws,
)


def cross_flaws(contract: Contract, around: Surroundings) -> list[Flaw]:
    """Every contradiction inside a contract, and between it and what stands around it."""
    within = [flaw for rule in WITHIN for flaw in rule(contract)]
    return within + [flaw for rule in AROUND for flaw in rule(contract, around)]


__all__ = ["Surroundings", "cross_flaws"]
