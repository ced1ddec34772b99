"""Prevents the rows of one month from being published in twelve, since Excel took the second of January for what was the first of February."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from contracts.registry import load_dataset
from extractors.parse import Parsed, parse
from extractors.source_file import SourceFile
from tests.extractors.formats import workbooks

CONTRACT = """
id: uji.harian
title: Harian
source: {kind: file, url: harian.xlsx}
write: snapshot
columns:
  tanggal: {from: Tanggal, type: %s}
  n: {from: Jumlah, type: integer}
key: [tanggal]
"""


def parsed(folder: Path, days: Sequence[object], type_: str = "date") -> Parsed:
    (folder / "kontrak.yml").write_text(CONTRACT % type_)
    workbooks.xlsx(folder / "harian.xlsx", [("Tanggal", "Jumlah"), *((day, number) for number, day in enumerate(days))])
    found = parse(load_dataset(str(folder / "kontrak.yml")), [SourceFile(folder / "harian.xlsx", "harian.xlsx", "", 0)])
    assert sum(len(table) for table in found.chunks()) == len(days)
    return found


def swapped(year: int, month: int, days: range) -> list[object]:
    """Days of a month as they come out of an Excel that reads the month first."""
    return [date(year, day, month) if day <= 12 else f"{day}/{month:02}/{year}" for day in days]


FEBRUARY = swapped(2025, 2, range(1, 29))


@pytest.mark.parametrize("type_", ["date", "timestamp", "period"])
def test_a_month_whose_first_twelve_days_went_elsewhere_waits_for_a_person(tmp_path: Path, type_: str) -> None:
    (finding,) = parsed(tmp_path, FEBRUARY, type_).report.findings
    assert (finding.rule_id, finding.severity, finding.outcome) == ("drift.tanggal.hari_bulan", "hold", "fail")
    assert (finding.checked, finding.failed) == (28, 12)
    assert "misalnya 02/01/2025, yang mungkin seharusnya 01/02/2025" in finding.message
    assert "--terima drift.tanggal.hari_bulan" in finding.message


def test_it_shows_over_chunks_of_any_length_and_in_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_CHUNK_ROWS", "5")
    assert len(parsed(tmp_path, list(reversed(FEBRUARY))).report.findings) == 1
    moments = [datetime(day.year, day.month, day.day, 10) if isinstance(day, date) else f"{day} 10:00" for day in FEBRUARY]
    assert len(parsed(tmp_path, moments, "timestamp").report.findings) == 1


def test_a_whole_year_shows_it_though_each_day_could_be_right(tmp_path: Path) -> None:
    assert len(parsed(tmp_path, [day for month in range(1, 13) for day in swapped(2025, month, range(1, 28))]).report.findings) == 1


@pytest.mark.parametrize(
    "days",
    [
        [date(2025, 2, day) for day in range(1, 29)],
        [f"{day}/02/2025" for day in range(1, 29)],
        [date(2025, 2, day) if day <= 12 else f"{day}/02/2025" for day in range(1, 29)],
        [date(2025, 2, day) if day % 2 else f"{day}/02/2025" for day in range(1, 29)],
        [*FEBRUARY, date(2025, 3, 20)],
        [*FEBRUARY, "3 Maret 2025"],
        [date(2025, 3, 2), "13/02/2025"],
        [date(2025, 2, 2), *(f"{day}/02/2025" for day in range(13, 29))],
        [date(2024, 1, 5), date(2024, 5, 7), date(2024, 8, 9), *(f"{day}/02/2025" for day in range(13, 29))],
        [*(date(2025, month, 2) for month in range(1, 13)), "belum", "belum", "belum"],
    ],
    ids=["native", "texts", "right", "mixed", "late-native", "early-text", "too-few", "same-day-and-month", "other-months", "no-days"],
)  # fmt: skip
def test_days_that_are_right_or_leave_it_open_are_left_alone(tmp_path: Path, days: list[object]) -> None:
    assert parsed(tmp_path, days).report.findings == []
