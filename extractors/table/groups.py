"""Group rows: a heading gives its text to the rows it stands before, or after.

Where headings stand after their rows, rows wait until their heading has come; everything else is done as the rows pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from contracts.models.contract import Contract
from contracts.models.table import GroupRow
from extractors.bounded_pattern import BoundedPattern
from extractors.cells import CellColumn
from extractors.table.chunks import Piece, rows_between, stacked
from extractors.table.needs import Needs
from extractors.table.roles import RoleReader, Roles
from extractors.table.where import first_group


class Groups:
    """The headings of one table, as its chunks pass."""

    def __init__(self, contract: Contract, needs: Needs) -> None:
        self._needs = needs
        self._rules: dict[str, list[tuple[int, GroupRow]]] = {}
        for position, rule in enumerate(contract.rows):
            if isinstance(rule, GroupRow):
                self._rules.setdefault(rule.gives, []).append((position, rule))
        self._open: dict[str, str | None] = dict.fromkeys(self._rules)

    def columns(self, piece: Piece, roles: Roles) -> dict[str, CellColumn]:
        """What the headings give to each row of a chunk; chunks come as `until_heading` cuts them."""
        return {gives: CellColumn(self._given(gives, piece, roles)) for gives in self._rules}

    def _given(self, gives: str, piece: Piece, roles: Roles) -> pa.Array:
        rules = self._rules[gives]
        is_heading = np.isin(roles, [position for position, _ in rules])
        headings: list[str | None] = [None] * int(is_heading.sum())
        order = np.cumsum(is_heading)
        for position, rule in rules:
            marks = np.flatnonzero(roles == position)
            for mark, text in zip(marks, self._headings(piece, rule, marks), strict=True):
                headings[order[mark] - 1] = text
        if rules[0][1].position == "after":
            return pa.array([*headings, None], pa.string()).take(pa.array(order - is_heading))
        texts = [self._open[gives], *headings]
        self._open[gives] = texts[-1]
        return pa.array(texts, pa.string()).take(pa.array(order))

    def _headings(self, piece: Piece, rule: GroupRow, marks: np.ndarray) -> list[str | None]:
        name, text = next(iter(rule.where.items()))
        key = piece.layout.key(self._needs.spellings(rule.from_ or name))
        if key is None:
            return [None] * len(marks)
        cells = piece.chunk.columns[key].text.take(pa.array(marks)).to_pylist()
        if rule.from_:
            return list(cells)
        taken = BoundedPattern(text)
        return [None if cell is None else first_group(taken, cell) for cell in cells]


def until_heading(pieces: Iterable[Piece], contract: Contract, roles: RoleReader) -> Iterator[Piece]:
    """Chunks cut behind a heading, where headings stand after their rows; the last one holds what no heading follows."""
    after = [position for position, rule in enumerate(contract.rows) if isinstance(rule, GroupRow) and rule.position == "after"]
    if not after:
        yield from pieces
        return
    waiting: list[Piece] = []
    for piece in pieces:
        is_heading = np.isin(roles(piece), after)
        end = int(np.flatnonzero(is_heading)[-1]) + 1 if is_heading.any() else 0
        if end:
            yield stacked([*waiting, Piece(rows_between(piece.chunk, 0, end), piece.layout)])
            waiting = []
        if end < len(is_heading):
            waiting.append(Piece(rows_between(piece.chunk, end), piece.layout))
    if waiting:
        yield stacked(waiting)
