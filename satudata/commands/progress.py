"""How far a long command is: one line that moves on a terminal, one line per step where nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Told = Callable[[str, int, int], None]
"""Hears what is being done, and how many of how many are done; of 0 where that cannot be said."""


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Told]:
    """Show on stderr what the block tells."""
    console = Console(stderr=True, quiet=quiet)
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as shown:
        tasks: dict[str, int] = {}

        def told(what: str, done: int, of: int) -> None:
            task = tasks.setdefault(what, len(tasks))
            if task == len(shown.task_ids):
                shown.add_task(what)
            shown.update(shown.task_ids[task], completed=done, total=of or None)

        yield told


def _lines(console: Console) -> Told:
    """A line when a step begins, and at every tenth of it."""
    last: dict[str, int] = {}

    def told(what: str, done: int, of: int) -> None:
        tenth = 10 * done // of if of else 0
        if last.get(what) != tenth:
            last[what] = tenth
            console.print(f"{what}: {done} dari {of}" if of else what, highlight=False)

    return told
