"""Prevents a comparison that overlooks something: each single thing that can differ is told, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contracts.hand_over import metadata_gaps
from contracts.registry import load_registry
from satudata.demo.compare import pin_differences, result_differences, task_differences
from satudata.demo.expected import COUNTS, Result, expected_again, expected_day, expected_pins, publishers_told
from satudata.demo.found import found_day, last_numbers, unbalanced
from satudata.planning.run_plan import requests_of
from satudata.stack.runs import TaskState
from tests.conftest import Database

EXPECTED = Path(__file__).parents[2] / "samples" / "expected.yml"
DAY = date(2026, 6, 2)
GOOD = Result("new", "accepted", True, {**dict.fromkeys(COUNTS, 0), "read": 9, "fetched": 9, "accepted": 8}, {"total": 1}, None)
SOURCE = ("uji.dinas.angka", "")
OTHERS = {
    "fetch": replace(GOOD, fetch="unchanged"), "state": replace(GOOD, state="held"), "judged": replace(GOOD, judged=False),
    "error": replace(GOOD, error="WrongFormat"), "dropped": replace(GOOD, dropped={"group": 1}),
    **{name: replace(GOOD, counts={**GOOD.counts, name: GOOD.counts[name] + 1}) for name in COUNTS},
}  # fmt: skip
STEPS = {
    "new": ("success", "success"), "unchanged": ("success", "skipped"), "failed": ("failed", "upstream_failed"), "absent": ("success", "skipped"),
}  # fmt: skip


@pytest.fixture(scope="module")
def publishers() -> dict[str, tuple[str, ...]]:
    return {dataset.id: dataset.publishers() for dataset in load_registry().datasets.values()}


def test_what_is_the_same_is_not_told() -> None:
    assert result_differences({SOURCE: GOOD}, {SOURCE: replace(GOOD)}) == []


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_one_thing_that_differs_is_told_once(other: Result) -> None:
    assert len(result_differences({SOURCE: GOOD}, {SOURCE: other})) == 1


def test_a_missing_and_a_surplus_source_are_told() -> None:
    assert len(result_differences({SOURCE: GOOD}, {("uji.dinas.lain", ""): GOOD})) == 2


def test_the_file_speaks_of_every_source_and_publisher_of_the_city(publishers: dict[str, tuple[str, ...]]) -> None:
    sources = {(dataset, penerbit) for dataset, all_of_it in publishers.items() for penerbit in all_of_it}
    for number in (1, 2):
        assert set(expected_day(EXPECTED, number, publishers)) == sources
        assert publishers_told(EXPECTED, number) == {"kediri.kelurahan.profil": 46, "sintang.kecamatan.kebutuhan": 14}
    assert len(publishers) >= 15


def test_what_is_kept_back_for_another_reason_is_told() -> None:
    wanted = {"a.b.c": ("metadata",), "a.b.d": ("batch",)}
    assert pin_differences(wanted, dict(wanted)) == []
    for found in ({"a.b.c": ("metadata",)}, wanted | {"a.b.e": ("test",)}, wanted | {"a.b.d": ("batch", "test")}):
        assert len(pin_differences(wanted, found)) == 1


def test_the_sample_lacks_the_metadata_that_the_file_says_it_lacks() -> None:
    """A field forgotten in daftar_data.yml would silently take a dataset off the demo's marts."""
    gaps = {name: metadata_gaps(dataset) for name, dataset in load_registry().datasets.items()}
    assert {name: gap for name, gap in gaps.items() if gap} == {"kubu_raya.setda.akip": {"nilai_akip": ("ms_ind.metode",)}}
    assert all(dataset.contract.item for dataset in load_registry().datasets.values())
    for number in (1, 2):
        assert {name for name, kinds in expected_pins(EXPECTED, number).items() if "metadata" in kinds} == {"kubu_raya.setda.akip"}


def test_played_again_nothing_is_judged_and_every_verdict_stands(publishers: dict[str, tuple[str, ...]]) -> None:
    last = expected_day(EXPECTED, 2, publishers)
    again = expected_again(EXPECTED, last)
    assert {result.judged for result in again.values()} == {False}
    assert {source: result.state for source, result in again.items()} == {source: result.state for source, result in last.items()}
    down = {source for source, result in last.items() if result.fetch == "failed"}
    assert down == {source for source, result in again.items() if result.fetch == "failed"} != set()


@pytest.mark.parametrize("fetch", STEPS)
def test_a_task_in_another_state_is_told(fetch: str) -> None:
    datasets = [load_registry().datasets["sintang.bps.kemiskinan"]]
    result = replace(GOOD, fetch=fetch, judged=fetch == "new")
    found = {("sintang.bps.kemiskinan", ""): result}
    (request,) = requests_of(datasets, DAY)
    tasks = [
        TaskState("d", f"sumber.{step}", 0, request["nama"], state) for step, state in zip(("extract", "load"), STEPS[fetch], strict=True)
    ]
    assert task_differences(datasets, DAY, found, tasks) == []
    for number in (0, 1):
        wrong = [replace(task, state="none") if i == number else task for i, task in enumerate(tasks)]
        assert len(task_differences(datasets, DAY, found, wrong)) == 1
        assert len(task_differences(datasets, DAY, found, tasks[:number] + tasks[number + 1 :])) == 1


def test_the_ledger_is_read_in_the_same_words(database: Database) -> None:
    """A batch counts on the day its bytes were fetched for; counts that do not add up are told."""
    at = datetime(2026, 6, 2, tzinfo=UTC)
    with database.connect("owner", autocommit=True) as conn:
        fetch = """insert into ops.fetch (dataset, penerbit, url, run_date, started_at, ended_at, outcome) values ('uji.dinas.angka', '', 'u', %s, %s, %s, %s)
                   returning fetch_id"""
        (first,) = conn.execute(fetch, [DAY, at, at, "new"]).fetchone() or (0,)
        conn.execute(
            """insert into ops.batch (batch_id, dataset, content_sha256, contract_sha256, code_version, state, read, fetched, accepted, unchanged,
                                      quarantined, dropped, fetched_at, judged_at)
               values (7, 'uji.dinas.angka', 'x', 'x', 'x', 'accepted', 9, 9, 8, 0, 0, '{"total": 1, "group": 0}', %s, %s)""",
            [at, at],
        )
        conn.execute("insert into ops.batch_fetch (batch_id, fetch_id, halaman) values (7, %s, 1)", [first])
        conn.execute(fetch, [DAY, at, at, "unchanged"])
        assert found_day(conn, DAY) == {SOURCE: GOOD}
        assert found_day(conn, date(2026, 6, 1)) == {}
        assert unbalanced(conn) == []
        numbers = last_numbers(conn)
        conn.execute(fetch, [DAY, at, at, "unchanged"])
        assert (
            result_differences(
                {SOURCE: replace(GOOD, fetch="unchanged", judged=False, counts={}, dropped={})}, found_day(conn, DAY, numbers)
            )
            == []
        )
        conn.execute("update ops.batch set accepted = 9")
        assert len(unbalanced(conn)) == 1
