"""What a data engineer has in ten minutes: plain Great Expectations rules (not null, type, range) from the first file of a series."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from bench.corruption.document import Cell, Document, NotApplicable, Roles
from bench.corruption.figures import figure_of

logging.getLogger("great_expectations").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Profile:
    """The rules: which columns are filled, which are figures and from where to where."""

    header: Sequence[str]
    filled: Sequence[str]
    figures: dict[str, tuple[float, float]]
    numbers: str


@dataclass(frozen=True)
class Alarm:
    """What the baseline says: nothing of a file it cannot read at all, else the rows (from 0) that break a rule."""

    unread: bool = False
    rows: frozenset[int] = field(default_factory=frozenset)

    @property
    def raised(self) -> bool:
        """Does it say anything?"""
        return self.unread or bool(self.rows)


def profile(document: Document, roles: Roles) -> Profile:
    """The rules that the first file gives."""
    frame = _frame(document, roles.numbers, ())
    names = [name for name in (roles.figure, roles.latitude, roles.longitude, *roles.parts) if name in document.header]
    figures = {}
    for name in names:
        read = [value for value in (_figure(cell, roles.numbers) for cell in frame[name]) if value is not None]
        if read:
            figures[str(name)] = (min(read), max(read))
    filled = [name for name in dict.fromkeys(document.header) if not frame[name].isna().any()]
    return Profile(tuple(document.header), filled, figures, roles.numbers)


def alarm(known: Profile, document: Document | None, week_header: bool) -> Alarm:
    """Judge a file; `week_header`: its last header is a date and changes by itself. None: it could not be taken apart."""
    if document is None:
        return Alarm(unread=True)
    if week_header:
        document.header[-1] = known.header[-1]
    if list(document.header) != list(known.header) or any(len(row.cells) < len(known.header) for row in document.rows) or not document.rows:
        return Alarm(unread=True)
    frame = _frame(document, known.numbers, known.figures)
    return Alarm(rows=frozenset(row for found in _validated(known, frame) for row in found))


def _validated(known: Profile, frame: pd.DataFrame) -> list[list[int]]:
    import great_expectations as gx

    expectations: list[Any] = [gx.expectations.ExpectColumnValuesToNotBeNull(column=name) for name in known.filled]
    for name, (low, high) in known.figures.items():
        expectations.append(gx.expectations.ExpectColumnValuesToBeInSet(column=f"{name} type", value_set=["number"]))
        expectations.append(gx.expectations.ExpectColumnValuesToBeBetween(column=f"{name} value", min_value=low, max_value=high))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        batch = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
        suite = gx.ExpectationSuite(name="s", expectations=expectations)
        result = batch.get_batch(batch_parameters={"dataframe": frame}).validate(suite, result_format="COMPLETE")
    return [[int(row) for row in one.result.get("unexpected_index_list") or []] for one in result.results]


def _frame(document: Document, numbers: str, figures: Sequence[str] | dict[str, Any]) -> pd.DataFrame:
    names = document.header
    columns: dict[str, list[Any]] = {name: [_cell(row.cells[at]) for row in document.rows] for at, name in enumerate(names)}
    for name in figures:
        read = [_figure(cell, numbers) for cell in columns[name]]
        columns[f"{name} type"] = [
            None if c is None else "number" if v is not None else "text" for c, v in zip(columns[name], read, strict=True)
        ]
        columns[f"{name} value"] = read
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    for name in figures:
        frame[f"{name} value"] = pd.to_numeric(frame[f"{name} value"])
    return frame


def _cell(cell: Cell) -> Cell:
    return None if cell is None or str(cell).strip() == "" else cell


def _figure(cell: Cell, numbers: str) -> float | None:
    if cell is None or any(letter.isalpha() for letter in str(cell).replace("Rp", "")):
        return None
    try:
        return figure_of(cell, numbers)
    except NotApplicable:
        return None
