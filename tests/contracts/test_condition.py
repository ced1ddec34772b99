"""Prevents a free condition from being more than a condition on one row: a query, a second statement, a wait, a file, another table."""

from __future__ import annotations

import pytest

from contracts.condition.grammar import read_condition
from contracts.condition.words import ConditionError
from contracts.models.columns import ColumnType

COLUMNS: dict[str, ColumnType] = {
    "t": "text", "n": "integer", "m": "decimal", "b": "boolean", "d": "date", "e": "date", "w": "timestamp", "order": "integer", "p": "period",
}  # fmt: skip
REFUSED = [
    "(select 1) = n", "n > (select count(*) from ops.batch)", "exists (select from ops.batch)", "n = 1; drop table ops.batch", "n = 1) or (true",
    "n = 1 -- ", "n = 1 /* x */", "pg_sleep(1000) is null and n = 1", "pg_read_file('/etc/passwd') = t", "n = 1 union select 2", "current_user = t",
    "now() > w", "current_date > d", "t = $$x$$", "t = E'\\\\x'", "t = U&'x'", "t = 'a", '"ops".batch = 1', "ops.batch.x = 1", 'n = "x" ', "random() > n",
    "repeat(t, 1000000) = ''", "dblink('x') = t", "t::regclass = t", "t::integer > 5", "w::time > d", "n > 1 n", "n >", "> n", "n in ()", "n in (1,",
    "case end", "case when n then 1 end = 1", "n ~ '1'", "t ~ n", "t ~ t", "t ~ '('", "t ~ '(a+)+$'", "t like t", "t like 'a\\\\'", "not n", "b + 1 > 0",
    "d + n > e", "d + e > d", "d > 'besok'", "w > '2025-13-01'", "left(t, n) = 'a'", "left(t, 99999) = 'a'", "left(t) = 'a'", "round(n, ²) = 1", "n is true",
    "n not > 1", "1 = 1", "", "   ", "n = 1 and", "tidak_ada = 1", "N.x = 1", "n[1] = 1", "t = 'x' collate \"C\"", "n = :x", "n = %(x)s", "n = ?", "{n} = 1",
    "current_setting('x') = t", "set_config('a','b',false) = t", "lo_import('x') = n", "n = any(array[1])", "t ~ '(a)\\1'", "(" * 60 + "n=1" + ")" * 60,
    "n = 1 or " * 400 + "n = 1", "1e5 > n", "n > 1.", "xmin = n", "ctid = t", "_no = 1", "_cacat = t", "count(*) > 1", "sum(n) over () > 1", "n = ٣",
]  # fmt: skip
READ = {
    "n > 2 * m": '("n"::numeric > (2::numeric * "m"::numeric))',
    "n / m > 3": '(("n"::numeric / nullif("m"::numeric, 0)) > 3::numeric)',
    "t = 'O''Brien; --'": "(\"t\" = 'O''Brien; --')",
    "d > '2025-01-31'": "(\"d\" > date '2025-01-31')",
    "w >= '2025-01-31 08:00'": "((\"w\" at time zone 'Asia/Jakarta') >= timestamp '2025-01-31 08:00:00')",
    "- -n < 1": '("n"::numeric < 1::numeric)',
    '"order" < 1': '("order"::numeric < 1::numeric)',
    "not b and n is null": '((not "b") and ("n"::numeric is null))',
    "a_is_no_column = 1": None,
}


@pytest.mark.parametrize("text", REFUSED)
def test_refuses_what_is_no_condition_on_a_row(text: str) -> None:
    with pytest.raises(ConditionError) as raised:
        read_condition(text, COLUMNS)
    assert raised.value.problem
    assert raised.value.should_be


@pytest.mark.parametrize("text", READ)
def test_writes_a_condition_anew(text: str) -> None:
    if READ[text] is None:
        pytest.raises(ConditionError, read_condition, text, COLUMNS)
    else:
        assert read_condition(text, COLUMNS, "Asia/Jakarta").sql == f"({READ[text]})"


def test_says_which_columns_it_speaks_of() -> None:
    assert read_condition("n > m or n is null and coalesce(m, 0) = 0", COLUMNS).columns == ("n", "m")


@pytest.mark.parametrize(
    "text", ["n > (select max(n) from x)", "exists (select 1)", "n in (SELECT 1)", "select n from t", "n = 1 union all x"]
)
def test_a_query_is_refused_as_one_and_not_as_a_missing_column(text: str) -> None:
    with pytest.raises(ConditionError) as raised:
        read_condition(text, COLUMNS)
    assert "kueri" in raised.value.problem
    assert "change_within" in raised.value.should_be


def test_a_column_may_be_called_like_a_word_of_a_query() -> None:
    assert read_condition("from > 1", {"from": "integer"}).columns == ("from",)
