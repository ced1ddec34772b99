"""Prevents figures of one period from being filed as another's, and one period from having two spellings in a key."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.coerce.periods import covered
from tests.extractors.coerce.cell_reading import UNREADABLE, Read


@pytest.mark.parametrize(
    ("grain", "notation", "published", "expected"),
    [
        ("tahun", "YYYY", "2023", "2023"), ("tahun", "YYYY", "2014.0", "2014"), ("tahun", "YYYY", "202", UNREADABLE), ("tahun", "YYYY",
        "20233", UNREADABLE),
        ("tahun", "YYYY", "0000", UNREADABLE), ("tahun", ["YYYY", "s/d MMMM YYYY"], "s/d Februari 2023", "2023"),
        ("tahun", None, "31/12/2023", "2023"),
        ("semester", "YYYY S", "2019 1", "2019-S1"), ("semester", "YYYY S", "2019 II", "2019-S2"), ("semester", "YYYY S",
        "2019 3", UNREADABLE),
        ("semester", None, "Semester I 2024", "2024-S1"), ("semester", None, "2024-S2", "2024-S2"), ("semester", "MMMM YYYY", "Juli 2024",
        "2024-S2"),
        ("semester", "YYYYS", "20242", "2024-S2"), ("triwulan", "Triwulan Q YYYY", "Triwulan III 2024", "2024-T3"), ("triwulan",
        "TW Q YYYY", "TW 4 2024", "2024-T4"),
        ("triwulan", None, "Triwulan IV Tahun 2024", "2024-T4"), ("triwulan", None, "2024-T5", UNREADABLE), ("triwulan", "D/M/YYYY",
        "1/4/2024", "2024-T2"),
        ("bulan", "YYYYMM", "202302", "2023-02"), ("bulan", "MMMM YYYY", "FEBRUARI 2023", "2023-02"), ("bulan", "YYYY MMMM",
        "2017 Oktober", "2017-10"),
        ("bulan", "D MMMM YYYY", "31 Januari 2025", "2025-01"), ("bulan", None, "2023-02", "2023-02"), ("bulan", None, "Agustus 2018",
        "2018-08"),
        ("bulan", None, "2/2023", "2023-02"), ("bulan", None, "2023", UNREADABLE), ("bulan", "YYYY", "2023", UNREADABLE),
        ("bulan", "MMMM YYYY", "Tahunan 2017", UNREADABLE), ("minggu_bulan", "MMM YYYY (W)", "Apr 2025 (I)", "2025-04-M1"),
        ("minggu_bulan", "MMM YYYY (W)", "May 2025 (IV)", "2025-05-M4"), ("minggu_bulan", "MMM YYYY (W)", "Jun 2025 (V)", "2025-06-M5"),
        ("minggu_bulan", "MMM YYYY (W)", "Jun 2025 (VI)", UNREADABLE), ("minggu_bulan", None, "2025-04-M2", "2025-04-M2"),
        ("minggu_bulan", "MMM YYYY (W)", "Feb 2025 (V)", "2025-02-M5"), ("minggu_bulan", "D/M/YYYY", "15/2/2025", "2025-02-M3"),
        ("minggu", None, "2023-W05", "2023-W05"), ("minggu", None, "2023-W53", UNREADABLE), ("minggu", "Minggu W YYYY", "Minggu 5 2023",
        "2023-W05"), ("minggu", None, "2/2/2023", "2023-W05"),
        ("minggu", "D/M/YYYY", "1/1/2023", "2022-W52"), ("hari", "DD/ MM/ YYYY", "03/ 01/ 2022", "2022-01-03"),
        ("hari", None, "Januari 2022", UNREADABLE),
        ("hari", None, "2023-02-30", UNREADABLE), ("tahun", None, "x", UNREADABLE),
    ],
)  # fmt: skip
def test_a_period_has_one_spelling(read: Read, grain: str, notation: object, published: str, expected: str) -> None:
    column = {"type": "period", "format": notation}
    assert read(column, published, period={"column": "c", "grain": grain}) == [expected]


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("hari", "2025-01-31"), ("minggu", "2025-W05"), ("minggu_bulan", "2025-01-M5"), ("bulan", "2025-01"), ("triwulan", "2025-T1"),
        ("semester", "2025-S1"), ("tahun", "2025"),
    ],
)  # fmt: skip
def test_a_native_date_is_told_in_the_grain(read: Read, grain: str, expected: str) -> None:
    column = {"type": "period", "format": "MMMM YYYY"}
    assert read(column, "2025-01-31", "2025-01-31T08:00:00", kind=2, period={"column": "c", "grain": grain}) == [expected, expected]


def test_a_period_beside_the_contracts_own_keeps_the_grain_it_is_written_in(read: Read) -> None:
    assert read({"type": "period"}, "2014", "Maret 2014", "2014-03-05") == ["2014", "2014-03", "2014-03-05"]
    assert read({"type": "period", "format": "YYYY"}, "2014", kind=1) == ["2014"]


@pytest.mark.parametrize(
    ("grain", "text", "days"),
    [
        ("tahun", "2024", ("2024-01-01", "2024-12-31")), ("semester", "2019-S1", ("2019-01-01", "2019-06-30")),
        ("semester", "2019-S2", ("2019-07-01", "2019-12-31")), ("triwulan", "2024-T4", ("2024-10-01", "2024-12-31")),
        ("bulan", "2024-02", ("2024-02-01", "2024-02-29")), ("minggu_bulan", "2023-02-M4", ("2023-02-22", "2023-02-28")),
        ("minggu_bulan", "2023-02-M5", ("2023-02-28", "2023-02-28")), ("minggu_bulan", "2023-03-M5", ("2023-03-29", "2023-03-31")),
        ("minggu", "2023-W05", ("2023-01-30", "2023-02-05")), ("minggu", "2024-W01", ("2024-01-01", "2024-01-07")),
        ("hari", "2023-02-14", ("2023-02-14", "2023-02-14")), ("bulan", "2023-03-31", ("2023-03-01", "2023-03-31")),
        ("tahun", "2023-03-31T10:00:00+07:00", ("2023-01-01", "2023-12-31")), ("semester", "2023-08", ("2023-07-01", "2023-12-31")),
    ],
)  # fmt: skip
def test_the_days_a_period_covers(grain: str, text: str, days: tuple[str, str]) -> None:
    assert covered(text, grain) == tuple(map(date.fromisoformat, days))


def test_a_text_that_says_less_than_the_grain_covers_no_period() -> None:
    assert covered("2023", "bulan") is None
    assert covered("Tanjung Karang", "tahun") is None
