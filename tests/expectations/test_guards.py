"""Prevents a file that lost a whole region, or whose columns changed places, from passing because it is as long as ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from expectations.judge import History
from tests.expectations.conftest import Bench
from tests.expectations.test_history import accepted

COLUMNS: dict[str, Any] = {
    "n": {"type": "integer"},
    "j": {"type": "text"},
    "h": {"type": "date"},
    "p": {"type": "period", "format": "YYYY"},
}
YEARLY = {"period": {"column": "p", "grain": "tahun"}, "key": ["id", "j", "p"], "write": "replace_period"}


def year(regions: int | list[int], number: int, kinds: str = "LP") -> list[dict[str, Any]]:
    names = range(regions) if isinstance(regions, int) else regions
    period = {"p": str(number), "_periode_mulai": f"{number}-01-01", "_periode_akhir": f"{number}-12-31"}
    return [{"id": f"r{name}", "j": kind, "n": 5, **period} for name in names for kind in kinds]


def known(bench: Bench, *years: list[dict[str, Any]], write: str = "replace_period") -> Any:
    dataset = bench.dataset(COLUMNS, **YEARLY | {"write": write})
    for rows in years:
        for row in rows:
            accepted(bench, dataset, **row)
    bench.history = History(last_counts=(6,), penerbit="")
    return dataset


def test_holds_a_file_without_a_region_that_was_always_there(bench: Bench) -> None:
    dataset = known(bench, *(year(6, number) for number in (2021, 2022, 2023)))
    judged = bench.judge(dataset, year([0, 1, 2, 4, 5], 2024))
    assert judged.broken == {"volume.id": 1}
    assert judged.verdict.state == "held"
    assert not judged.verdict.closes
    assert "1 dari 6 id tidak ada: r3; selama ini setiap periode memuat semuanya." in judged.verdict.message
    assert "--terima volume.id" in judged.verdict.message
    assert "sesuaikan `guards.min_share`" not in judged.verdict.message, "it does not govern this"
    assert "berganti nama" in judged.verdict.message
    assert bench.judge(dataset, year(6, 2024)).broken == {}
    assert bench.judge(dataset, year(7, 2024)).broken == {}


@pytest.mark.parametrize(
    "before",
    [
        [year(6, 2022), year(6, 2023)],
        [year(6, 2021), year(5, 2022), year(6, 2023)],
        [year(3, 2021), year(3, 2022), year(3, 2023)],
        [year(3, 2023)],
    ],
    ids=["two years", "one came and went", "three regions in three years", "one year"],
)
def test_what_may_be_chance_is_no_rule(bench: Bench, before: list[list[dict[str, Any]]]) -> None:
    assert bench.judge(known(bench, *before), year([0, 1], 2024)).broken == {}


def test_few_groups_make_a_rule_after_five_periods(bench: Bench) -> None:
    dataset = known(bench, *(year(3, number) for number in range(2019, 2024)))
    assert bench.judge(dataset, year(3, 2024, kinds="L")).broken == {"volume.j": 1}


def standing(bench: Bench, *rows: dict[str, Any], **contract: Any) -> Any:
    dataset = bench.dataset(COLUMNS, **{"key": ["id"], "write": "snapshot", **contract})
    for row in rows:
        accepted(bench, dataset, **row, h="2023-07-01")
    bench.history = History(last_counts=(len(rows),), penerbit="")
    return dataset


@pytest.mark.parametrize("contract", [{"write": "snapshot"}, YEARLY], ids=["snapshot", "replace_period"])
@pytest.mark.parametrize(
    "regions", [[10, 11, 12, 13, 14, 15], [0, 1, 2, 13, 14, 15], [0, 1, 2]], ids=["all others", "half others", "half gone"]
)
def test_holds_a_file_that_keeps_too_few_keys(bench: Bench, contract: dict[str, Any], regions: list[int]) -> None:
    """Fails when the file of another office ends every figure that was published, because it has as many rows."""
    judged = bench.judge(standing(bench, *year(6, 2023, kinds="L"), **contract), year(regions, 2023, kinds="L"))
    assert judged.broken["volume.kunci.bertahan"] == 6 - len({0, 1, 2, 3, 4, 5} & set(regions))
    assert (judged.verdict.state, judged.verdict.error_class, judged.verdict.closes) == ("held", "BatchShrunk", False)
    assert "--terima volume.kunci.bertahan" in judged.verdict.message
    assert ("sesuaikan `guards.min_share`" in judged.verdict.message) == ("volume" in judged.broken)
    assert ("berkasnya tertukar; bila hanya cara menulis" in judged.verdict.message) == ("volume" not in judged.broken)
    assert "misalnya r" in judged.verdict.message


def test_the_keys_named_as_gone_are_different_ones(bench: Bench) -> None:
    """One name was told three times, once for each of its periods, and no period with it."""
    both = [*year(6, 2022, kinds="L"), *year(6, 2023, kinds="L")]
    others = list(range(10, 16))
    judged = bench.judge(standing(bench, *both, **YEARLY), [*year(others, 2022, kinds="L"), *year(others, 2023, kinds="L")])
    assert "misalnya r0 / L (2023), r1 / L (2023), r2 / L (2023)" in judged.verdict.message


def test_a_waiver_of_fewer_rows_lets_no_other_keys_in(bench: Bench) -> None:
    """Fails when who may send fewer rows for a while may send those of another office."""
    dataset = standing(bench, *year(6, 2023, kinds="L"), write="snapshot")
    bench.history = replace(bench.history, last_counts=(20,), waived={"volume": 1})
    assert "volume.kunci.bertahan" in bench.judge(dataset, year(range(10, 14), 2023, kinds="L")).broken  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contract", "rows"),
    [
        ({}, year([0, 1, 2, 3, 14, 15], 2023, kinds="L")),
        ({"guards": {"min_share": 0}}, year(range(10, 16), 2023, kinds="L")),  # type: ignore[arg-type]
        ({"write": "append"}, year(range(10, 16), 2023, kinds="L")),  # type: ignore[arg-type]
        ({"key": ["id", "p"], "write": "snapshot", "period": YEARLY["period"]}, year(6, 2024, kinds="L")),
        ({"key": ["id", "p"]}, year(6, 2024, kinds="L")),
        (YEARLY, year(6, 2024, kinds="L")),
        ({**YEARLY, "key": ["id", "h"]}, [{**row, "h": "2023-08-01"} for row in year(6, 2023, kinds="L")]),
    ],
    ids=["most kept", "switched off", "appended", "snapshot of a new year", "list of days", "new year", "another day of the same period"],
)
def test_new_keys_where_time_or_the_contract_makes_them(bench: Bench, contract: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Fails when a person has to approve every new period."""
    assert "volume.kunci.bertahan" not in bench.judge(standing(bench, *year(6, 2023, kinds="L"), **contract), rows).broken


