"""Prevents a figure from being filed under another day than its agency wrote: 3/4/2018 is the third of April, 31 Februari is no day,
and a page that says "4 jam yang lalu" means hours before it was fetched."""

from __future__ import annotations

import pyarrow as pa
import pytest

from extractors.cells import CellColumn
from tests.extractors.coerce.cell_reading import UNREADABLE, Read, column_reader

USUAL = [
    ("2025-01-31", "2025-01-31"), ("2025/01/31", "2025-01-31"), ("20250131", "2025-01-31"), ("17/4/2018", "2018-04-17"), ("1/1/2013",
    "2013-01-01"),
    ("3/4/2018", "2018-04-03"), ("03/ 01/ 2022", "2022-01-03"), ("17-04-2018", "2018-04-17"), ("17.4.2018", "2018-04-17"), ("17/4/18",
    "2018-04-17"),
    ("31 Januari 2025", "2025-01-31"), ("31 JANUARI 2025", "2025-01-31"), ("31 januari  2025", "2025-01-31"), ("31Januari 2025",
    "2025-01-31"),
    ("20 Jul 20", "2020-07-20"), ("5 Agt 2024", "2024-08-05"), ("5 Agu 2024", "2024-08-05"), ("5 Ags. 2024", "2024-08-05"), ("5 Aug 2024",
    "2024-08-05"),
    ("1 Peb 2024", "2024-02-01"), ("1 Pebruari 2024", "2024-02-01"), ("1 Mei 2024", "2024-05-01"), ("1 May 2024", "2024-05-01"),
    ("9 Okt 2023", "2023-10-09"), ("9 October 2023", "2023-10-09"), ("31 Des 99", "1999-12-31"), ("10 Nopember 2023", "2023-11-10"),
    ("17-Agu-2023", "2023-08-17"), ("17-Aug-23", "2023-08-17"), ("Selasa (17/4/2018)", "2018-04-17"), ("Selasa, 17 April 2018",
    "2018-04-17"),
    ("Jum'at 20/4/2018", "2018-04-20"), ("Jumat, 20 Apr 2018", "2018-04-20"), ("Minggu 22 April 2018", "2018-04-22"),
    ("Tuesday, 17 April 2018", "2018-04-17"), ("29 Februari 2024", "2024-02-29"), ("2025-01-31T10:00:00", "2025-01-31"),
    ("2025-01-31T20:00:00Z", "2025-02-01"), ("2025-01-31 23:59", "2025-01-31"), ("\u00a031 Januari 2025 ", "2025-01-31"),
    ("31 Januari 2025 10:15", "2025-01-31"),
]  # fmt: skip
HOSTILE = [
    "31 Februari 2025", "29 Februari 2023", "30/2/2023", "4/13/2018", "0/1/2023", "2025-02-30", "2025-13-01", "0000-01-01", "1 Jan 0000",
    "10000-01-01",
    "202", "2025", "1 Bulan 2025", "Januari 2025", "32 Januari 2025", "1/1/2", "1112025", "-", "besok", "Senin", "45123", "12:30",
    "٣١/١/٢٠٢٥", "１/１/２０２３",
    "31/1/2025 25:00", "2025-01-31T99:00", "1//2025", "x" * 10_000, "9" * 400,
]  # fmt: skip


@pytest.mark.parametrize(("published", "expected"), USUAL)
def test_the_usual_notations_need_no_format(read: Read, published: str, expected: str) -> None:
    assert read({"type": "date"}, published) == [expected]


@pytest.mark.parametrize("published", HOSTILE)
@pytest.mark.parametrize("type_", ["date", "timestamp"])
def test_what_is_no_day_is_set_aside(read: Read, type_: str, published: str) -> None:
    assert read({"type": type_}, published) == [UNREADABLE]


@pytest.mark.parametrize(
    ("notation", "published", "expected"),
    [
        ("DD/ MM/ YYYY", "03/ 01/ 2022", "2022-01-03"), ("DD/MM/YYYY", "3/1/2022", "2022-01-03"), ("MM/DD/YYYY", "3/4/2018", "2018-03-04"),
        ("D MMMM YYYY", "31 Jan 2025", "2025-01-31"), ("D MMMM YYYY", "31/1/2025", UNREADABLE), ("YYYYMM", "202302", "2023-02-01"),
        ("YYYYMM", "202302.0", "2023-02-01"), ("YYYYMM", "202313", UNREADABLE), ("YYYYMMDD", "2023021", UNREADABLE), ("DDMMYY", "170418",
        "2018-04-17"),
        ("MMMM YYYY", "Agustus 2018", "2018-08-01"), ("s/d MMMM YYYY", "s/d Februari 2023", "2023-02-01"), ("D/M/YYYY",
        "Selasa (17/4/2018)", "2018-04-17"),
        ("per D MMMM YYYY", "Per 31 Maret 2023", "2023-03-31"), ("D-M-YY", "1-2-69", "2069-02-01"), ("D-M-YY", "1-2-70", "1970-02-01"),
        (["YYYY-MM-DD", "D/M/YYYY"], "17/4/2018", "2018-04-17"), (["YYYY-MM-DD", "D/M/YYYY"], "17.4.2018", UNREADABLE),
        (["D/M/YYYY", "M/D/YYYY"], "3/14/2018", UNREADABLE), ("D M YYYY", "1 11 2025", "2025-11-01"), ("D M YYYY", "1112025", UNREADABLE),
        ("epoch_s", "1700000000", "2023-11-15"), ("epoch_s", "1700000000.0", "2023-11-15"), ("epoch_ms", "1700000000000", "2023-11-15"),
        ("epoch_s", "9" * 15, UNREADABLE), ("epoch_s", "abc", UNREADABLE), ("relative", "2 hari yang lalu", "2025-03-29"),
    ],
)  # fmt: skip
def test_a_declared_notation_is_the_only_one(read: Read, notation: object, published: str, expected: str) -> None:
    assert read({"type": "date", "format": notation}, published) == [expected]


