"""The words of a contract that everybody reads name nobody: a NIK in a title would be published with it, and no release may hold one.

A contact of an office may stand there. Whose region a number begins with is not looked up: 16 digits with a day of birth stand in no title for a
good reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from contracts.explain import Flaw
from contracts.models.contract import Contract
from contracts.yaml_tree import Path

_APART = r"(?: ?[./_·–-] ?|[ ,])?"
_NUMBER = re.compile(
    rf"(?<!\d)\d\d{_APART}\d\d{_APART}\d\d{_APART}(\d\d){_APART}(\d\d){_APART}\d\d{_APART}\d{{4}}(?!\d)",
)
_WOMAN = 40
"""Is added to the day a woman is born on."""


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Words that hold what looks like a NIK or the number of a family card; the flaw does not repeat it."""
    for path, text in _published(contract):
        if _names_a_person(text):
            yield Flaw(path, "memuat 16 angka seperti NIK atau nomor KK", "kata-kata tanpa nomor orang; isi ini ikut terbit")


def _published(contract: Contract) -> Iterator[tuple[Path, str]]:
    """Every word of a contract that is, or becomes, a part of what is published; how a column is read becomes its description."""
    for key in ("title", "produsen_data", "dasar", "licence", "flags"):
        yield from _texts((key,), getattr(contract, key))
    for name, column in contract.columns.items():
        yield from _texts(("columns", name), column.model_dump(by_alias=True, exclude_none=True))
    for number, check in enumerate(contract.checks):
        yield from _texts(("checks", number, "message"), check.message)


def _texts(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """The texts of a value of the contract, the keys of a list of codes among them, each where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from ((path, key), *_texts((*path, key), one))
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(path, one)


def _names_a_person(text: str) -> bool:
    return any(0 < int(day) % _WOMAN <= 31 and int(day) < 2 * _WOMAN and 0 < int(month) <= 12 for day, month in _NUMBER.findall(text))
