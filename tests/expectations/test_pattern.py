"""Prevents a pattern from meaning one thing when a sheet is read and another when its rows are judged."""

from __future__ import annotations

import re
import warnings

import pytest

from contracts.postgres_pattern import UntranslatablePattern, to_postgres
from tests.expectations.conftest import Bench

PATTERNS = [
    r"^IND\d{4}$", r"^\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?$", r"\bkec\b", r"\Bec\b", "a.c", r"[^\d\s]+", "(?i)jumlah", "^$", "x{,3}$", "{a}",
    "[[:alpha:]]", "a|b|", "(?!KEC).*", "(?<=a)b", "(?<!a)b", r"[\]\-^a]", r"\\", "%", "'", ":nama", "(?P<x>a)+?b", "^(Kota|Kabupaten) .+$",
    r"[\D]x", r"\.0$", "^(?!IKAHH|ILMEA)(.+)$", "a{2}", "(ab){2,3}c", r"\$", r"\x41é", r"^\w+$", r"\Aab\Z", "[a-f]+[^a-f]", "^[A-Z]{2}$",
    "é", "[.]", r"\S+@\S+", "(a|(b|c)d)*e", "^.{2,5}$", r"[^\W_]", "(?x) a b  # pola", "(?s)a.b", r"\t", "(?:)", "a*?b+?c??",
]  # fmt: skip
TEXTS = [
    "IND0001", "ind0001", "35.71", "35.71.01.1001", "35.71.01.4001", "kec. mojoroto", "abckecd", "abc", "", "JUMLAH", "xx", "xxxx", "{a}", "KEC. A",
    "ab", "b", "]", "-", "^", "\\", "100%", "it's", ":nama", "aab", "Kota Kediri", "Kabupaten", "x", "5x", "ax", "1.0", "IKAHH", "ILMEA x", "aa",
    "ababc", "$", "Aé", "kata dua", "kata", "fz", "AB", "ABC", "é", "a.b", "a@b", "cdbde", "bde", "e", "12345", "123456", "_", "a b", "a\tb",
]  # fmt: skip


def test_finds_in_postgres_what_python_finds(bench: Bench) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        differs = [
            (pattern, text)
            for pattern in PATTERNS
            for text, found in bench.conn.execute(
                "select t, t ~ %s from unnest(%s::text[]) t", [to_postgres(pattern), TEXTS]
            ).fetchall()
            if found != bool(re.search(pattern, text))
        ]  # fmt: skip
    assert differs == []


@pytest.mark.parametrize(
    "pattern", [r"(a)\1", "(?>a)b", "a*+", "(?m)^a", "(?i:a)b", "(?a)a", "a{300}", "a{256,}", "(", "(a)?(?(1)b|c)", "a{2,1}"]
)
def test_refuses_what_postgres_cannot_say(pattern: str) -> None:
    with pytest.raises(UntranslatablePattern, match="pola"):
        to_postgres(pattern)
