"""Headings of groups that no rule knows: ``Kec. Kota`` where the contract says ``^Kecamatan (.+)$``.

Loaded as data, such a row is a village without figures, and the villages under it are those of the group before. What tells it is that nothing but
its label is filled, at most with a letter to count it by: a village without figures mostly has its number, a dash or a nought. It is set aside, and
with it the rows whose group it would have named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pyarrow.compute as pc

from contracts.models.contract import Contract
from contracts.models.table import GroupRow
from extractors.cells import CellChunk
from extractors.doubts import HEADING, UNDER
from extractors.grid import Mask, blank
from extractors.table.chunks import Piece
from extractors.table.needs import Layout, Needs
from extractors.table.roles import DATA, RoleReader, Roles

_COUNTED = r"^\s*[A-Za-z]{1,5}\s*[.)]?\s*$"
Doubts = dict[int, str]


class StrangeHeadings:
    """The unknown headings of one table, as its chunks pass."""

    def __init__(self, contract: Contract, needs: Needs, reader: RoleReader) -> None:
        self._contract, self._needs, self._reader = contract, needs, reader
        self._rules: dict[str, list[tuple[int, GroupRow]]] = {}
        for position, rule in enumerate(contract.rows):
            if isinstance(rule, GroupRow):
                self._rules.setdefault(rule.gives, []).append((position, rule))
        self._open: dict[str, str | None] = dict.fromkeys(self._rules)

    def __call__(self, piece: Piece, roles: Roles) -> Doubts:
        """Why rows of the next chunk are set aside; where headings stand after their rows, chunks come as `until_heading` cuts them."""
        headings: Doubts = {}
        under: Doubts = {}
        for gives, rules in self._rules.items():
            strange = self._strange(piece, roles, [rule for _, rule in rules])
            headings |= {row: HEADING + text for row, text in strange.items()}
            known = np.flatnonzero(np.isin(roles, [position for position, _ in rules]))
            for rows, text in self._groups(gives, strange, known, len(roles), is_after=rules[0][1].position == "after"):
                under |= {row: UNDER + text for row in rows if roles[row] == DATA}
        return under | headings

    def _groups(self, gives: str, strange: Doubts, known: Iterable[int], end: int, *, is_after: bool) -> Iterator[tuple[range, str]]:
        """The rows whose group an unknown heading would have named."""
        marks = sorted([*strange, *map(int, known)])
        if is_after:
            yield from ((range(before + 1, mark), strange[mark]) for before, mark in pairwise([-1, *marks]) if mark in strange)
            return
        named = [(-1, self._open[gives]), *((mark, strange.get(mark)) for mark in marks)]
        for (start, text), (stop, _) in pairwise([*named, (end, None)]):
            if text is not None:
                yield range(start + 1, stop), text
        self._open[gives] = named[-1][1]

    def _strange(self, piece: Piece, roles: Roles, rules: Sequence[GroupRow]) -> Doubts:
        """Data rows of which nothing but the label of such a heading is filled, and that label."""
        found: Doubts = {}
        for key in {piece.layout.key(self._needs.spellings(rule.from_ or next(iter(rule.where)))) for rule in rules}:
            if key is not None and _has_figures(self._contract, self._needs, piece.layout, key):
                marks = _alone(piece.chunk, key) & (roles == DATA)
                if marks.any():
                    marks &= ~self._reader.named(piece)
                found |= {int(mark): piece.chunk.columns[key].text[int(mark)].as_py() for mark in np.flatnonzero(marks)}
        return found


def _has_figures(contract: Contract, needs: Needs, layout: Layout, label: str) -> bool:
    """Whether the table has figures at all: a list of names has nothing but labels."""
    measures = (layout.key(needs.spellings(name)) for name, column in contract.columns.items() if column.is_number)
    return bool(layout.wide) or any(key not in (None, label) for key in measures)


def _alone(chunk: CellChunk, label: str) -> Mask:
    """Rows in which only this column is filled, and those left of it at most with letters to count by."""
    alone, is_left = ~blank(chunk.columns[label]), True
    for key, cells in chunk.columns.items():
        is_left = is_left and key != label
        if key != label and alone.any():
            counted = pc.match_substring_regex(cells.text, _COUNTED).fill_null(False).to_numpy(zero_copy_only=False) if is_left else False
            alone &= blank(cells) | counted
    return alone
