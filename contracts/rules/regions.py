"""Every region that a contract names by its code is one, and of the level that its column states: of a mistyped one no row is ever part, and all
would wait for a code for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from contracts.explain import Flaw
from contracts.models.columns import Column
from contracts.models.contract import Contract
from contracts.region_shapes import CODE, LEVELS, NAMES, WORDS, level_of_code, misfit, shape
from contracts.rules.checks import REGION_CODE
from contracts.rules.surroundings import Surroundings
from contracts.yaml_tree import Path

SHOULD_BE = "kode wilayah yang ada di references/wilayah.csv, misalnya `35` (provinsi) atau `35.71` (kabupaten/kota)"


def flaws(contract: Contract, around: Surroundings) -> Iterator[Flaw]:
    """Codes that are no region's, or of another level than they stand for."""
    for path, code in _codes(contract):
        if not around.is_region(code):
            yield Flaw(path, f"kode wilayah `{code}` tidak dikenal", SHOULD_BE)
    for name, column in contract.columns.items():
        if column.type == "wilayah" and column.level is not None and column.system in NAMES:
            yield from _misfits(name, column, column.level, contract)


def _codes(contract: Contract) -> Iterator[tuple[Path, str]]:
    for name, column in contract.columns.items():
        if column.within is not None and column.system != "dapodik" and CODE.match(column.within):
            yield ("columns", name, "within"), column.within
    for i, check in enumerate(contract.checks):
        if check.within is not None and REGION_CODE.match(check.within):
            yield ("checks", i, "within"), check.within


def _misfits(name: str, column: Column, level: str, contract: Contract) -> Iterator[Flaw]:
    """What a column says of its regions, against the level that it states."""
    for path, code in _listed(name, column, contract):
        if CODE.match(code) and (problem := misfit(code, column.system, level)):
            yield Flaw(path, *problem)
    if column.parts and len(column.parts) != LEVELS.index(level) + 1:
        said = f"kode {WORDS[level]} tersusun dari {LEVELS.index(level) + 1} bagian, bukan {len(column.parts)}"
        yield Flaw(("columns", name, "parts"), said, "satu kolom untuk setiap tingkat, dari provinsi sampai tingkat kolom ini")
    if column.within and CODE.match(column.within):
        yield from _not_above(name, column.within, level)


def _not_above(name: str, within: str, level: str) -> Iterator[Flaw]:
    """``within`` is read as a code of Kemendagri, whatever the system of the column."""
    found, above = level_of_code(within, "kemendagri"), LEVELS[: LEVELS.index(level)]
    if found not in (*above, level):
        what = f"kode {WORDS[found]}" if found else "bukan kode Kemendagri"
        should_be = f"{shape('kemendagri', above[-1])}, atau wilayah di atasnya" if above else "hapus `within`: provinsi tidak punya induk"
        yield Flaw(("columns", name, "within"), f"`{within}` ({what}) tidak dapat memuat {WORDS[level]}", should_be)


def _listed(name: str, column: Column, contract: Contract) -> Iterator[tuple[Path, str]]:
    """The codes that cells of a column are, or may be."""
    if column.value is not None:
        yield ("columns", name, "value"), column.value
    yield from ((("columns", name, "codes", sign), code) for sign, code in (column.codes or {}).items())
    yield from ((("columns", name, "in", i), code) for i, code in enumerate(column.in_ or ()))
    if contract.expect is not None and contract.expect.in_ == name and not isinstance(contract.expect.every, str):
        yield from ((("expect", "every", i), code) for i, code in enumerate(contract.expect.every))
