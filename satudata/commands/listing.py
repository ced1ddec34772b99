"""A list as a table where the screen has room for it, else item by item: what somebody copies (an id, a command) is never cut or broken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

NO_TERMINAL = 200
"""Columns of a file or a pipe."""
LEAST, BORDERS = 10, 3
"""What a column of prose needs to be read, and what a table draws about each column."""
NOTHING = ("", "-", "0")


def show(columns: Sequence[str], rows: Sequence[Sequence[object]], whole: Collection[str] = (), title: str | None = None) -> None:
    """Print rows under their columns; the cells of those in `whole` stay in one piece."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = {name: max(cell_len(text) for text in (name, *(row[place] for row in cells))) for place, name in enumerate(columns)}
    console = Console(width=None if Console().is_terminal else NO_TERMINAL)
    needed = sum(widths[name] if name in whole else min(widths[name], LEAST) for name in columns) + BORDERS * len(columns) + 1
    if needed > console.width:
        _one_by_one(columns, cells, title)
        return
    table = Table(title=title)
    for name in columns:
        table.add_column(name, no_wrap=name in whole, min_width=min(widths[name], LEAST), overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def by_reason(skipped: Mapping[str, str]) -> dict[str, list[str]]:
    """Why -> the rules that were skipped for it: one sentence for many rules."""
    found: dict[str, list[str]] = {}
    for rule, why in skipped.items():
        found.setdefault(why, []).append(rule)
    return found


def say_behind(found: Iterable[Mapping[str, str]]) -> None:
    """Print what was accepted and waits behind something else (`satudata.review.behind`), and the command that goes on."""
    for one in found:
        click.echo(f"{one['sentence']} Langkah berikutnya: {one['next_step']}")


def _one_by_one(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None) -> None:
    if title:
        click.echo(title)
    for row in rows:
        click.echo(f"{columns[0]} {row[0]}")
        for name, text in zip(columns[1:], row[1:], strict=True):
            if text not in NOTHING:
                click.echo(f"  {name}: {text}")
