"""junk: what people type to see whether a form works. `fd`, `hh`, `test`, `asdf`, 12 in every column, the year 0000, 123456.

Only what nobody means is listed: neither SD, KK, mm nor III is junk, though a hand on the keyboard may type them too. A cell has to be junk
as a whole. (Such rows stood in the public tables of two cities.) A small bare number is junk where a name should stand, that is in a column in
which nearly nobody else wrote one.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.models.checks import Check
from expectations.rules.judged import Judged, row_rule
from expectations.rules.rule import Rule
from expectations.rules.sql import joined, literal, quote, shown
from warehouse.names import PG_TYPES

WORDS = r"(tes|test|testing|tester|coba|coba coba|coba-coba|contoh|contoh data|dummy|sample|data test|lorem ipsum.*) ?[0-9]{0,3}"
HAND = (
    "fd|df|gf|fg|hg|jh|asd[asdfghjkl]+|(sdf|dfg|fgh|ghj|hjk|jkl|dsa|fds|gfd|hgf|jhg|kjh|lkj)[asdfghjkl]*|(qwe|ewq)[qwertyuiop]*"
    "|(zxc|xcv|cvb|vbn|bnm|mnb|nbv|bvc|vcx|cxz)[zxcvbnm]*"
)
AGAIN = "|".join(["ff+", "hh+", "jj+", "qq+", "ww+", "zz+", *(f"{letter}{{3,}}" for letter in "abdegklnoprstuvxy"), "abc(d(ef*)?)?"])
DIGITS = r"0{4}(-.*)?|123456?7?8?9?0?|[?]+"
WHOLE_CELL = f"^({WORDS}|{HAND}|{AGAIN}|{DIGITS})$"
LONGEST = 30
"""Longer cells are no trials; most cells of a large table need no pattern then."""
BEGINS_THRICE, THRICE = "^[0-9]{1,4}[/, -]", r"^([0-9]{1,4})([/, -]+\1){2,}$"
BARE, ANY_NUMBER = "^[1-9][0-9]{0,2}$", "^[0-9]+$"
FEW, ENOUGH_ROWS = 0.1, 10
"""A column whose cells are bare numbers more often than this holds numbers; in so few rows nobody can tell."""
NUMBERS = "123456, 1234567, 12345678, 123456789, 1234567890, 999999, 9999999, 99999999, 999999999, 9999999999"
FIRST_DAY = "1900-01-01"
"""The day that a spreadsheet makes of an empty cell; whatever is earlier is a slip as well."""


def junk_rule(check: Check, judged: Judged) -> Rule:
    """No listed column holds junk, and no text is the very number that stands in all listed columns of numbers."""
    columns = check.columns or ()
    each = {name: _is_junk(name, judged) for name in columns}
    twins = _same_everywhere(columns, judged)
    told = [f"case when {wrong} then {_spoken(name, judged)} end" for name, wrong in each.items()]
    if twins:
        told.append(f"case when {twins} then {literal('angka yang sama di setiap kolom')} end")
    return row_rule(
        check, judged, fails=" or ".join([*each.values(), *([twins] if twins else [])]), subject="Baris memuat",
        observed=f"nullif({joined(', ', told)}, '')", expected="data, bukan isian percobaan", ours="ExpectRowsNotToBeJunk",
    )  # fmt: skip


def _is_junk(name: str, judged: Judged) -> str:
    column, kind = quote(name), PG_TYPES[judged.column(name).type]
    if kind == "text":
        thrice = f"case when {column} ~ {literal(BEGINS_THRICE)} then {column} ~ {literal(THRICE)} end"
        named = f"case when {column} ~ {literal(BARE)} then {_holds_names(name, judged)} end"
        words = f"lower({column}) ~ {literal(WHOLE_CELL)}"
        return f"(case when char_length({column}) <= {LONGEST} then coalesce({words} or {thrice}, false) or coalesce({named}, false) end)"
    if kind in ("date", "timestamptz"):
        return f"({column} <= {kind} '{FIRST_DAY}')"
    return f"({column} in ({NUMBERS}))" if kind in ("bigint", "numeric") else "false"


def _holds_names(name: str, judged: Judged) -> str:
    """SQL of one answer for the whole batch, which PostgreSQL looks for only once a row asks."""
    few = f"count(*) filter (where {quote(name)} ~ {literal(ANY_NUMBER)}) <= {FEW} * count(*)"
    return f"(select count(*) >= {ENOUGH_ROWS} and {few} from {judged.table})"


def _same_everywhere(columns: Sequence[str], judged: Judged) -> str | None:
    """SQL: a text that is the number of at least two columns of numbers, and of all that are listed."""
    kinds = {name: PG_TYPES[judged.column(name).type] for name in columns}
    texts = [name for name, kind in kinds.items() if kind == "text"]
    numbers = [name for name, kind in kinds.items() if kind in ("bigint", "numeric")]
    if not texts or len(numbers) < 2:
        return None
    first, *others = map(quote, numbers)
    equal = " and ".join(f"{first} = {other}" for other in others)
    return f"({equal} and {first}::text in ({', '.join(map(quote, texts))}))"


def _spoken(name: str, judged: Judged) -> str:
    return f"{literal(f'{name} ')} || {shown(name, judged.column(name))}"