def days(names: range, numbers: range) -> list[dict[str, Any]]:
    return [{"id": f"r{name}", "n": 5, "h": f"2023-07-{number:02d}"} for name in names for number in numbers]


def of_days(bench: Bench, *rows: dict[str, Any]) -> Any:
    """A snapshot without a period whose key holds a day."""
    dataset = bench.dataset({"n": {"type": "integer"}, "h": {"type": "date"}}, key=["id", "h"], write="snapshot")
    for row in rows:
        accepted(bench, dataset, **row)
    bench.history = History(last_counts=(len(rows),), penerbit="")
    return dataset


def test_a_list_of_days_is_asked_for_its_things(bench: Bench) -> None:
    """Fails when the prices of another market end those of this one, because days make every key new; or when new days are told as another market."""
    dataset = of_days(bench, *days(range(6), range(1, 4)))
    assert bench.judge(dataset, days(range(6), range(4, 7))).broken == {}
    judged = bench.judge(dataset, days(range(10, 16), range(1, 4)))
    assert judged.broken == {"volume.kunci.bertahan": 6}
    assert "6 dari 6 kunci (id) yang sekarang berlaku tidak ada di kiriman ini" in judged.verdict.message


def test_a_list_of_events_brings_other_things(bench: Bench) -> None:
    """Fails when a list that goes on, of permits or fires, is held for each new page."""
    dataset = of_days(bench, *days(range(6), range(1, 2)))
    assert bench.judge(dataset, days(range(10, 16), range(2, 3))).broken == {}


@pytest.mark.parametrize(
    ("regions", "said"),
    [
        ([20, 21, 22], "0 dari 12 kunci (id) yang sekarang berlaku ada di kiriman ini, tidak ada misalnya r0, r1, r10; periksa"),
        ([0, 1, 2], "3 dari 12 kunci (id) yang sekarang berlaku ada di kiriman ini."),
    ],
    ids=["others", "known"],
)
def test_a_short_file_says_how_many_known_keys_it_has(bench: Bench, regions: list[int], said: str) -> None:
    """Fails when the short file of another office is told as short alone, and a person lets it through as such."""
    dataset = standing(bench, *year(12, 2023, kinds="L"), write="snapshot")
    judged = bench.judge(dataset, year(regions, 2023, kinds="L"))
    assert judged.broken == {"volume": 1}
    assert said in judged.verdict.message
    assert "Batch berisi 3 baris; seharusnya sedikitnya 6 baris" in judged.verdict.message


@pytest.mark.parametrize(("before", "is_held"), [("61.05", True), ("Antah", False)])
def test_holds_a_file_whose_regions_are_suddenly_none(bench: Bench, before: str, is_held: bool) -> None:
    """Figures under the header of the region; where its names were never known, they wait for somebody to assign them."""
    dataset = bench.dataset({"n": {"type": "integer"}, "k": {"type": "wilayah", "level": "kabupaten_kota"}}, key=["id"])
    bench.conn.execute(
        """insert into ops.reference_item (reference, code, name, level) values ('wilayah', '61.05', 'Sintang', 'kabupaten_kota') on conflict do nothing"""
    )
    number = int(dataset.id.rpartition("d")[2]) + 500_000
    bench.conn.execute(
        """insert into ops.batch (batch_id, dataset, content_sha256, contract_sha256, code_version, state, read, fetched, accepted, unchanged,
             quarantined, accept_no, fetched_at, judged_at) values (%s, %s, '', '', '', 'accepted', 1, 1, 1, 0, 0, %s, now(), now())""",
        [number, dataset.id, number],
    )
    bench.conn.execute(
        """insert into ops.check_result (batch_id, dataset, penerbit, rule_id, rule, scope, severity, outcome, checked, failed, source, judged_at)
           values (%s, %s, '', 'code.k', 'code', 'baris', 'warn', %s, 5, %s, 'gx', now())""",
        [number, dataset.id, *(("pass", 0) if before == "61.05" else ("fail", 5))],
    )
    bench.history = History(last_counts=(5,), penerbit="")
    judged = bench.judge(dataset, [{"id": f"r{row}", "n": 1, "k": str(1000 + row)} for row in range(5)])
    assert judged.verdict.state == ("held" if is_held else "accepted")
    assert ("code.k.sebagian_besar" in judged.broken) == is_held
