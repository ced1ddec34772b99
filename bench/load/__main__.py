"""`python -m bench.load`: the speed and memory of loading as ratios against psql and dlt in the same run; writes bench/results/load.json.

Each pair runs alternately, the median of the ratios counts. What is missed is printed, never tuned away on the peer's side.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from bench.load.arena import Arena
from bench.load.memory import growth
from bench.results import record

TARGETS = {
    "stage_vs_copy": (">=", 0.5), "accepted_vs_dlt_arrow": (">=", 2.5), "accepted_vs_dlt_default": (">=", 8.0), "peak_rss_mb": ("<=", 600.0),
    "rss_5m_vs_1m": ("<=", 1.15), "rss_json_growth": ("<=", 1.15), "rss_xlsx_growth": ("<=", 1.15),
    "unchanged_s": ("<=", 2.0), "one_percent_vs_first": ("<=", 0.75),
}  # fmt: skip


def speed(arena: Arena, runs: int) -> dict[str, float]:
    """Ratios of rows per second, ours over the peer's; the small and slow peer runs fewer times."""
    stage, arrow, default, again, unchanged = [], [], [], [], []
    for number in range(runs):
        clean = arena.clean_copy()
        stage.append(clean / arena.stage())
        first = arena.accept()
        arrow.append(arena.dlt("arrow") / first)
        if number < min(runs, 3):
            default.append(arena.dlt("default") / first)
        again.append(arena.accept_changed() / first)
        unchanged.append(arena.unchanged())
        print(
            f"  {number + 1}/{runs}: tahap {stage[-1]:.2f}, dlt arrow {arrow[-1]:.2f}, 1% {again[-1]:.2f}, tetap {unchanged[-1]:.2f} s",
            flush=True,
        )
    return {
        "stage_vs_copy": statistics.median(stage), "accepted_vs_dlt_arrow": statistics.median(arrow), "accepted_vs_dlt_default": statistics.median(default),
        "one_percent_vs_first": statistics.median(again), "unchanged_s": statistics.median(unchanged),
    }  # fmt: skip


def main() -> None:
    """Measure, record, print what is met and what is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=Path(".satudata/bench"))
    parser.add_argument("--skip-memory", action="store_true")
    parser.add_argument("--dlt-python", type=Path, default=Path(".venv-bench/bin/python"))
    options = parser.parse_args()
    with Arena(options.cache.absolute(), options.rows, options.dlt_python.absolute()) as arena:
        figures = speed(arena, options.runs)
        if not options.skip_memory:
            figures |= growth(arena)
    for name, value in figures.items():
        sign, target = TARGETS[name]
        met = value >= target if sign == ">=" else value <= target
        print(f"{name:28} {value:8.2f}   {sign} {target:<6} {'tercapai' if met else 'MELESET'}")
    record("load", **{name: round(value, 3) for name, value in figures.items()})


if __name__ == "__main__":
    main()
