"""The questions of `bench/dashboard.sql`, asked over and over as `bi_reader`, and how long the slow ones take."""

from __future__ import annotations

import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from warehouse.connect import database_url

FILE = Path(__file__).parents[1] / "dashboard.sql"
QUERY = re.compile(r"^-- (\w+: .+)\n((?:(?!--).+\n)+)", re.M)


def queries() -> dict[str, str]:
    """Title -> SQL."""
    return dict(QUERY.findall(FILE.read_text(encoding="utf-8")))


@dataclass
class Seen:
    """Milliseconds of each answer, by question."""

    times: dict[str, list[float]] = field(default_factory=dict)

    def p95(self, title: str | None = None) -> float:
        """Of one question, or of all answers together."""
        found = self.times[title] if title else [one for times in self.times.values() for one in times]
        return statistics.quantiles(found, n=20)[18] if len(found) > 1 else found[0]

    @property
    def slowest(self) -> float:
        """The p95 of the question that fares worst."""
        return max(map(self.p95, self.times))


def ask(seen: Seen, until: Callable[[], bool], pause_s: float = 0.02) -> Seen:
    """Ask all questions in turn until it is enough; one round is asked in any case and a first one does not count."""
    with psycopg.connect(database_url("bi_reader"), autocommit=True) as conn:
        for sql in queries().values():
            conn.execute(sql.encode()).fetchall()
        while True:
            for title, sql in queries().items():
                started = time.perf_counter()
                conn.execute(sql.encode()).fetchall()
                seen.times.setdefault(title, []).append((time.perf_counter() - started) * 1000)
                time.sleep(pause_s)
            if until():
                return seen


def idle(seconds: float = 30) -> Seen:
    """What the answers take while nothing is published."""
    end = time.monotonic() + seconds
    return ask(Seen(), lambda: time.monotonic() > end)


class Meanwhile:
    """Questions asked in the background as long as a block runs, the answers added to what was seen before."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.done = seen, threading.Event()

    def __enter__(self) -> Meanwhile:
        self.thread = threading.Thread(target=ask, args=(self.seen, self.done.is_set), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()
