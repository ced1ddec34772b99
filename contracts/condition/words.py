"""The words of a free condition (`rule: sql`): all that may stand in it. What is not listed here is refused, so nothing has to be forbidden."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Literal, NamedTuple

Kind = Literal["angka", "teks", "tanggal", "waktu", "logika", "kosong"]
"""What a part of a condition is; `kosong` is null, which fits everything."""
MOST_LETTERS, MOST_NESTED = 2_000, 40

FUNCTIONS: dict[str, tuple[tuple[str, ...], Kind, str]] = {
    "abs": (("angka",), "angka", "abs({0})"),
    "round": (("angka", "bulat"), "angka", "round({0}, {1})"),
    "floor": (("angka",), "angka", "floor({0})"),
    "ceil": (("angka",), "angka", "ceil({0})"),
    "length": (("teks",), "angka", "char_length({0})::numeric"),
    "lower": (("teks",), "teks", "lower({0})"),
    "upper": (("teks",), "teks", "upper({0})"),
    "trim": (("teks",), "teks", "btrim({0})"),
    "left": (("teks", "bulat"), "teks", "left({0}, {1})"),
    "right": (("teks", "bulat"), "teks", "right({0}, {1})"),
    "substr": (("teks", "bulat", "bulat"), "teks", "substr({0}, {1}, {2})"),
    "year": (("tanggal",), "angka", "extract(year from {0})"),
    "month": (("tanggal",), "angka", "extract(month from {0})"),
    "day": (("tanggal",), "angka", "extract(day from {0})"),
}
"""Name -> what it takes (`bulat`: a whole number written out), what it gives, and its SQL. None of them can fail, write, wait or grow."""
OF_ONE_KIND = {"coalesce": 1, "greatest": 1, "least": 1, "nullif": 2}
"""Functions of arguments of one kind, and the fewest of them."""
KEYWORDS = frozenset({
    "and", "or", "not", "is", "in", "between", "like", "ilike", "null", "true", "false", "case", "when", "then", "else", "end",
})  # fmt: skip
COMPARISONS = {"=": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
PATTERNS = {"~": "~", "~*": "~*", "!~": "!~", "!~*": "!~*"}

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)(?![A-Za-z_.])|(?P<text>'(?:[^']|'')*')|"(?P<quoted>[a-z][a-z0-9_]*)"|(?P<name>[A-Za-z][A-Za-z0-9_]*)
    |(?P<sign><=|>=|<>|!=|!~\*|!~|~\*|~|\|\||::|[-+*/%=<>(),]))""",
    re.VERBOSE,
)


class ConditionError(ValueError):
    """A condition that cannot be one: what is wrong, and what would be right."""

    def __init__(self, problem: str, should_be: str) -> None:
        super().__init__(f"{problem}. {should_be}")
        self.problem, self.should_be = problem, should_be


class Token(NamedTuple):
    """A word of a condition: its sort (number, text, quoted, name, keyword, sign, end) and what it says."""

    sort: str
    text: str


QUERIES = frozenset({"select", "exists", "from", "join", "union", "with", "having"})
"""Words of a query: a condition reads its own row and asks no table."""


def refuse_query(words: Iterable[Token], columns: Container[str]) -> None:
    """Raises ConditionError where a condition is, or holds, a query; a column may be called `from`."""
    for word in words:
        if word.sort in ("name", "keyword") and word.text in QUERIES and word.text not in columns:
            raise ConditionError(
                f"`{word.text}` memulai kueri, dan syarat `sql` tidak boleh memuat kueri atau subkueri",
                "syarat atas satu baris itu sendiri, misalnya harga > 2 * modal; untuk membandingkan dengan baris atau data lain pakai aturan"
                " change_within, outlier, unique, atau same_as_dataset",
            )


def words_of(condition: str) -> list[Token]:
    """The words of a condition, an `end` after them. Raises ConditionError at the first sign that is none of ours."""
    if len(condition) > MOST_LETTERS:
        raise ConditionError(f"syarat sepanjang {len(condition)} huruf", f"paling banyak {MOST_LETTERS} huruf")
    found, place = [], 0
    while condition[place:].strip():
        match = _TOKEN.match(condition, place)
        if match is None:
            raise ConditionError(
                f"`{condition[place:].strip()[:20]}` tidak dikenal di dalam syarat", "kolom, angka, teks di antara ' ', dan tanda"
            )
        found.append(_token(match))
        place = match.end()
    return [*found, Token("end", "")]


def _token(match: re.Match[str]) -> Token:
    sort = match.lastgroup or ""
    text = match[sort]
    if sort == "text":
        return Token(sort, text[1:-1].replace("''", "'"))
    if sort == "name":
        return Token("keyword" if text.lower() in KEYWORDS else sort, text.lower())
    return Token(sort, text)
