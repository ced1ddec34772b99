"""Prevents a pattern from meaning one thing when a sheet is read and another when its rows are judged."""

from __future__ import annotations

import random
import re
import warnings

import pytest

from contracts.pattern_words import WrongPattern
from contracts.postgres_pattern import to_postgres
from contracts.regex_risk import may_run_for_ever
from tests.expectations.conftest import Bench

PATTERNS = [
    r"^IND\d{4}$", r"^\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?$", r"\bkec\b", r"\Bec\b", "a.c", r"[^\d\s]+", "(?i)jumlah", "^$", "x{,3}$", "{a}",
    "a|b|", "(?!KEC).*", "(?<=a)b", "(?<!a)b", r"[\]\-^a]", r"\\", "%", "'", ":nama", "(?P<x>a)+?b", "^(Kota|Kabupaten) .+$",
    r"[\D]x", r"\.0$", "^(?!IKAHH|ILMEA)(.+)$", "a{2}", "(ab){2,3}c", r"\$", r"\x41é", r"^\w+$", r"\Aab\Z", "[a-f]+[^a-f]", "^[A-Z]{2}$",
    "é", "[.]", r"\S+@\S+", "(a|(b|c)d)*e", "^.{2,5}$", r"[^\W_]", "(?x) a b  # pola", "(?s)a.b", r"\t", "(?:)", "a*?b+?c??",
    r"\B", r"^\w+$", r"\bm\b", r"[^\W_]+", r"[\W\d]", r"^[^\W]$", r"m\W", "(?!)", "(?:a?){60}", "(?:a{20}){20}", r"^\w{0,255}$",
]  # fmt: skip
TEXTS = [
    "IND0001", "ind0001", "35.71", "35.71.01.1001", "35.71.01.4001", "kec. mojoroto", "abckecd", "abc", "", "JUMLAH", "xx", "xxxx", "{a}", "KEC. A",
    "ab", "b", "]", "-", "^", "\\", "100%", "it's", ":nama", "aab", "Kota Kediri", "Kabupaten", "x", "5x", "ax", "1.0", "IKAHH", "ILMEA x", "aa",
    "ababc", "$", "Aé", "kata dua", "kata", "fz", "AB", "ABC", "é", "a.b", "a@b", "cdbde", "bde", "e", "12345", "123456", "_", "a b", "a\tb",
    "m²", "m² tanah", "½", "km³", "a²b", "a" * 400, "a" * 399,
]  # fmt: skip


ATOMS = [
    "a", "k", "K", "é", "É", "²", " ", "-", "'", "%", "{", "}", ":", "#", "~", "1", "0", ".", r"\.", r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\b", r"\B",
    r"\A", r"\Z", "^", "$", "[a-c]", "[^a-c]", r"[\d.]", r"[^\d]", r"[^\W_]", r"[\W\d]", r"[\D]", r"[^\D\s]", "[é-ü]", "[A-z]", "[]a]", "[^]a]",
    r"[\]\\-]", "[ -~]", r"[^\x00-\x7f]", r"[\u0000-\uffff]", r"\x00", r"\t", r"\/", r"\N{BULLET}", r"\U0001F600", r"[\b]", r"[\s\S]", r"\ud800",
]  # fmt: skip
REPEATS = [
    "",
    "",
    "",
    "",
    "*",
    "+",
    "?",
    "{2}",
    "{0}",
    "{0,2}",
    "{,3}",
    "{1,}",
    "*?",
    "+?",
    "??",
    "{1,2}?",
    "{2}?",
    "*+",
    "{40}",
    "{0,250}",
]
OPENINGS = ["(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?>"]
LETTERS = "aabbkKéÉ -.019²'%{}:_|Zz\u00a0\tsS#~½"


def refused(pattern: str) -> bool:
    try:
        to_postgres(pattern)
    except WrongPattern:
        return True
    return False


def any_pattern(dice: random.Random, depth: int = 0) -> str:
    """A pattern of whatever the two languages share, and of some that they do not."""
    return "".join(any_part(dice, depth) + dice.choice(REPEATS) for _ in range(dice.randint(1, 3)))


def any_part(dice: random.Random, depth: int) -> str:
    kind = dice.random() if depth < 3 else 1.0
    if kind < 0.25:
        return dice.choice(OPENINGS) + any_pattern(dice, depth + 1) + ")"
    if kind < 0.35:
        return f"(?:{any_pattern(dice, depth + 1)}|{any_pattern(dice, depth + 1)})"
    return dice.choice(ATOMS)


