"""The figures of a sample as exact numbers, for the sums that tell totals from data."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

import pyarrow as pa

from extractors.cells import NUMBER, TEXT
from extractors.coerce.numbers import number_reader
from satudata.new_contract.figures import ENOUGH, figures
from satudata.new_contract.sample import Column
from satudata.new_contract.signs import without_signs

_YEAR = re.compile(r"(?:19|20)\d{2}")


def amounts_of(columns: Sequence[Column], special: Collection[int], labels: Column | None) -> dict[str, list[Decimal | None]]:
    """Header -> figures of each column of figures; running numbers and years are none."""
    found: dict[str, list[Decimal | None]] = {}
    for column in columns:
        data = column.without(frozenset(special))
        if column is not labels and data.filled and not is_numbering(data) and (amounts := _amounts(column, data)) is not None:
            found[column.header] = amounts
    return found


def label_column(columns: Sequence[Column]) -> Column | None:
    """The first column with texts that are no figures; it names the rows."""
    for column in columns:
        texts = without_signs(column.filled)
        if texts and figures(column.of_kind(TEXT)).share < 0.5 and all(map(_YEAR.fullmatch, column.of_kind(NUMBER))):
            return column
    return None


def is_numbering(column: Column, *, restarts: bool = False) -> bool:
    """Whether a column only counts the rows: whole numbers, each one more than the last, from 0 or 1; perhaps anew in each group."""
    numbers = [text.removesuffix(".0").rstrip(".") for text in column.texts if text is not None and text[:1].isdecimal()]
    if len(numbers) < max(1, 0.8 * sum(text is not None for text in column.texts)) or not all(map(str.isdecimal, numbers)):
        return False
    counted = [int(number) for number in numbers[:1000]]
    steps = zip(counted, counted[1:], strict=False)
    return counted[0] in (0, 1) and all(after == before + 1 or (restarts and after == counted[0]) for before, after in steps)


def _amounts(column: Column, data: Column) -> list[Decimal | None] | None:
    """Exact figures of a column; None where it holds something else."""
    texts = without_signs(data.of_kind(TEXT))
    found = figures(texts)
    native = data.of_kind(NUMBER).total()
    if not (texts or native) or (found.share * texts.total() + native) / (texts.total() + native) < ENOUGH:
        return None
    array = pa.array(column.texts, pa.string())
    read = {TEXT: number_reader(found.numbers)(array).to_pylist(), NUMBER: number_reader("plain")(array).to_pylist()}
    return [_decimal(read[kind][i]) if kind in read else None for i, kind in enumerate(column.kinds)]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
