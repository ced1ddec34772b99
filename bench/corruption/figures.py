"""Figures as agencies write them: read a cell, change its figure, write it in the same hand."""

from __future__ import annotations

import re
from collections.abc import Callable

from bench.corruption.document import Cell, NotApplicable

SEPARATORS = {"id": (".", ","), "en": (",", "."), "plain": ("", ".")}


def figure_of(cell: Cell, numbers: str) -> float:
    """The figure in a cell. Raises NotApplicable where there is none."""
    if isinstance(cell, (int, float)):
        return float(cell)
    thousands, decimal = SEPARATORS[numbers]
    text = "".join(letter for letter in str(cell) if letter.isdigit() or letter in ".,-")
    try:
        return float((text.replace(thousands, "") if thousands else text).replace(decimal, "."))
    except ValueError:
        raise NotApplicable(str(cell)) from None


def written(figure: float, numbers: str, like: Cell) -> Cell:
    """The figure as the cell `like` was written: native, with separators, with as many decimals."""
    if isinstance(like, int):
        return int(figure) if float(figure).is_integer() else figure
    if isinstance(like, float):
        return figure
    thousands, decimal = SEPARATORS[numbers]
    whole = float(figure).is_integer()
    places = 0 if whole and decimal not in str(like) else max(1, len(str(like).rsplit(decimal, 1)[1]) if decimal in str(like) else 1)
    lead = re.match(r"[^\d.,-]*", str(like))
    text = f"{figure:,.{places}f}" if thousands else f"{figure:.{places}f}"
    return (lead[0] if lead else "") + text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def changed(change: Callable[[float], float], numbers: str) -> Callable[[Cell], Cell]:
    """A change of the figure as a change of its cell. Raises NotApplicable where it comes out the same."""

    def apply(cell: Cell) -> Cell:
        before = figure_of(cell, numbers)
        after = change(before)
        if after == before:
            raise NotApplicable(f"{cell} stays {cell}")
        return written(after, numbers, cell)

    return apply
