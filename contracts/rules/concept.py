"""A contract of a concept speaks the concept's language: its required columns are there, and a shared name means the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.explain import Flaw, suggestion
from contracts.models.concept import COMPATIBLE, Concept, ConceptColumn, fits
from contracts.models.contract import Contract
from contracts.rules.surroundings import Surroundings


def flaws(contract: Contract, around: Surroundings) -> Iterator[Flaw]:
    """Disagreement with the concept."""
    if contract.concept is not None:
        concept = around.concepts.get(contract.concept)
        if concept is None:
            yield Flaw(("concept",), f"konsep `{contract.concept}` tidak ada", suggestion(contract.concept, sorted(around.concepts)))
        else:
            yield from _agreement(contract, concept, around)
    if contract.concept == "indikator":
        yield from _said_twice(contract)
    else:
        for name, column in contract.columns.items():
            if column.indikator is not None:
                yield Flaw(("columns", name, "indikator"), "`indikator` di luar konsep indikator", "`concept: indikator`, atau hapus")


def _said_twice(contract: Contract) -> Iterator[Flaw]:
    """Two columns of a row that both state one figure: nobody could say which of them is published."""
    seen: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
    for name, column in contract.columns.items():
        if column.indikator is not None:
            other = seen.setdefault((column.indikator, tuple(sorted((column.klasifikasi or {}).items()))), name)
            if other != name:
                problem = f"menyatakan angka yang sama dengan kolom `{other}`: indikator {column.indikator} dengan rincian yang sama"
                yield Flaw(("columns", name, "indikator"), problem, "`klasifikasi` yang membedakan keduanya, atau hapus salah satu")


def _agreement(contract: Contract, concept: Concept, around: Surroundings) -> Iterator[Flaw]:
    for name, wanted in concept.columns.items():
        column = contract.columns.get(name)
        if column is None:
            yield from _absent(contract, name, wanted)
        elif not fits(wanted.type, column.type):
            should_be = f"tipe {' / '.join(sorted(COMPATIBLE.get(wanted.type, {wanted.type})))}, atau nama kolom lain"
            yield Flaw(("columns", name, "type"), f"di konsep {contract.concept} kolom ini bertipe {wanted.type}", should_be, (name,))
        elif wanted.unit is not None and column.unit is not None and column.unit not in (others := around.alike(wanted.unit)):
            yield Flaw(
                ("columns", name, "unit"),
                f"tidak dapat diubah ke {wanted.unit}, satuan konsep {contract.concept}",
                f"unit: {' / '.join(others)}",
            )


def _absent(contract: Contract, name: str, wanted: ConceptColumn) -> Iterator[Flaw]:
    """A column of the concept that the contract lacks, or has under a name by which nobody would find it."""
    for other, column in contract.columns.items():
        if wanted.reference is not None and column.reference == wanted.reference:
            yield Flaw(("columns", other), f"di konsep {contract.concept} kolom ini bernama `{name}`", f"`{name}: ...`")
            return
    if wanted.required:
        should_be = f"kolom `{name}` bertipe {wanted.type} ({wanted.description})"
        yield Flaw(("columns",), f"konsep {contract.concept} butuh kolom `{name}`", should_be)
