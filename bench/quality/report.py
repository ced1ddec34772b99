"""What is printed and kept: the table of kinds, the head figures with their targets, and everything that was missed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.quality.score import TARGETS, figures, kinds, met
from bench.quality.trial import Clean, Trial
from bench.results import FOLDER

RESULT = FOLDER / "quality.json"


def result(trials: Sequence[Trial], cleans: Sequence[Clean], blind: set[str], head: dict[str, Any]) -> dict[str, Any]:
    """The whole result; `blind` are the series whose files are measured only."""
    later = [trial for trial in trials if not trial.first]
    return {
        **figures(trials, cleans),
        **head,
        "kinds": kinds(later),
        "kinds_first_batch": _short(kinds(trial for trial in trials if trial.first)),
        "kinds_measured_only": _short(kinds(trial for trial in later if trial.series in blind)),
        "clean": _by_series(cleans),
        "alarms": [f"{one.series} {one.day}: {one.state}; {one.by}" for one in cleans if one.alarm],
        "missed": _missed(later),
    }


def _short(found: dict[str, dict[str, Any]]) -> dict[str, float]:
    return {name: kind["recall"] for name, kind in found.items()}


def _by_series(cleans: Sequence[Clean]) -> dict[str, dict[str, int]]:
    return {
        name: {
            "batches": len(mine), "alarms": sum(one.alarm for one in mine), "warned": sum(one.warned for one in mine),
            "true_errors": sum(one.errors for one in mine), "true_errors_set_aside": sum(one.errors_aside for one in mine),
        }
        for name in dict.fromkeys(one.series for one in cleans)
        for mine in [[one for one in cleans if one.series == name]]
    }  # fmt: skip


def _missed(trials: Sequence[Trial]) -> list[str]:
    lost = [t for t in trials if t.caught < 1]
    counted = Counter((t.kind, t.variant, t.series) for t in lost)
    total = Counter((t.kind, t.variant, t.series) for t in trials)
    worst: dict[tuple[str, str, str], Trial] = {}
    for trial in lost:
        name = (trial.kind, trial.variant, trial.series)
        worst[name] = min(worst.get(name, trial), trial, key=lambda t: t.caught)
    return [
        f"{' / '.join(name)}: {count} dari {total[name]} berkas; paling sedikit {one.caught:.2f} ({one.dose}; {one.state}; {one.by[:200]})"
        for name, count in sorted(counted.items())
        for one in [worst[name]]
    ]


def show(found: dict[str, Any]) -> None:
    """Print the table and the head."""
    print(f"\n{'jenis kerusakan':32} {'kelas':12} {'tertangkap':>10} {'kebetulan':>10} {'GX polos':>9} {'berkas':>7}  varian terburuk")
    for name, kind in found["kinds"].items():
        print(
            f"{name:32} {kind['class']:12} {kind['recall']:10.3f} {kind['by_chance']:10.3f} {kind['baseline']:9.3f} {kind['files']:7}  {kind['worst_variant']}"
        )
    print()
    for name, value in found.items():
        if isinstance(value, (int, float)):
            state = {None: "", True: "tercapai", False: "MELESET"}[met(name, value)]
            target = " ".join(map(str, TARGETS[name])) if name in TARGETS else ""
            print(f"{name:30} {value:10.4g}   {target:8} {state}")


def write(found: dict[str, Any], path: Path = RESULT) -> None:
    """Keep the result."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
