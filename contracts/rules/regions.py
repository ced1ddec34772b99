"""Every region that a contract names by its code is one: of a mistyped one no row is ever part, and all would wait for a code for ever."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.explain import Flaw
from contracts.models.contract import Contract
from contracts.rules.checks import REGION_CODE
from contracts.rules.names import CODE
from contracts.rules.surroundings import Surroundings
from contracts.yaml_tree import Path

SHOULD_BE = "kode wilayah yang ada di references/wilayah.csv, misalnya `35` (provinsi) atau `35.71` (kabupaten/kota)"


def flaws(contract: Contract, around: Surroundings) -> Iterator[Flaw]:
    """Codes that are no region's."""
    for path, code in _codes(contract):
        if not around.is_region(code):
            yield Flaw(path, f"kode wilayah `{code}` tidak dikenal", SHOULD_BE)


def _codes(contract: Contract) -> Iterator[tuple[Path, str]]:
    for name, column in contract.columns.items():
        if column.within is not None and column.system != "dapodik" and CODE.match(column.within):
            yield ("columns", name, "within"), column.within
    for i, check in enumerate(contract.checks):
        if check.within is not None and REGION_CODE.match(check.within):
            yield ("checks", i, "within"), check.within
