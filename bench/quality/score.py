"""From single runs to the figures that are promised: a kind's recall is that of its worst variant, a class's the mean of its kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import Any

from bench.corruption.kinds import KINDS
from bench.quality.trial import Clean, Trial

TARGETS = {
    "recall_exact": (">=", 0.99), "recall_statistical": (">=", 0.9), "set_aside_precision": (">=", 0.95),
    "false_alarm_rate": ("<=", 0.01), "warn_rate": ("<=", 0.05), "validate_vs_scan": ("<=", 2.5), "gx_import_in_task_s": ("<=", 0.0),
    "history_1000_vs_0": ("<=", 1.2),
}  # fmt: skip


def met(name: str, value: float) -> bool | None:
    """Is a target met? None where there is none."""
    if name not in TARGETS:
        return None
    sign, target = TARGETS[name]
    return value >= target if sign == ">=" else value <= target


def kinds(trials: Iterable[Trial]) -> dict[str, dict[str, Any]]:
    """Kind -> recall (worst variant), baseline, share stopped by chance, recall of each variant; only kinds that were tried."""
    found = list(trials)
    return {
        kind.name: _kind(kind.exact, [t for t in found if t.kind == kind.name]) for kind in KINDS if any(t.kind == kind.name for t in found)
    }


def _kind(exact: bool, trials: Sequence[Trial]) -> dict[str, Any]:
    variants = sorted({trial.variant for trial in trials})
    each = {name: [trial for trial in trials if trial.variant == name] for name in variants}
    caught = {name: _mean(mine, lambda t: t.caught) for name, mine in each.items()}
    return {
        "class": "exact" if exact else "statistical",
        "recall": min(caught.values()),
        "worst_variant": min(caught, key=lambda name: caught[name]),
        "by_chance": _mean(trials, lambda t: t.by_chance),
        "baseline": min(_mean(mine, lambda t: t.baseline) for mine in each.values()),
        "files": len(trials),
        "variants": caught,
    }


def _mean(trials: Sequence[Trial], value: Callable[[Trial], float]) -> float:
    return round(fmean(value(trial) for trial in trials), 4)


def of_class(found: dict[str, dict[str, Any]], name: str, value: str) -> float:
    """Mean over the kinds of a class."""
    mine = [kind[value] for kind in found.values() if kind["class"] == name]
    return round(fmean(mine), 4) if mine else 0.0


def figures(trials: Sequence[Trial], cleans: Sequence[Clean]) -> dict[str, float]:
    """The figures of the result's head."""
    with_history = kinds(t for t in trials if not t.first)
    aside = sum(t.aside for t in trials if not t.first) + sum(c.aside for c in cleans)
    bad = sum(t.aside_bad for t in trials if not t.first) + sum(min(c.errors_aside, c.aside) for c in cleans)
    judged = [one for one in cleans if not one.first]
    errors = [one for one in judged if one.errors]
    return {
        "recall_exact": of_class(with_history, "exact", "recall"),
        "recall_statistical": of_class(with_history, "statistical", "recall"),
        "set_aside_precision": round(bad / aside, 4) if aside else 1.0,
        "false_alarm_rate": round(sum(one.alarm for one in cleans) / len(cleans), 4),
        "warn_rate": round(sum(one.warned for one in cleans) / len(cleans), 4),
        "baseline_recall_exact": of_class(with_history, "exact", "baseline"),
        "baseline_recall_statistical": of_class(with_history, "statistical", "baseline"),
        "baseline_false_alarm_rate": round(sum(one.baseline_alarm for one in judged) / len(judged), 4) if judged else 0.0,
        "true_errors_recall": round(sum(c.errors_aside for c in errors) / sum(c.errors for c in errors), 4) if errors else 0.0,
        "clean_batches": len(cleans),
        "clean_datasets": len({one.series for one in cleans}),
        "damaged_batches": len(trials),
    }
