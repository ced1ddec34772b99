"""A reader who adds and subtracts: every sum that is published is an equation, every hidden figure an unknown, over two releases.

What he takes as known: each figure shown; that a figure below a sum which did not change between the releases is one unknown, not two; and that no
count is negative. A figure is found out when only one value of it fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

Cell = tuple[str, str]
"""Region and part; the part '' is the total."""


@dataclass(frozen=True)
class Seen:
    """What one release says: the true figures, and which of them it does not show."""

    figures: Mapping[Cell, int]
    hidden: frozenset[Cell]


def _nearest(figures: Mapping[Cell, int], region: str, part: str) -> list[Cell]:
    """The regions below that have the figure, with none between them and the region."""
    below = [code for code, other in figures if other == part and code.startswith(f"{region}.")]
    return [(code, part) for code in below if not any(code.startswith(f"{one}.") for one in below)]


def equations(figures: Mapping[Cell, int]) -> Iterator[tuple[Cell, list[Cell]]]:
    """(sum, its parts) of all that adds up: regions below a region, and each way of breaking down a total."""
    for region, part in figures:
        below = _nearest(figures, region, part)
        if below:
            yield (region, part), below
        if not part:
            for way in {name.partition("=")[0] for code, name in figures if code == region and name}:
                yield (region, ""), [(code, name) for code, name in figures if code == region and name.partition("=")[0] == way]


def found_out(*releases: Seen, integers: bool = False) -> set[tuple[int, Cell]]:
    """(number of the release, figure) of all hidden figures that can be computed.

    `integers`: also those that are the only whole number which fits, which takes longer.
    """
    unknowns = _unknowns(releases)
    names = sorted(set(unknowns.values()))
    place = {name: i for i, name in enumerate(names)}
    rows, right = [], []
    for number, seen in enumerate(releases):
        for total, parts in equations(seen.figures):
            row, known = np.zeros(len(names)), 0
            for sign, cell in ((1, total), *((-1, part) for part in parts)):
                if cell in seen.hidden and (number, cell) in unknowns:
                    row[place[unknowns[number, cell]]] += sign
                else:
                    known += sign * seen.figures[cell]
            if row.any():
                rows.append(row)
                right.append(-known)
    if not names:
        return set()
    matrix, values = np.array(rows).reshape(-1, len(names)), np.array(right)
    fixed = _fixed(matrix) if not integers else _narrow(matrix, values)
    return {cell for cell, name in unknowns.items() if place[name] in fixed}


def _unknowns(releases: tuple[Seen, ...]) -> dict[tuple[int, Cell], tuple[int, Cell]]:
    """Each hidden figure -> its unknown; one that was shown before and has not changed since is known."""
    found: dict[tuple[int, Cell], tuple[int, Cell]] = {}
    for number, seen in enumerate(releases):
        leaves = {cell for cell in seen.figures if not _nearest(seen.figures, *cell) and cell[1]} or set(seen.figures)
        for cell in seen.hidden & seen.figures.keys():
            was = releases[number - 1] if number else None
            same = was is not None and cell in leaves and was.figures.get(cell) == seen.figures[cell]
            if was is not None and same and cell not in was.hidden:
                continue
            found[number, cell] = found[number - 1, cell] if same and (number - 1, cell) in found else (number, cell)
    return found


def _fixed(matrix: np.ndarray) -> set[int]:
    """Columns that are the same in every solution: where the null space is empty."""
    if not matrix.size:
        return set()
    _, sizes, right = np.linalg.svd(matrix)
    free = right[(sizes > 1e-9).sum() :]
    return {i for i in range(matrix.shape[1]) if not len(free) or np.abs(free[:, i]).max() < 1e-7}


def _narrow(matrix: np.ndarray, values: np.ndarray) -> set[int]:
    """Columns whose smallest and largest possible value are the same whole number."""
    found = set()
    for i in range(matrix.shape[1]):
        aim = np.zeros(matrix.shape[1])
        aim[i] = 1
        ends = [
            linprog(sign * aim, A_eq=matrix if matrix.size else None, b_eq=values if matrix.size else None, bounds=(0, 10_000))
            for sign in (1, -1)
        ]
        if all(end.success for end in ends) and ends[0].x[i] > ends[1].x[i] - 0.999:
            found.add(i)
    return found
