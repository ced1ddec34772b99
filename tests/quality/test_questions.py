"""Prevents the six questions of docs/pertanyaan.md from being answered wrongly, or only by joining things together."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.quality.conftest import FIRST, SECOND, City

PAGE = Path(__file__).parents[2] / "docs" / "pertanyaan.md"
QUESTIONS = re.findall(r"^## (\d)\. (.+?)$.*?```sql\n(.*?)```", PAGE.read_text(), re.S | re.M)
DUE = date(2026, 6, 23)
"""Fourteen working days after the second night; 16 June is a holiday."""
ANSWERS: dict[str, list[tuple[object, ...]]] = {
    "1": [
        ("uji.dagang.harga", "", "diterima", "1 dari 2 baris diterima, 1 dikarantina."),
        ("uji.dagang.jalan", "", "gagal dinilai", "jalan.csv"),
        ("uji.sosial.miskin", "", "ditahan", "miskin.csv"),
        ("uji.sosial.profil", "35.71.02.1008", "gagal diambil", "profil_35.71.02.1008.csv"),
    ],
    "2": [
        ("Dinas Perdagangan", "uji.dagang.harga", "range.harga_rp", "baris dikarantina", 1),
        ("Dinas Perdagangan", "uji.dagang.jalan", "parse.MissingColumn", "batch gagal", None),
        ("Dinas Sosial", "uji.sosial.miskin", "volume", "batch ditahan", 1),
        ("Dinas Sosial", "uji.sosial.profil", "ambil", "tidak terambil", None),
    ],
    "3": [("harga.csv", None, "3", "barang: susu", "harga_rp", "-5", "antara 0 dan 1000000", "baris dikarantina")],
    "4": [
        ("uji.dagang.harga", "", "range.harga_rp", "baru", SECOND, 1),
        ("uji.dagang.jalan", "", "metadata.D-2", "baru", SECOND, 1),
        ("uji.dagang.jalan", "", "parse.MissingColumn", "baru", SECOND, 1),
        ("uji.sosial.miskin", "", "metadata.D-1", "baru", SECOND, 1),
        ("uji.sosial.miskin", "", "volume", "baru", SECOND, 1),
        ("uji.sosial.profil", "35.71.02.1008", "ambil", "lama", FIRST, 2),
    ],
    "5": [
        ("Dinas Sosial", "uji.sosial.profil", "35.71.02.1008", "ambil", date(2026, 6, 22), 20),  # down since the first night
        ("Dinas Perdagangan", "uji.dagang.harga", "", "range.harga_rp", DUE, 21),
        ("Dinas Perdagangan", "uji.dagang.jalan", "", "metadata.D-2", DUE, 21),
        ("Dinas Perdagangan", "uji.dagang.jalan", "", "parse.MissingColumn", DUE, 21),
        ("Dinas Sosial", "uji.sosial.miskin", "", "metadata.D-1", DUE, 21),
        ("Dinas Sosial", "uji.sosial.miskin", "", "volume", DUE, 21),
    ],
    "6": [
        ("uji.dagang.jalan", "", "gagal dinilai", 3, FIRST, "1 Juni 2026"),
        ("uji.sosial.miskin", "", "ditahan", 2, FIRST, "1 Juni 2026"),
        ("uji.sosial.profil", "35.71.02.1008", "gagal diambil", None, None, "Belum ada angka yang terbit."),
    ],
}
"""By question; a sentence is known by a part of it."""


def test_there_are_six_and_each_is_one_select_on_one_view() -> None:
    assert [number for number, _, _ in QUESTIONS] == list(ANSWERS)
    for _, title, query in QUESTIONS:
        assert len(re.findall(r"\bselect\b", query)) == 1, title
        assert len(re.findall(r"\bfrom quality\.\w+", query)) == 1, title
        assert not re.search(r"\bjoin\b", query), title


@pytest.mark.parametrize(("number", "query"), [(number, query) for number, _, query in QUESTIONS])
def test_the_answer_after_two_nights(city: City, number: str, query: str) -> None:
    found = city.ask(query)
    assert len(found) == len(ANSWERS[number]), found
    for row, expected in zip(found, ANSWERS[number], strict=True):
        for cell, wanted in zip(row, expected, strict=True):
            is_sentence = isinstance(cell, str) and isinstance(wanted, str) and len(cell) > len(wanted)
            assert wanted in cell if is_sentence else cell == wanted, (row, expected)
