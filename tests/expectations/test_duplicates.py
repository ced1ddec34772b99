"""Prevents one figure from being counted twice, and two figures for one object from being settled by chance."""

from __future__ import annotations

from typing import Any

import pytest

from tests.expectations.conftest import Bench

COLUMNS = {"n": {"type": "integer"}, "kapan": {"type": "date"}}
TWINS = [{"id": "a", "n": 1}, {"id": "a", "n": 1}, {"id": "b", "n": 2}, {"id": "a", "n": 1}]
RIVALS = [{"id": "a", "n": 1}, {"id": "a", "n": 2}, {"id": "b", "n": 2}]


def test_twins_refuse_the_batch_by_default(bench: Bench) -> None:
    judged = bench.judge(bench.dataset(COLUMNS), TWINS)
    assert (judged.verdict.state, judged.verdict.error_class, judged.broken) == ("failed", "DuplicateRows", {"same_rows": 3})
    assert "same_rows: collapse` di kontrak hanya bila baris itu memang tertulis dua kali" in judged.verdict.message
    assert judged.result("same_rows").message.startswith('3 dari 4 baris, pertama baris 1: Baris dengan kunci id "a"')
    assert judged.aside == {}


def test_twins_collapse_to_the_first_where_the_contract_says_so(bench: Bench) -> None:
    judged = bench.judge(bench.dataset(COLUMNS, same_rows="collapse"), TWINS)
    assert (judged.verdict.state, judged.left, judged.broken) == ("accepted", [1, 3], {})
    assert (judged.report.dropped["same_rows"], judged.report.staged) == (2, 2)


@pytest.mark.parametrize("differs", [{"_status_angka": "sementara"}, {"_cacat": {"kapan": "kemarin"}}, {"n": None}])
def test_rows_that_say_something_else_are_no_twins(bench: Bench, differs: dict[str, Any]) -> None:
    rows = [{"id": "a", "n": 1}, {"id": "a", "n": 1} | differs]
    judged = bench.judge(bench.dataset(COLUMNS, same_rows="collapse"), rows)
    assert judged.left == [1, 2]
    assert [ids for ids in judged.aside.values() if "unique.id" in ids] == list(judged.aside.values())
    assert list(judged.aside) == [1, 2]


def test_rivals_on_one_key_are_all_set_aside(bench: Bench) -> None:
    judged = bench.judge(bench.dataset(COLUMNS), RIVALS)
    assert judged.aside == {1: ["unique.id"], 2: ["unique.id"]}
    assert judged.messages[1] == ['Kunci id "a"; seharusnya hanya dipakai satu baris. Juga di baris 2; yang berbeda: n 1 / 2.']
    assert judged.verdict.closes


def test_who_mends_a_double_is_told_where_the_others_stand(bench: Bench) -> None:
    """Not only that a key is taken: by which rows, up to a few, and what they say instead; nothing of a personal column."""
    columns = {"n": {"type": "integer"}, "nama": {"type": "text", "pribadi": "nama"}}
    rows = [{"id": "a", "n": n, "nama": f"Orang {n}"} for n in range(6)]
    rows.append({"id": "a", "n": None, "_cacat": {"n": "seribu"}})
    judged = bench.judge(bench.dataset(columns), rows)
    told = [sentence for sentences in judged.messages.values() for sentence in sentences if sentence.startswith("Kunci")]
    assert told[1].endswith("Juga di baris 1, baris 3, baris 4 dan 3 baris lain; yang berbeda: n " + told[1].split(" n ")[1])
    assert told[6].split(". ")[1].startswith("Juga di baris 1, baris 2, baris 3, baris 4 dan")
    assert all("Orang" not in sentence and "nama (disamarkan)" in sentence for sentence in told)
    assert '"seribu"' in told[0]


def test_twins_of_rivals_are_told_apart(bench: Bench) -> None:
    """Equal rows are same_rows; the key they share with a different row is unique."""
    judged = bench.judge(bench.dataset(COLUMNS), [*RIVALS, {"id": "a", "n": 2}])
    assert judged.broken == {"same_rows": 2, "unique.id": 3}


def test_the_latest_of_rivals_stays_where_the_contract_says_so(bench: Bench) -> None:
    rows = [
        {"id": "a", "n": 1, "kapan": "2025-01-01"}, {"id": "a", "n": 2, "kapan": "2025-01-02"}, {"id": "a", "n": 3, "kapan": None},
        {"id": "b", "n": 1, "kapan": None}, {"id": "c", "n": 1, "kapan": "2025-01-02"}, {"id": "c", "n": 2, "kapan": "2025-01-02"},
        {"id": None, "n": 1, "kapan": "2025-01-01"}, {"id": None, "n": 1, "kapan": "2025-01-02"},
    ]  # fmt: skip
    judged = bench.judge(bench.dataset(COLUMNS, same_key={"last_by": "kapan"}), rows)
    assert judged.left == [2, 4, 5, 6, 7, 8]
    assert judged.report.dropped["same_rows"] == 2
    assert judged.aside == {5: ["unique.id"], 6: ["unique.id"], 7: ["key.id"], 8: ["key.id"]}


def test_a_listed_unique_rule_on_the_key_is_not_said_twice(bench: Bench) -> None:
    checks = [{"rule": "unique", "id": "kunci", "columns": ["id"], "severity": "fail"}]
    judged = bench.judge(bench.dataset(COLUMNS, checks=checks), RIVALS)
    assert (judged.verdict.state, judged.verdict.error_class, judged.broken) == ("failed", "DuplicateRows", {"kunci": 2})


@pytest.mark.parametrize("severity", ["warn", "hold"])
def test_no_severity_of_a_listed_rule_lets_two_rows_of_one_key_in(bench: Bench, severity: str) -> None:
    """Both would stand in the table as the last word of one key, and every later day would end one of them and not the other."""
    judged = bench.judge(bench.dataset(COLUMNS, checks=[{"rule": "unique", "columns": ["id"], "severity": severity}]), RIVALS)
    assert [ids[0] for ids in judged.aside.values()] == ["unique.id", "unique.id"]
    assert judged.result("unique.id.2").severity == severity
    assert judged.verdict.state == ("held" if severity == "hold" else "accepted")


def test_keys_of_several_types_are_compared_as_their_types(bench: Bench) -> None:
    """1.0 is 1.00; a missing part makes no double."""
    columns = {"d": {"type": "decimal"}, "w": {"type": "timestamp"}}
    rows = [
        {"id": "a", "d": "1.0", "w": "2025-01-01T00:00:00Z"}, {"id": "b", "d": "1.00", "w": "2025-01-01T07:00:00+07:00"},
        {"id": "c", "d": "1.01", "w": "2025-01-01T00:00:00Z"}, {"id": "d", "d": None, "w": "2025-01-01T00:00:00Z"},
    ]  # fmt: skip
    judged = bench.judge(bench.dataset(columns, checks=[{"rule": "unique", "columns": ["d", "w"]}]), rows)
    assert judged.aside == {1: ["unique.d_w"], 2: ["unique.d_w"]}
