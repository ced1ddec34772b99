"""Prevents a cell, a pattern or a column name from being read as SQL, as a bind parameter or as a format, anywhere on its way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.expectations.conftest import Bench

TEXTS = [
    "it's", "''; drop table ops.batch; --", 'a "quoted" name', "back\\slash \\1 \\d", "100%", "%s %(x)s %%", ":nama :1 ::text", "{0} {nama}",
    "$1 ${HOME} $$", "(a+)+$ [z-a] *?", "?| ?& ?", "_cacat", "NULL", "", " ", "é 漢字 🏛", "x" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_hostile_cell_is_only_a_cell(bench: Bench, text: str) -> None:
    """It stays what it is as a key, breaks what it breaks, and is quoted in the sentence, short."""
    dataset = bench.dataset(
        {"t": {"type": "text"}, "n": {"type": "integer"}},
        key=["t"],
        checks=[{"rule": "regex", "column": "t", "pattern": "^aman$"}, {"rule": "in_set", "column": "t", "values": ["aman", *TEXTS[:3]]}],
    )
    rows = [{"t": text, "n": 1}, {"t": text, "n": 2}, {"t": "aman", "n": None, "_cacat": {"n": text}}]
    judged = bench.judge(dataset, rows)
    ids = ["unique.t", "regex.t"] + ([] if text in TEXTS[:3] else ["in_set.t"])
    assert judged.aside == {1: ids, 2: ids, 3: ["castable.n"]}
    shown = text if len(text) <= 60 else "x" * 60 + "…"
    assert judged.messages[3] == [f'Kolom n berisi "{shown}"; seharusnya bilangan bulat.']
    assert judged.messages[1][1].startswith(f'Kolom t berisi "{shown}"; seharusnya')


@pytest.mark.parametrize("text", [text for text in TEXTS if len(text) < 100], ids=lambda text: repr(text))
def test_a_hostile_value_in_a_contract_means_itself(bench: Bench, text: str) -> None:
    """In a list, in a message, and in the list of a rule with `where` (which is ours, not GX's)."""
    checks: list[dict[str, Any]] = [
        {"rule": "in_set", "id": "gx", "column": "t", "values": [text, "lain"], "message": f"Bukan {text}"},
        {"rule": "in_set", "id": "kita", "column": "t", "values": [text, "lain"], "where": {"t": "."}},
    ]
    judged = bench.judge(bench.dataset({"t": {"type": "text"}}, checks=checks), [{"t": text}, {"t": "salah"}])
    assert judged.aside == {2: ["gx", "kita"]}
    assert judged.messages[2][0] == f"Bukan {text}"


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"^100%$", "100%", "100"), (r"^:nama$", ":nama", "nama"), (r"^\\d$", "\\d", "5"), (r"^it's$", "it's", "its"),
        (r"\bkec\b", "kec. a", "keca"), (r"^%s$", "%s", "s"), (r"^a.c$", "abc", "ac"), (r"^(?:a|b){2}$", "ab", "abc"), (r"^\$1$", "$1", "1"),
        (r'^"x"$', '"x"', "x"), (r"^{a}$", "{a}", "a"), (r"(?i)^jumlah$", "JUMLAH", "total"),
    ],
)  # fmt: skip
def test_a_pattern_means_in_postgres_what_it_means_in_python(bench: Bench, pattern: str, good: str, bad: str) -> None:
    """Run by GX (`regex`) and by our own condition (`where`)."""
    checks = [
        {"rule": "regex", "column": "t", "pattern": pattern},
        {"rule": "range", "column": "n", "range": [0, 1], "where": {"t": pattern}},
    ]
    dataset = bench.dataset({"t": {"type": "text"}, "n": {"type": "integer"}}, checks=checks)
    judged = bench.judge(dataset, [{"t": good, "n": 9}, {"t": bad, "n": 9}])
    assert judged.aside == {1: ["range.n"], 2: ["regex.t"]}


@pytest.mark.parametrize("name", ["select", "order", "user", "harga_rp"])
def test_a_column_may_be_called_what_sql_calls_something_else(bench: Bench, name: str) -> None:
    checks = [
        {"rule": "range", "column": name, "range": [0, 9]}, {"rule": "compare", "column": name, "op": ">", "other": "-1"},
        {"rule": "unique", "columns": [name]}, {"rule": "required", "column": name},
    ]  # fmt: skip
    dataset = bench.dataset({name: {"type": "integer"}}, checks=checks)
    judged = bench.judge(dataset, [{name: 5}, {name: 99}, {name: None}, {name: 7}, {name: 7}])
    assert judged.aside == {2: [f"range.{name}"], 3: [f"required.{name}"], 4: [f"unique.{name}"], 5: [f"unique.{name}"]}


@pytest.mark.parametrize("kind", ["nama", "nik", "telepon"])
def test_personal_data_is_never_repeated_in_a_finding(bench: Bench, kind: str) -> None:
    columns = {"t": {"type": "text", "pribadi": kind}, "n": {"type": "integer", "pribadi": kind}}
    checks = [{"rule": "regex", "column": "t", "pattern": "^x$"}, {"rule": "unique", "columns": ["t"]}]
    judged = bench.judge(
        bench.dataset(columns, checks=checks), [{"t": "3571010101010001"}, {"t": "3571010101010001", "_cacat": {"n": "3571-7"}}]
    )
    said = [
        *map(str, judged.messages.values()),
        *(f"{r.observed} {r.message}" for r in judged.verdict.results),
        str(judged.verdict.message),
    ]
    assert judged.aside == {1: ["regex.t", "unique.t"], 2: ["castable.n", "regex.t", "unique.t"]}
    assert not any("3571" in text for text in said)
