"""The demo from the first program to the last: start, play the days that are due, compare, stop, say how it went."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from contracts.errors import AlreadyUp
from contracts.registry import load_registry
from contracts.settings import settings
from satudata.demo import show
from satudata.demo.coverage import covered
from satudata.demo.findings import findings
from satudata.demo.play import Day, Played, play_day
from satudata.demo.traced import traced
from satudata.stack import city, life
from satudata.stack.airflow_cfg import REPOSITORY, Config
from satudata.stack.api import AirflowApi
from warehouse.connect import connect

AIRFLOW_CHANGES: Config = {"scheduler": {"use_job_schedule": False}, "core": {"default_task_retries": 0}}
"""The demo starts every run itself, for the dates of the city's calendar; and what is down stays down, so it is not asked again."""
TASKS_ENV = {"SATUDATA_HOST_DELAY": "0"}
"""All sites of the city are one server, and it is ours."""


def demo(expected: Path | None = None, until: int | None = None) -> int:
    """Play the sample city up to the first day that differs; on a state on which all days were played, the last one once more.

    ``expected``: another file than samples/expected.yml. ``until``: the last day to play, all without it. Returns 0 when `ops` and Airflow
    hold exactly what was expected, a random row of every published table can be traced to its file and every mart covers its units, else 1.
    Raises: `AlreadyUp`, `StackError`, `WarehouseUnreachable`.
    """
    home, console = settings().home, show.console()
    if life.purpose_of(home) == life.LEFT_RUNNING:
        raise AlreadyUp(str(home))
    try:
        known = life.up(lambda text: console.print(f"• {text}"), AIRFLOW_CHANGES, TASKS_ENV, life.PLAYED)
        played = _played(console, AirflowApi(known), expected or REPOSITORY / "samples" / "expected.yml", until)
    finally:
        console.print("• mematikan Airflow dan kota contoh")
        life.down(home, with_database=False)
    with connect("owner", autocommit=True) as conn:
        show.show_findings(console, findings(conn, played[-1].day.run_date))
        lost = show.show_traces(console, traced(conn, str(played[-1].day.run_date)))
        thin = show.show_coverage(console, covered(conn))
    show.show_differences(console, played)
    console.print("PostgreSQL tetap menyala agar hasilnya dapat dibaca: `satudata status`; `satudata down` mematikannya.")
    return int(lost or thin or any(one.differences for one in played))


def _played(console: Console, api: AirflowApi, expected: Path, until: int | None) -> list[Played]:
    """The days that were played. One that differs ends it: the next would rest on it; and it stays due."""
    home, played = settings().home, []
    for day in _due_days(home, until):
        turn_calendar(home, day.number)
        with show.shown_progress(console, day) as progress:
            played.append(play_day(api, load_registry(), expected, day, progress))
        show.show_day(console, played[-1])
        if played[-1].differences:
            break
        (city.state(home) / "played").write_text(str(day.number))
    return played


def turn_calendar(home: Path, number: int) -> None:
    """Let the city show a day."""
    from samples.city import set_day

    set_day(city.state(home), number)


def _due_days(home: Path, until: int | None) -> list[Day]:
    """The days not yet played to their end; the last one again when all were."""
    from samples.city import DAYS

    kept = city.state(home) / "played"
    played = int(kept.read_text()) if kept.exists() else 0
    days = [Day(number, date.fromisoformat(text)) for number, text in sorted(DAYS.items()) if number <= (until or max(DAYS))]
    return [day for day in days if day.number > played] or [Day(days[-1].number, days[-1].run_date, again=True)]
