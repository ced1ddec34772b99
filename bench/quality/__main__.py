"""`python -m bench.quality`: replay, damage, count; prints the table and writes bench/results/quality.json.

`--quick` looks at the beginning of each series and at the largest dose; `--series`, `--kinds` choose; `--no-speed` leaves the figures of speed out.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import tempfile
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bench.quality import many_batches, report, speed, stage
from bench.quality.arena import EMPTY, Arena, contract_of
from bench.quality.plan import commit
from bench.quality.published import measured_only
from bench.quality.replay import Series
from bench.quality.series import SERIES
from bench.quality.stage import Act, Play
from bench.quality.trial import Clean, Trial

R = TypeVar("R")
MEMORY = Path("/dev/shm")
"""Thousands of databases are made and dropped; where there is a disk in memory, no other disk is kept waiting."""


def main() -> None:
    """Measure, print, record."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--series", nargs="*", default=[one.name for one in SERIES])
    parser.add_argument("--kinds", nargs="*", default=[])
    parser.add_argument("--seed", default=commit())
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--out", type=Path, default=report.RESULT)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the server is stopped, whoever ends us
    chosen = [one for one in SERIES if one.name in options.series]
    speeds = {} if options.no_speed else speed.figures(100_000 if options.quick else 1_000_000)  # first, while nothing else of ours runs
    with tempfile.TemporaryDirectory(prefix="satudata-mutu-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        home = Path(name)
        home.chmod(0o755)  # the database server's account passes through
        play = Play(home, options.seed, options.quick)
        trials, cleans, head = measured(play, chosen, options.kinds, options.workers, speed=not options.no_speed)
    blind = {one.name for one in chosen if one.file in measured_only()}
    left_out = sorted({rule for one in chosen for rule in contract_of(one)[1]})
    found = report.result(trials, cleans, blind, head | speeds | {"commit": options.seed, "rules_left_out": left_out})
    report.show(found)
    report.write(found, options.out)


def measured(
    play: Play, chosen: Sequence[Series], kinds: Sequence[str], workers: int, *, speed: bool
) -> tuple[list[Trial], list[Clean], dict[str, Any]]:
    """Both acts, each shared among workers that are forked once Great Expectations is in memory; and what a long history costs."""
    from expectations.judge import preload
    from warehouse import server

    preload()
    arena = Arena(play.home)
    arena.start()
    try:
        with multiprocessing.get_context("fork").Pool(workers, _left_to_us) as pool:
            head: dict[str, Any] = {}
            told = partial(_told, time.monotonic(), head)
            batches = 20 if play.quick else many_batches.BATCHES
            long_history = pool.apply_async(many_batches.build, (play.home, batches)) if speed else None
            longest_first = sorted((one.name for one in chosen), key=lambda name: name != "produsen_mingguan")
            cleans = told("ulang", len(chosen), pool.imap_unordered(partial(stage.replay, play), longest_first))
            wanted = [_only(act, kinds) for act in stage.acts(play, chosen)]
            trials = told("rusak", len(wanted), pool.imap_unordered(stage.perform, [act for act in wanted if act.kinds]))
            if long_history and not head.get("cut_short"):
                head["history_batches"] = long_history.get()
        if "history_batches" in head:
            head["history_1000_vs_0"] = round(many_batches.ratio(play.home, batches=batches), 3)
    finally:
        arena.drop(EMPTY)
        server.stop(play.home)
    return trials, cleans, head


def _only(act: Act, kinds: Sequence[str]) -> Act:
    return act if not kinds else Act(act.play, act.series, act.first, tuple(kind for kind in act.kinds if kind in kinds))


def _told(started: float, head: dict[str, Any], what: str, portions: int, results: Iterable[list[R]]) -> list[R]:
    """All results; a line for each portion that came. Ctrl-C ends it with those that are there, and the result says so."""
    found: list[R] = []
    try:
        for number, portion in enumerate(results, start=1):
            found += portion
            name = getattr(portion[0], "series", "") if portion else "tidak ada"
            print(f"  {time.monotonic() - started:6.0f} s  {what} {number}/{portions} {name}: {len(portion)} berkas", flush=True)
    except KeyboardInterrupt:
        if what == "ulang":
            raise
        head["cut_short"] = f"{what} {len(found)} berkas"
    return found


def _left_to_us() -> None:
    """A worker leaves it to its parent to be ended: else Ctrl-C would end a run in the middle, and the pool would wait for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


if __name__ == "__main__":
    main()
