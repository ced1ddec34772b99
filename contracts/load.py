"""YAML text -> a valid model, or every problem at once: file, line, key, what is wrong, what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from contracts.errors import BrokenContract, ContractProblem
from contracts.explain import MOST_FLAWS, Flaw, flaws_of
from contracts.models.contract import Contract
from contracts.repair import beyond, repaired
from contracts.rules import Surroundings, cross_flaws
from contracts.yaml_limits import YamlBroken
from contracts.yaml_tree import Plain, Tree, dotted, read_tree

M = TypeVar("M")
MOST_ROUNDS = 3
_ADAPTERS: dict[object, TypeAdapter[Any]] = {}


def read_contract(text: bytes, file: str, around: Surroundings) -> Contract:
    """The contract written in ``text``.

    ``file``: the name by which problems call it. Raises: `BrokenContract` with all problems.
    """
    return read_model(text, file, Contract, lambda contract: cross_flaws(contract, around))


def nearest_contract(text: bytes) -> Contract | None:
    """The valid contract nearest to a broken one, by which other contracts may judge its place; None where too much is broken."""
    try:
        data = read_tree(text).data
    except YamlBroken:
        return None
    value, flaws = _validated(data, Contract)
    return value or _stand_in(data, flaws, Contract)


def read_model(text: bytes, file: str, shape: type[M], cross: Callable[[M], list[Flaw]] | None = None) -> M:
    """One YAML file as a model, or as a list or mapping of models (``dict[str, Opd]``).

    ``cross``: the contradictions of an otherwise valid model. Raises: `BrokenContract` with all problems.
    """
    try:
        tree = read_tree(text)
    except YamlBroken as error:
        raise BrokenContract(file, (ContractProblem(file, error.line, "(yaml)", error.problem, error.should_be),)) from None
    value, flaws = _validated(tree.data, shape)
    if cross is not None and (judged := value or _stand_in(tree.data, flaws, shape)):
        flaws += beyond(cross(judged), flaws)
    if value is None or flaws or tree.doubled:
        raise broken(file, flaws, tree)
    return value


def broken(file: str, flaws: Iterable[Flaw], tree: Tree) -> BrokenContract:
    """The flaws of a file as an error, in the order of its lines."""
    problems = [
        ContractProblem(file, line, dotted(path), "kunci ini ditulis dua kali", "setiap kunci sekali")
        for path, line in tree.doubled[:MOST_FLAWS]
    ]
    for flaw in islice(flaws, MOST_FLAWS):
        place = tree.place(flaw.path)
        problems.append(ContractProblem(file, place.line, place.key or "(berkas)", flaw.problem, flaw.should_be))
    return BrokenContract(file, tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.key, problem.problem))))


def _adapter(shape: type[M]) -> TypeAdapter[M]:
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    adapter: TypeAdapter[M] = _ADAPTERS[shape]
    return adapter


def _validated(data: Plain, shape: type[M]) -> tuple[M | None, list[Flaw]]:
    try:
        return _adapter(shape).validate_python(data), []
    except ValidationError as error:
        return None, flaws_of(error.errors(), shape, data)


def _stand_in(data: Plain, flaws: list[Flaw], shape: type[M]) -> M | None:
    """The nearest valid model; None where too much is broken to say more."""
    for _ in range(MOST_ROUNDS):
        data = repaired(data, flaws)
        value, flaws = _validated(data, shape)
        if value is not None:
            return value
    return None
