"""Prevents a source from being called late before its day has passed, weekends and holidays included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contracts.registry import load_dataset
from expectations.lintas.deadline import after, deadline

CONTRACT = """title: Uji
source: {kind: file, url: x.csv}
columns: {t: {type: text}}
write: snapshot
key: [t]
"""
ENDS = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("freshness", "day"),
    [
        ("", None),
        ("freshness: {error_after: 30d}", date(2026, 1, 30)),
        ("freshness: {warn_after: 1w}", date(2026, 1, 7)),
        ("freshness: {warn_after: 2d, error_after: 3d}", date(2026, 1, 3)),
    ],
)
def test_freshness_counts_from_the_end_of_the_period(tmp_path: Path, freshness: str, day: date | None) -> None:
    path = tmp_path / "uji.yml"
    path.write_text(f"{CONTRACT}{freshness}\n")
    assert deadline(load_dataset(path), ENDS) == day


@pytest.mark.parametrize(("promise", "day"), [("14d", date(2026, 1, 14)), ("2026-02-15", date(2026, 2, 15)), ("setiap awal tahun", None)])
def test_a_data_item_may_promise_it(tmp_path: Path, promise: str, day: date | None) -> None:
    path = tmp_path / "uji.yml"
    path.write_text(CONTRACT)
    item = type("Item", (), {"jadwal_rilis": promise})
    assert deadline(replace(load_dataset(path), items=(item,)), ENDS) == day  # type: ignore[arg-type]


def test_working_days_pass_over_weekends_and_holidays() -> None:
    """31 December 2025 is a Wednesday."""
    assert after(ENDS, 3, {date(2026, 1, 1)}) == date(2026, 1, 6)
    assert after(ENDS, 3, None) == date(2026, 1, 3)
