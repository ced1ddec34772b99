"""`python -m bench.warehouse [nodes] [release] [growth]`: what the warehouse costs as it grows; writes bench/results/warehouse.json.

    nodes    dbt_nodes_15, dbt_nodes_500: as many nodes for 500 contracts as for 15
    release  at --rows facts: noop_transform_s, one_percent_vs_full, publish_vs_full, dashboard_p95_ms, dashboard_p95_during_publish_vs_idle
    growth   full_5m_vs_1m: a full transform of five times as many facts (five times --rows / 5)

Ratios are of the same run on the same machine; what is missed is printed as missed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.results import record
from bench.warehouse.arena import Arena, Timed
from bench.warehouse.dashboard import Meanwhile, Seen, idle
from bench.warehouse.dbt_nodes import nodes

TARGETS = {
    "noop_transform_s": 2.0, "one_percent_vs_full": 0.25, "publish_vs_full": 0.2, "dashboard_p95_ms": 200.0,
    "dashboard_p95_during_publish_vs_idle": 1.5, "full_5m_vs_1m": 6.0,
}  # fmt: skip
PARTS = ("nodes", "release", "growth")


def node_counts(folder: Path) -> dict[str, float]:
    """How many nodes dbt lists for few and for many contracts."""
    return {f"dbt_nodes_{contracts}": float(nodes(folder, contracts)) for contracts in (15, 500)}


def release(folder: Path, facts: int, rounds: int) -> dict[str, float]:
    """A first release of all facts, then releases of one in a hundred changed: each round one as quiet as the first, and one while dashboards ask."""
    with Arena(folder, facts) as arena:
        say(f"memuat {facts} fakta", arena.load)
        full = said("rilis penuh", arena.transform())
        noop, quiet, busy, alone, beside = arena.noop(), idle(), Seen(), list[Timed](), list[Timed]()
        for number in range(rounds):
            arena.change(0.01, 2 * number)
            alone.append(said("rilis 1 %", arena.transform()))
            arena.change(0.01, 2 * number + 1)
            beside.append(said("rilis 1 %, selagi dasbor bertanya", arena.transform(lambda: Meanwhile(busy))))
    for title in quiet.times:
        print(f"  {quiet.p95(title):8.1f} ms, selagi terbit {busy.p95(title):8.1f} ms  {title}", flush=True)
    publish, whole = min(one.publish for one in alone), min(one.transform for one in alone)
    return {
        "noop_transform_s": noop, "full_s": full.transform, "publish_full_s": full.publish, "publish_one_percent_s": publish,
        "publish_one_percent_busy_s": min(one.publish for one in beside),
        "publish_vs_full": publish / full.publish, "one_percent_vs_full": whole / full.transform,
        "dashboard_p95_ms": quiet.slowest, "dashboard_p95_during_publish_vs_idle": busy.p95() / quiet.p95(),
    }  # fmt: skip


def growth(folder: Path, facts: int, full_s: float | None) -> dict[str, float]:
    """A full transform beside one of a fifth; `full_s` where the large one was measured in this run already."""

    def whole(rows: int) -> float:
        with Arena(folder, rows) as arena:
            arena.load()
            return said(f"{rows} fakta", arena.transform()).transform

    return {"full_5m_vs_1m": (full_s or whole(facts)) / whole(facts // 5)}


def said(what: str, timed: Timed) -> Timed:
    """Print what a transform took."""
    print(f"  {what}: {timed.transform:.1f} s, terbit {timed.publish:.1f} s", flush=True)
    return timed


def say(what: str, work: Callable[[], object]) -> None:
    """Do the work and print what it took."""
    started = time.perf_counter()
    work()
    print(f"  {what}: {time.perf_counter() - started:.1f} s", flush=True)


def main() -> None:
    """Measure the parts named (all by default), record, print what is met and what is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS))
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    parts = options.parts or PARTS
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="satudata-gudang-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the database server's account passes through
        if "nodes" in parts:
            figures |= node_counts(folder / "simpul")
        if "release" in parts:
            figures |= release(folder / "rilis", options.rows, options.rounds)
        if "growth" in parts:
            figures |= growth(folder / "tumbuh", options.rows, figures.get("full_s"))
    for one, value in figures.items():
        target = TARGETS.get(one)
        print(f"{one:38} {value:9.2f}" + ("" if target is None else f"   <= {target:<6} {'tercapai' if value <= target else 'MELESET'}"))
    record("warehouse", **{one: round(value, 3) for one, value in figures.items()})


if __name__ == "__main__":
    main()
