"""Prevents last year's sheet from being accepted as this year's: what a title speaks of has to be read in all the ways titles are written."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.coerce.mentions import mentioned


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("PER 31 MARET 2023 ", "2023-03-31", "2023-03-31"), ("JUMLAH ASN S.D FEBRUARI 2023", "2023-02-01", "2023-02-28"),
        ("Januari s.d. Maret 2023", "2023-01-01", "2023-03-31"), ("Harga 2023", "2023-01-01", "2023-12-31"), ("2019-2022", "2019-01-01", "2022-12-31"),
        ("penduduk_2019_sem1.json", "2019-01-01", "2019-06-30"), ("penduduk_2021_sem2.json", "2021-07-01", "2021-12-31"),
        ("Laporan Triwulan III Tahun 2024", "2024-07-01", "2024-09-30"), ("harga-2023-03-31.csv", "2023-03-31", "2023-03-31"),
        ("stok_202303.xlsx", "2023-03-01", "2023-03-31"), ("stok 20230331 final", "2023-03-31", "2023-03-31"),
        ("Keadaan 17/4/2018", "2018-04-17", "2018-04-17"), ("https://x.go.id/h?tanggal=2023-03-05", "2023-03-05", "2023-03-05"),
        ("Tahun 2023 Semester I", "2023-01-01", "2023-06-30"), ("31 Februari 2023", "2023-01-01", "2023-12-31"),
        ("Maretha 2023", "2023-01-01", "2023-12-31"),
    ],
)  # fmt: skip
def test_the_days_a_title_speaks_of(text: str, first: str, last: str) -> None:
    assert mentioned(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "DINAS SOSIAL", "Rp 2.023.000", "Maret", "0812023456", "12023"])
def test_a_title_without_time_speaks_of_none(text: str) -> None:
    assert mentioned(text) is None