def found_differently(bench: Bench, patterns: list[str], texts: list[str]) -> list[tuple[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return [
            (pattern, text)
            for pattern in patterns
            for text, found in bench.conn.execute(
                "select t, t ~ %s from unnest(%s::text[]) t", [to_postgres(pattern), texts]
            ).fetchall()
            if found != bool(re.search(pattern, text))
        ]  # fmt: skip


def test_finds_in_postgres_what_python_finds(bench: Bench) -> None:
    assert found_differently(bench, PATTERNS, TEXTS) == []


@pytest.mark.parametrize("seed", range(4))
def test_any_pattern_that_is_accepted_runs_and_finds_the_same(bench: Bench, seed: int) -> None:
    """A pattern of the right form is not enough: it has to compile in Postgres, of whatever parts it is made."""
    dice = random.Random(seed)
    patterns = [
        pattern
        for pattern in (("(?i)" if dice.random() < 0.2 else "") + any_pattern(dice) for _ in range(1200))
        if not refused(pattern) and not may_run_for_ever(pattern)
    ]
    texts = ["", "a", "a.b", *("".join(dice.choices(LETTERS, k=dice.randint(1, 7))) for _ in range(40))]
    assert len(patterns) > 400, "the dice must not throw mostly what is refused"
    assert found_differently(bench, patterns, texts) == []


REFUSED = [
    (r"(a)\1", "rujukan balik", "compare"), ("(?>a)b", "kelompok (?>", "(?:...)"), ("a*+", "pengulangan *+", "tanpa +"),
    ("(?m)^a", "penanda selain", "tanpa penanda"), ("(?i:a)b", "penanda di tengah", "(?i) paling depan"), ("(?a)a", "penanda selain", "tanpa penanda"),
    ("a{300}", "lebih dari 255", "rule: length"), ("a{256,}", "lebih dari 255", "rule: length"), ("(", "kurung ( tanpa penutup", "\\("),
    ("(a)?(?(1)b|c)", "syarat (?(1)", "(?:ab|c)"), ("a{2,1}", "m-nya lebih besar", "paling banyak n"), ("a(?i)b", "huruf ke-2", "(?i) paling depan"),
    ("(?<=a+)b", "panjangnya tidak tetap", "tanpa *"), ("[[:alpha:]]", "[:...:]", "[A-Za-z]"), (r"\ybanten\y", "\\y", "\\b"), (r"a\z", "\\z", "$"),
    (r"\ud800", "bukan huruf", "hurufnya"), (r"[\ud800-\udfff]", "bukan huruf", "hurufnya"), ("(?:(?:a){100}){100}", "terlalu besar", "lebih sedikit"),
    (r"(?:\b\w*){33}", "terlalu besar", "lebih sedikit"), ("(?:a?b?c?d?){125}", "terlalu besar", "lebih sedikit"),
    (r"(?:\w{0,250}x){20}", "terlalu besar", ".*"),
    ("(" * 400 + "a" + ")" * 400, "terlalu bertingkat", "paling banyak 30"), ("a{99999999999}", "terlalu banyak", "rule: length"), ("*a", "huruf ke-1", "\\*"),
    ("[z-a]", "terbalik", "[a-z]"), ("a)", "kurung )", "\\)"), ("[a", "kurung [", "\\["), ("a\\", "di akhir pola", "\\\\"),
    ("(?P<a b>x)", "nama kelompok", "(?P<tahun>"),
    (r"\p{L}", "\\p", "[A-Za-z]"), ("(?Px)", "tidak dikenal", "(?:...)"), ("a**", "berurutan", "satu tanda"), (r"(a)\2", "tidak ada", "rujukan balik"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "problem", "should_be"), REFUSED, ids=[pattern[:30] for pattern, *_ in REFUSED])
def test_refuses_what_postgres_cannot_say_and_says_what_to_write(pattern: str, problem: str, should_be: str) -> None:
    with pytest.raises(WrongPattern, match="pola") as raised:
        to_postgres(pattern)
    assert problem in raised.value.problem
    assert should_be in raised.value.should_be
    assert not re.search(r"\b(the|group|pattern|repeat|position|range)\b", f"{raised.value}".replace(pattern, "")), "English"


def test_what_is_just_small_enough_compiles_in_no_time(bench: Bench) -> None:
    """Else a contract that was accepted stops the night in Postgres' compiler: the heaviest shapes, as large as they may be."""
    shapes: list[str] = []
    for part in (
        r"\b\w*",
        "a?b?c?d?",
        r"(?=\w{0,5})a?\b",
        r"(?<!\w)(?=a)b?",
        r"\w{2,5}|[a-c]*\d",
        r"\w?\d?[a-z]?.?",
        "(?:a|b?|.*)(?:c|d?|.*)",
    ):
        shapes.append(max((p for n in range(1, 120) if not refused(p := f"(?:{part}){{{n}}}")), key=len))
    bench.conn.execute("set statement_timeout = '5s'")
    for shape in [*shapes, "".join(f"{chr(0x100 + i)}?" for i in range(295)), "(?:" * 30 + "a" + ")?" * 30]:
        assert not refused(shape)
        bench.conn.execute("select 'kecamatan kota' ~* %s", [to_postgres(shape)])
    bench.conn.execute("reset statement_timeout")
