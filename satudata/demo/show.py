"""What a person sees of the demo: how far it is, what each day came to, and where it differs from what was expected."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from satudata.demo.coverage import Covered
from satudata.demo.expected import Result
from satudata.demo.play import Day, Played
from satudata.demo.traced import Traced
from satudata.stack import runs
from satudata.state_words import STATES
from warehouse.names import shown

WORDS = {
    "success": "selesai",
    "running": "berjalan",
    "queued": "antre",
    "scheduled": "antre",
    "failed": "gagal",
    "skipped": "dilewati",
    "upstream_failed": "dilewati",
}
ROWS = {
    "accepted": "diterima",
    "unchanged": "tetap",
    "quarantined": "dikarantina",
    "rejected": "ditolak",
    "waiting": "menunggu kode",
    "closed": "berakhir",
}
COLOURS = {"accepted": "green", "held": "yellow", "failed": "red", "returned": "yellow"}
FETCHES = {"new": "baru", "unchanged": "tetap", "failed": "[red]gagal[/]", "absent": "belum ada"}
PLAIN_WIDTH = 150
"""Of a log file, which has no edge to wrap at."""
EVERY_S = 15.0


def console() -> Console:
    """Where the demo is shown: as wide as the terminal, or as a log."""
    return Console() if Console().is_terminal else Console(width=PLAIN_WIDTH)


class Shown:
    """The progress display of one day: live in a terminal, a line now and then in a log."""

    def __init__(self, progress: Progress, day: Day) -> None:
        self._progress, self._day, self._next_line = progress, day, time.monotonic() + EVERY_S
        self._lines = {part: progress.add_task(f"hari {day.number}: {part}", total=None, tasks="") for part in ("sumber", "rilis")}

    def __call__(self, part: str, seen: runs.Progress) -> None:
        """Show how far a part of the day is."""
        told: Counter[str] = Counter()
        for state, number in seen.tasks.items():
            told[WORDS.get(state, "menunggu")] += number
        text = ", ".join(f"{number} {word}" for word, number in sorted(told.items()))
        self._progress.update(self._lines[part], total=seen.runs, completed=seen.ended, tasks=text)
        if not self._progress.console.is_terminal and time.monotonic() > self._next_line:
            self._next_line = time.monotonic() + EVERY_S
            self._progress.console.print(f"  hari {self._day.number}: {part} {seen.ended}/{seen.runs} DAG; tugas: {text}", highlight=False)


@contextmanager
def shown_progress(console: Console, day: Day) -> Iterator[Shown]:
    """A live display while a day is played."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(20),
        TextColumn("{task.completed} DAG; tugas: {task.fields[tasks]}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        yield Shown(progress, day)


def show_day(console: Console, played: Played) -> None:
    """The day's table, one line per dataset, then what was published."""
    day = played.day
    table = Table(
        "dataset", "diambil", "putusan", "baris", "galat", title=f"\n{_title(day)}", title_justify="left", box=SIMPLE_HEAD, pad_edge=False
    )
    for dataset, sources in groupby(sorted(played.found), key=lambda source: source[0]):
        table.add_row(*_row(dataset, [played.found[source] for source in sources]))
    console.print(table)
    states = _counted(sorted(_shown(result.state) for result in played.found.values() if result.state))
    for act in played.acts:
        console.print(f"{act.by} (dimainkan demo): {act.command}", markup=False, highlight=False)
    console.print(f"Putusan: {states}. Baris: {_rows(played.found.values())}.")
    console.print(_published(played), highlight=False)


def show_findings(console: Console, found: Iterable[tuple[str, int, str, str]]) -> None:
    """What the checks found and people decided, with the command that shows each."""
    whole = Column("lihat (sesudah `. .venv/bin/activate`)", no_wrap=True, overflow="ignore")
    table = Table(
        "pemeriksaan", "jumlah", "contoh", whole, title="\nHasil pemeriksaan", title_justify="left", box=SIMPLE_HEAD, pad_edge=False
    )
    for what, number, one, command in found:
        table.add_row(what, str(number), Text(one), command)
    console.print(table)


def show_traces(console: Console, found: Iterable[Traced]) -> bool:
    """A random row of every published table with what it rests on; whether one of them could not be traced."""
    table = Table("tabel", "baris acak", "asal", title="\nAsal angka", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    traces = list(found)
    for one in traces:
        origin = f"[red]{one.problem}[/]" if one.problem else one.made_of or f"{one.origins} baris di arsip, sidiknya tetap"
        table.add_row(shown(one.table), Text(one.key), origin)
    console.print(table)
    console.print("Satu angka sampai ke berkasnya: satudata lineage mart.TABEL KOLOM=NILAI (docs/rujukan.md)", highlight=False)
    return any(one.problem for one in traces)


def show_coverage(console: Console, found: Iterable[Covered]) -> bool:
    """How well every mart is filled; whether one of them is not filled enough."""
    marts = list(found)
    console.print("\nCakupan mart", highlight=False)
    for one in marts:
        share = "tanpa satuan cakupan" if one.percent is None else f"cakupan {one.percent:.4g} % dari {one.units} ({_parts(one)})"
        sign = "[green]✓[/]" if one.is_enough else "[red]✗[/]"
        console.print(f"{sign} mart {one.mart} {one.rows} baris, dari {one.datasets} dataset, {share}", highlight=False)
    return not all(one.is_enough for one in marts)


def _parts(one: Covered) -> str:
    """`21`, or `kemiskinan 21, sosial 20` where each part must cover the units."""
    return ", ".join(f"{name} {units}".strip() for name, units in one.parts.items())


def show_differences(console: Console, days: Iterable[Played]) -> None:
    """Every difference of every day, or what was checked where there is none."""
    for played in days:
        checked = f"Hari {played.day.number}: {len(played.found)} sumber dan {len(played.tasks)} tugas Airflow dibandingkan dengan samples/expected.yml"
        if not played.differences:
            console.print(f"[green]✓[/] {checked}; semuanya sama.")
            continue
        console.print(f"[red]✗[/] {checked}; {len(played.differences)} berbeda:")
        for line in played.differences:
            console.print(f"    {line}", markup=False, highlight=False)


def _title(day: Day) -> str:
    return f"Hari {day.number} ({day.run_date.isoformat()}){', sekali lagi' if day.again else ''}"


def _row(dataset: str, results: list[Result]) -> list[str]:
    errors = ", ".join(sorted({result.error for result in results if result.error}))
    name = f"{dataset} ({len(results)} penerbit)" if len(results) > 1 else dataset
    return [name, _counted(FETCHES[r.fetch] for r in results), _counted(_shown(r.state) for r in results), _rows(results), errors]


def _shown(state: str | None) -> str:
    return f"[{COLOURS[state]}]{STATES[state]}[/]" if state else "-"


def _rows(results: Collection[Result]) -> str:
    """What became of the rows, in words; nothing for what is nought."""
    counted: Counter[str] = Counter()
    for result in results:
        counted.update(result.counts)
        counted["dropped"] += sum(result.dropped.values())
    words = {**ROWS, "dropped": "bukan data"}
    return ", ".join(f"{counted[name]} {word}" for name, word in words.items() if counted[name]) or (
        "tidak ada" if any(result.judged for result in results) else "tidak dinilai lagi"
    )


def _counted(words: Iterable[str]) -> str:
    """`baru`, or `2 baru, 44 tetap` where publishers differ."""
    found = Counter(words)
    return next(iter(found)) if len(found) == 1 else ", ".join(f"{number} {word}" for word, number in found.most_common())


def _published(played: Played) -> str:
    """What readers see changed; a table that stayed as it was is not named."""
    if not played.published:
        return "Terbit: tidak ada yang baru."
    changes = [
        (name, rows, f"+{added} ~{changed} -{removed}")
        for name, added, changed, removed, rows in played.published
        if added or changed or removed
    ]
    tables = [f"{shown(name)} {rows} baris ({change})" for name, rows, change in changes]
    return f"Terbit: {'; '.join([*tables, f'{len(played.published) - len(changes)} tabel tidak berubah'])}."