@pytest.mark.parametrize("notation", [None, "D MMMM YYYY", "MM/DD/YYYY"])
def test_native_dates_are_taken_as_they_are(read: Read, notation: str | None) -> None:
    cells = ["2025-03-04", "2025-03-04T10:00:00", "10:00:00"]
    assert read({"type": "date", "format": notation}, *cells, kind=2) == ["2025-03-04", "2025-03-04", UNREADABLE]
    assert read({"type": "timestamp", "format": notation}, *cells, kind=2) == [
        "2025-03-04T00:00:00+07:00", "2025-03-04T10:00:00+07:00", UNREADABLE,
    ]  # fmt: skip


def test_native_numbers_in_a_date_column_are_read_by_its_notation(read: Read) -> None:
    assert read({"type": "date", "format": "YYYYMM"}, "202302", kind=1) == ["2023-02-01"]
    assert read({"type": "date"}, "45123.5", kind=1) == [UNREADABLE]


@pytest.mark.parametrize(
    ("notation", "published", "expected"),
    [
        (None, "2026-08-19T14:21:57.344Z", "2026-08-19T14:21:57.344000+00:00"), (None, "2025-08-25 03:00:00", "2025-08-25T03:00:00+07:00"),
        (None, "2025-08-25T03:00:00.000000Z", "2025-08-25T03:00:00+00:00"), (None, "2025-08-25T03:00:00+0800", "2025-08-25T03:00:00+08:00"),
        (None, "2025-08-25", "2025-08-25T00:00:00+07:00"), (None, "17/4/2018 10:05", "2018-04-17T10:05:00+07:00"),
        (None, "17/4/2018 10:05:59", "2018-04-17T10:05:59+07:00"), (None, "17 April 2018, 10:05 WITA", "2018-04-17T10:05:00+08:00"),
        (None, "2025-08-25 03:00 WIT", "2025-08-25T03:00:00+09:00"), (None, "17/4/2018 24:00", "2018-04-18T00:00:00+07:00"),
        ("D/M/YYYY HH:mm", "17/4/2018 25:05", UNREADABLE), ("D/M/YYYY HH:mm", "17/4/2018 5:05:09", "2018-04-17T05:05:09+07:00"),
        ("YYYY-MM-DDTHH:mm", "2018-04-17T10:05", "2018-04-17T10:05:00+07:00"),
        ("epoch_s", "1700000000", "2023-11-15T05:13:20+07:00"), ("epoch_ms", "1700000000344", "2023-11-15T05:13:20.344000+07:00"),
        ("relative", "4 jam yang lalu", "2025-03-31T06:30:00+07:00"), ("relative", "1 bulan yang lalu", "2025-02-28T10:30:00+07:00"),
        ("relative", "setahun yang lalu", "2024-03-31T10:30:00+07:00"), ("relative", "seminggu lalu", "2025-03-24T10:30:00+07:00"),
        ("relative", "baru saja", "2025-03-31T10:30:00+07:00"), ("relative", "kemarin", "2025-03-30T10:30:00+07:00"),
        ("relative", "2 hours ago", "2025-03-31T08:30:00+07:00"), ("relative", "4 jam lagi", UNREADABLE), ("relative",
        "9999 tahun yang lalu", UNREADABLE),
        ("relative", "31 Januari 2025", UNREADABLE), (["relative", "D MMMM YYYY"], "31 Januari 2025", "2025-01-31T00:00:00+07:00"),
    ],
)  # fmt: skip
def test_moments_carry_their_zone(read: Read, notation: object, published: str, expected: str) -> None:
    assert read({"type": "timestamp", "format": notation}, published) == [expected]


def test_relative_moments_need_the_time_of_fetch() -> None:
    reader = column_reader({"type": "timestamp", "format": "relative"}, fetched_at=None)
    assert reader(CellColumn(pa.array(["4 jam yang lalu"]))).unreadable.to_pylist() == [True]
