"""Prevents a condition of a contract from accusing the wrong row, and from failing on any row at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from contracts.condition.grammar import read_condition
from contracts.models.columns import ColumnType
from tests.expectations.conftest import Bench

COLUMNS: dict[str, dict[str, Any]] = {
    "n": {"type": "integer"}, "m": {"type": "decimal"}, "t": {"type": "text"}, "d": {"type": "date"}, "e": {"type": "date"},
    "w": {"type": "timestamp"}, "b": {"type": "boolean"},
}  # fmt: skip
BIG = 9_223_372_036_854_775_807
AT = datetime.fromisoformat
CASES: list[Any] = [
    # condition, rows, failing
    ("n > 2 * m and t <> 'eceran'", [{"n": 5, "m": 2, "t": "x"}, {"n": 5, "m": 2, "t": "eceran"}, {"n": 4, "m": 2, "t": "x"}, {"n": 5, "t": "x"}], [1]),
    ("n / m > 3 or n % m = 1", [{"n": 9, "m": 0}, {"n": 9, "m": 2}, {"n": 8, "m": 2}, {"n": 7, "m": 3}], [1 + 1, 3, 4]),
    ("n * n * n > 0", [{"n": BIG}, {"n": -BIG}, {"n": None}], [1]),
    ("n + n = n - 1", [{"n": -1}, {"n": BIG}], [1]),
    ("d > e or e - d > 30", [{"d": date(2025, 1, 2), "e": date(2025, 1, 1)}, {"d": date(2025, 1, 1), "e": date(2025, 2, 1)},
                             {"d": date(2025, 1, 1), "e": date(2025, 1, 31)}], [1, 2]),
    ("d + 7 <= e", [{"d": date(2025, 1, 1), "e": date(2025, 1, 8)}, {"d": date(2025, 1, 1), "e": date(2025, 1, 7)}], [1]),
    ("w < '2025-01-01 07:00' and w::date = '2025-01-01'",
     [{"w": AT("2024-12-31T17:00:00+00:00")}, {"w": AT("2025-01-01T00:00:00+00:00")}, {"w": AT("2024-12-31T16:59:00+00:00")}], [1]),
    ("t in ('a', 'b') and t not like 'b%'", [{"t": "a"}, {"t": "b"}, {"t": "c"}, {"t": None}], [1]),
    ("t ~ '^\\d{2}\\b'", [{"t": "12 a"}, {"t": "12a"}, {"t": "a"}], [1]),
    ("b and n not between 1 and 3", [{"b": True, "n": 4}, {"b": True, "n": 3}, {"b": False, "n": 4}, {"b": None, "n": 4}], [1]),
    ("b is not true", [{"b": True}, {"b": False}, {"b": None}], [2, 3]),
    ("coalesce(n, 0) <> case when t = 'x' then 1 when t is null then 2 else 0 end", [{"n": 1, "t": "x"}, {"n": None, "t": "y"}, {"t": None}], [3]),
    ("length(trim(t)) > 2 or left(t, 1) || right(t, 1) = 'ab'", [{"t": "abc"}, {"t": "ab"}, {"t": "a"}], [1, 2]),
    ("round(m, 1) <> m or floor(m) = ceil(m)", [{"m": "1.25"}, {"m": "1.5"}, {"m": "2"}], [1, 3]),
    ("year(d) < 2000 or month(w) = 2", [{"d": date(1999, 1, 1)}, {"d": date(2000, 1, 1), "w": AT("2025-01-31T17:30:00+00:00")}, {"d": None}], [1, 2]),
    ("t = 'it''s %s :a {b} \\'", [{"t": "it's %s :a {b} \\"}, {"t": "x"}], [1]),
    ("nullif(n, 0) is null and greatest(n, m) = 0 and - n = least(0, 1)", [{"n": 0, "m": -1}, {"n": 1, "m": 1}], [1]),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "rows", "failing"), CASES, ids=[case[0] for case in CASES])
def test_a_condition_names_exactly_the_rows_it_is_true_of(
    bench: Bench, condition: str, rows: list[dict[str, Any]], failing: list[int]
) -> None:
    check = {"rule": "sql", "condition": condition, "message": "Tidak masuk akal."}
    judged = bench.judge(bench.dataset(COLUMNS, checks=[check]), rows)
    assert judged.aside == {number: ["sql"] for number in failing}
    assert judged.broken == {"sql": len(failing)}
    assert set(map(tuple, judged.messages.values())) == {("Tidak masuk akal.",)}


def test_the_ledger_shows_what_the_row_held_but_not_whom(bench: Bench) -> None:
    columns = COLUMNS | {"nik": {"type": "text", "pribadi": "nik"}}
    checks = [{"rule": "sql", "id": "wajar", "condition": "n > m and nik is not null", "message": "Lebih besar."}]
    judged = bench.judge(bench.dataset(columns, checks=checks), [{"n": 5, "m": "1.5", "nik": "3571"}])
    assert judged.result("wajar").observed == "n 5, m 1,5, nik (disamarkan)"


@pytest.mark.parametrize("value", [
    "abs(null) = n", "round(null) = n", "length(null) = n", "null + null = n", "coalesce(null, null) = n", "null || null = t", "year(null) = n",
    "case when b then null end = n", "null is null and b", "not null or b", "null = null or b", "nullif(null, null) = d", "d - null = n", "null < d",
    "- null = n", "null % n = 1", "null in (n, null)", "n in (null)", "null between n and null", "substr(t, 0, 0) = ''", "n::text = t", "b::text = t",
    "d::text = t", "w::text = t", "greatest(d, w) > '2025-01-01'", "d = w", "b = (n = 1)", "d > '0001-01-01'", "round(m) = 1", "lower(upper(t)) like ''",
])  # fmt: skip
def test_whatever_is_understood_can_be_run(bench: Bench, value: str) -> None:
    """On rows of nothing, too: the check has passed, so the night must."""
    types: dict[str, ColumnType] = {name: column["type"] for name, column in COLUMNS.items()}
    assert read_condition(value, types).sql
    judged = bench.judge(
        bench.dataset(COLUMNS, checks=[{"rule": "sql", "condition": value, "message": "x"}]), [{"t": "x"}, {"n": 1, "m": 0}]
    )
    assert judged.result("sql").outcome in ("pass", "fail")
