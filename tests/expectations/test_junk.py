"""Prevents a keyboard's trial from being published as a figure, and an honest short word from being called one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.expectations.conftest import Bench

TEXT, NUMBER = {"type": "text"}, {"type": "integer"}
ROW = {"jenjang": TEXT, "pria": NUMBER, "wanita": NUMBER, "jumlah": NUMBER}
JUNK = [
    "fd", "FD", "hh", "hhh", "asdf", "asdasd", "qwerty", "qwe", "zxcvbn", "jkl", "test", "Test 1", "TESTING", "coba", "coba coba", "contoh",
    "dummy", "aaa", "xxx", "abc", "abcd", "12/12/12", "1 1 1", "12-12-12-12", "0000", "0000-00-00", "12345", "123456", "???", "lorem ipsum dolor",
]  # fmt: skip
HONEST = [
    "SD", "SMP", "KK", "RT", "RW", "TK", "PT", "CV", "Ds", "Gg", "L", "P", "ha", "kg", "km", "cc", "mm", "ii", "III", "XX", "S1", "D3", "II/a", "A",
    "ASD", "ASDP", "Poin", "Tree", "SDG", "BPBD", "DPRD", "Jl", "Aa", "Asda Jaya", "12/12/2012", "12/11/12", "1.1.1", "012", "1234", "2000", "Testa",
    "Contohrejo", "Cobanrondo", "Abcde Fm", "Percobaan", "10000", "-", "were", "Hj", "Dg", "Faff", "Uji coba", "40000-1",
]  # fmt: skip


def junk(*columns: str) -> list[dict[str, Any]]:
    return [{"rule": "junk", "columns": list(columns)}]


def test_rows_that_somebody_typed_to_try_the_form(bench: Bench) -> None:
    """Rows of this kind stood in the tables of two cities; the honest ones beside them stay."""
    rows = [("fd", 23, 32, 23), ("12", 12, 12, 12), ("SD", 12, 12, 12), ("S1", 23, 32, 55), ("12", 12, 12, 13), (None, 1, 1, 1)]
    dataset = bench.dataset(ROW, checks=junk(*ROW))
    judged = bench.judge(dataset, [dict(zip(ROW, row, strict=True)) for row in rows])
    rule_id = "junk.jenjang_pria_wanita_jumlah"
    assert judged.aside == {1: [rule_id], 2: [rule_id]}
    assert judged.broken == {rule_id: 2}
    assert judged.messages == {
        1: ['Baris memuat jenjang "fd"; seharusnya data, bukan isian percobaan.'],
        2: ["Baris memuat angka yang sama di setiap kolom; seharusnya data, bukan isian percobaan."],
    }


@pytest.mark.parametrize(("texts", "is_junk"), [(JUNK, True), (HONEST, False)], ids=["junk", "honest"])
def test_knows_a_trial_from_a_short_word(bench: Bench, texts: list[str], is_junk: bool) -> None:
    judged = bench.judge(bench.dataset({"t": TEXT}, checks=junk("t")), [{"t": text} for text in texts])
    assert [text for number, text in enumerate(texts, start=1) if (number in judged.aside) != is_junk] == []


@pytest.mark.parametrize(("names", "is_junk"), [(18, True), (17, False), (1, False)], ids=["among names", "among numbers", "in few rows"])
def test_a_bare_number_is_no_name(bench: Bench, names: int, is_junk: bool) -> None:
    """12 beside names of desa is somebody's trial; in a column of numbers of RT it is one of them."""
    texts = [*(f"Desa {number}" for number in range(names)), "12", "7"]
    judged = bench.judge(bench.dataset({"t": TEXT}, checks=junk("t")), [{"t": text} for text in texts])
    assert set(judged.aside) == ({names + 1, names + 2} if is_junk else set())


def test_numbers_and_days_that_nobody_means(bench: Bench) -> None:
    columns = {"n": NUMBER, "d": {"type": "date"}, "m": {"type": "decimal"}}
    rows: list[dict[str, Any]] = [
        {"n": 123456}, {"n": 999999}, {"n": 99999}, {"n": 123457}, {"d": date(1900, 1, 1)}, {"d": date(1, 1, 1)}, {"d": date(1945, 8, 17)},
        {"m": "1234567.0"}, {"m": "0.5"},
    ]  # fmt: skip
    judged = bench.judge(bench.dataset(columns, checks=junk(*columns)), rows)
    assert set(judged.aside) == {1, 2, 5, 6, 8}


def test_a_name_is_not_repeated(bench: Bench) -> None:
    judged = bench.judge(bench.dataset({"t": TEXT | {"pribadi": "nama"}}, checks=junk("t")), [{"t": "asdfgh"}])
    assert judged.messages == {1: ["Baris memuat t (disamarkan); seharusnya data, bukan isian percobaan."]}
