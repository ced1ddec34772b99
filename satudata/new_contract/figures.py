"""Which number convention a column of texts follows.

The same text can be two figures (``1.234``), so a column is judged as a whole, and where nothing in it decides, the likelier reading is
taken and said to be a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import pyarrow as pa

from contracts.models.columns import Numbers
from extractors.coerce.integers import integer_reader
from extractors.coerce.numbers import number_reader

CONVENTIONS: tuple[Numbers | None, ...] = (None, "plain", "id", "en")
ENOUGH = 0.8
"""Share of the cells that must be figures for a column of figures."""
FEW_TEXTS, HOPELESS = 100, 0.3
"""Among so many texts it shows whether a column can be one of figures at all."""
_THREE = re.compile(r"\D*[1-9]\d{0,2}\.\d{3}\D*")
"""A thousand and something, or a figure with three decimals."""
_GROUPED = re.compile(r"[^\d]*\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:\D*)")


@dataclass(frozen=True)
class Figures:
    """A column read as figures."""

    numbers: Numbers | None
    whole: bool
    """Every figure is a whole number."""
    share: float
    """Of the cells that could be read."""
    doubtful: str | None = None
    """A text that the other convention reads as another figure."""
    unread: Counter[str] = field(default_factory=Counter)


def figures(texts: Counter[str]) -> Figures:
    """The convention that reads most of these texts, and the rest it does not read."""
    return _figures(tuple(texts.items()))


@lru_cache(maxsize=20_000)
def _figures(counted: tuple[tuple[str, int], ...]) -> Figures:
    texts = Counter(dict(counted))
    distinct = list(texts)
    if len(distinct) > FEW_TEXTS and figures(Counter(dict.fromkeys(distinct[:FEW_TEXTS], 1))).share < HOPELESS:
        return Figures(None, whole=False, share=0.0, unread=texts)
    read = {numbers: _read(distinct, numbers) for numbers in CONVENTIONS}
    total = sum(texts.values()) or 1
    shares = {numbers: sum(texts[text] for text in found) / total for numbers, found in read.items()}
    best = max(shares.values())
    numbers = _chosen(read, [each for each in CONVENTIONS if shares[each] >= best - 1e-9])
    unread = Counter({text: count for text, count in texts.items() if text not in read[numbers]})
    return Figures(numbers, _whole(list(read[numbers]), numbers), shares[numbers], _doubtful(read, numbers), unread)


def _read(distinct: list[str], numbers: Numbers | None) -> dict[str, str]:
    """Text -> its figure, whole figures in their own way: ``3266.0`` is one."""
    array = pa.array(distinct, pa.string())
    found = zip(number_reader(numbers)(array).to_pylist(), integer_reader(numbers)(array).to_pylist(), strict=True)
    values = {text: value or whole for text, (value, whole) in zip(distinct, found, strict=True)}
    return {text: value for text, value in values.items() if value is not None}


def _whole(distinct: list[str], numbers: Numbers | None) -> bool:
    return bool(distinct) and integer_reader(numbers)(pa.array(distinct, pa.string())).null_count == 0


def _chosen(read: dict[Numbers | None, dict[str, str]], fitting: list[Numbers | None]) -> Numbers | None:
    marks = {mark for numbers in fitting for text in read[numbers] for mark in ".," if mark in _digits(text)}
    if not marks and None in fitting:
        return None
    order: tuple[Numbers, ...] = ("plain", "id", "en")
    if marks == {"."}:
        order = ("id", "plain", "en") if _all_grouped(read, fitting, ".") else ("plain", "en", "id")
    elif marks == {","}:
        order = ("en", "id", "plain") if _all_grouped(read, fitting, ",") else ("id", "en", "plain")
    return next((numbers for numbers in order if numbers in fitting), None)


def _digits(text: str) -> str:
    """The part between the first and the last digit."""
    match = re.search(r"\d.*\d|\d", text)
    return match[0] if match else ""


def _all_grouped(read: dict[Numbers | None, dict[str, str]], fitting: list[Numbers | None], mark: str) -> bool:
    """Whether this mark only ever stands before three digits, as between thousands."""
    marked = {text for numbers in fitting for text in read[numbers] if mark in _digits(text)}
    return all(_GROUPED.fullmatch(text) and not re.match(r"\D*0", text) for text in marked)


def _doubtful(read: dict[Numbers | None, dict[str, str]], numbers: Numbers | None) -> str | None:
    if numbers == "plain":
        return next((text for text in read[numbers] if _THREE.fullmatch(text)), None)
    other: Numbers | None = {"id": "en", "en": "id"}.get(numbers or "")  # type: ignore[assignment]
    if other is None or len(read[other]) < len(read[numbers]):
        return None
    return next((text for text, value in read[numbers].items() if float(value) != float(read[other].get(text, value))), None)
