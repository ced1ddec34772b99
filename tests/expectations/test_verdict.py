"""Prevents a batch that must not become data from becoming data, and one bad row from stopping a good batch."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from contracts.dataset import Dataset
from expectations.judge import History
from extractors.report import Finding, ParseReport
from tests.expectations.conftest import Bench

NUMBER = {"type": "integer"}
ROWS = [{"n": 5}, {"n": 99}]


def ranged(bench: Bench, **check: Any) -> Dataset:
    return bench.dataset({"n": NUMBER}, checks=[{"rule": "range", "column": "n", "range": [0, 9], **check}])


@pytest.mark.parametrize(
    ("severity", "state", "error", "aside"),
    [
        ("fail", "failed", "BatchRefused", {}),
        ("hold", "held", "BatchHeld", {}),
        ("quarantine", "accepted", None, {2: ["range.n"]}),
        ("warn", "accepted", None, {}),
        (None, "accepted", None, {2: ["range.n"]}),
    ],
)
def test_severity_decides_what_becomes_of_the_batch(
    bench: Bench, severity: str, state: str, error: str, aside: dict[int, list[str]]
) -> None:
    judged = bench.judge(ranged(bench, **({"severity": severity} if severity else {})), ROWS)
    assert (judged.verdict.state, judged.verdict.error_class, judged.aside) == (state, error, aside)
    assert judged.result("range.n").message == "1 dari 2 baris, pertama baris 2: Kolom n berisi 99; seharusnya antara 0 dan 9."
    assert judged.result("range.n").observed == "99"
    assert (judged.verdict.message is None) == (error is None)
    assert error is None or "Kolom n berisi 99" in judged.verdict.message


def test_the_worst_severity_wins_and_rows_are_set_aside_all_the_same(bench: Bench) -> None:
    checks = [
        {"rule": "range", "id": severity, "column": "n", "range": [0, 9], "severity": severity}
        for severity in ("warn", "quarantine", "hold", "fail")
    ]
    judged = bench.judge(bench.dataset({"n": NUMBER}, checks=checks), ROWS)
    assert judged.verdict.state == "failed"
    assert judged.aside == {2: ["quarantine"]}
    judged = bench.judge(bench.dataset({"n": NUMBER}, checks=checks[:3]), ROWS)
    assert judged.verdict.state == "held"


def test_a_row_is_set_aside_once_with_all_its_reasons(bench: Bench) -> None:
    dataset = bench.dataset(
        {"n": NUMBER, "t": {"type": "text", "required": True}},
        checks=[{"rule": "range", "column": "n", "range": [0, 9], "message": "Terlalu besar"}],
    )
    judged = bench.judge(dataset, [{"n": 99, "t": None}, {"n": 1, "t": "x"}])
    assert judged.aside == {1: ["required.t", "range.n"]}
    assert judged.messages == {1: ["Kolom t kosong; seharusnya diisi.", "Terlalu besar"]}
    assert judged.verdict.quarantined == 1


def test_more_rows_set_aside_than_allowed_hold_the_batch(bench: Bench) -> None:
    """The share is of all data that was fetched; exactly at the limit is allowed. Who decides is told the commonest cause and its first row."""
    dataset = ranged(bench)
    at_limit = bench.judge(dataset, ROWS, ParseReport(read=20, fetched=20, staged=2))
    assert at_limit.verdict.state == "accepted"
    above = bench.judge(dataset, ROWS, ParseReport(read=19, fetched=19, staged=2))
    assert (above.verdict.state, above.verdict.error_class, above.broken) == (
        "held",
        "TooManyQuarantined",
        {"range.n": 1, "max_quarantined": 1},
    )
    assert (
        "1 dari 19 baris data dikarantina (5,3%); seharusnya paling banyak 5,0%. Sebab terbanyak: 1 dari 2 baris, pertama baris 2: Kolom n berisi 99; "
        "seharusnya antara 0 dan 9."
    ) in above.verdict.message
    assert above.verdict.closes


def test_a_row_that_is_no_data_is_no_part_of_the_share(bench: Bench) -> None:
    """A total, a heading and a row that is left out; cells without a figure are."""
    dropped = Counter({"total": 1, "group": 2, "drop": 3, "missing": 1})
    judged = bench.judge(ranged(bench), ROWS, ParseReport(read=26, fetched=26, staged=2, dropped=dropped))
    assert judged.verdict.state == "accepted"
    judged = bench.judge(ranged(bench), ROWS, ParseReport(read=25, fetched=25, staged=2, dropped=dropped))
    assert "1 dari 19 baris data dikarantina (5,3%)" in str(judged.verdict.message)


def test_a_batch_that_shrank_is_held_and_closes_nothing(bench: Bench) -> None:
    bench.history = History(last_counts=[10, 12, 200])
    judged = bench.judge(ranged(bench), [{"n": 1}] * 0 + [{"n": n} for n in range(5)])
    assert (judged.verdict.state, judged.verdict.error_class, judged.verdict.closes) == ("held", "BatchShrunk", False)
    assert judged.broken == {"volume": 1}
    assert judged.result("volume").message == "Batch berisi 5 baris; seharusnya sedikitnya 6 baris (50% dari biasanya, 12)."
    assert bench.judge(ranged(bench), [{"n": n} for n in range(6)]).verdict.closes


def test_a_first_batch_has_nothing_to_shrink_from(bench: Bench) -> None:
    judged = bench.judge(ranged(bench), [{"n": 1}])
    assert judged.verdict.state == "accepted"
    assert all(result.rule != "volume" for result in judged.verdict.results)


def test_a_batch_without_rows_is_refused(bench: Bench) -> None:
    judged = bench.judge(ranged(bench), [], ParseReport(read=3, fetched=3, staged=0))
    assert (judged.verdict.state, judged.verdict.error_class, judged.broken) == ("failed", "NoRowsLeft", {"empty": 1})
    assert "satudata source try" in judged.verdict.message


@pytest.mark.parametrize(
    ("row", "closes"),
    [
        ({"id": None, "_cacat": {"id": "??"}, "n": 1}, False),
        ({"id": None, "n": 1}, False),
        ({"id": "Puskesmas Pule (081234567890)", "n": 1}, False),
        ({"id": "a", "n": 99}, True),
        ({"id": "a", "_cacat": {"n": "abc"}}, True),
    ],
)
def test_an_unreadable_key_closes_nothing(bench: Bench, row: dict[str, Any], closes: bool) -> None:
    """The row might be any of the keys that seem to be gone."""
    judged = bench.judge(ranged(bench), [row, {"id": "b", "n": 1}])
    assert (judged.verdict.quarantined, judged.verdict.closes) == (1, closes)


def test_most_cells_of_another_type_refuse_the_batch(bench: Bench) -> None:
    """A retyped column is not a handful of bad rows; a handful of bad rows is not a retyped column."""
    dataset = bench.dataset({"n": NUMBER})
    bad, good = {"_cacat": {"n": "Jl. Raya"}}, {"n": 1}
    judged = bench.judge(dataset, [bad, bad, bad, good, good, {"n": None}])
    assert (judged.verdict.state, judged.verdict.error_class) == ("failed", "ColumnRetyped")
    assert judged.broken == {"drift.n": 3, "castable.n": 3}
    assert judged.result("drift.n").source == "drift"
    assert judged.result("drift.n").observed == '"Jl. Raya"'
    assert "periksa `numbers`; bila bukan, `type: text`?" in judged.verdict.message
    assert "berubah:" not in judged.verdict.message, "nothing came before this batch"
    for few in ([bad, bad, bad, good, good, good], [bad, bad, good]):
        assert bench.judge(dataset, few).verdict.state == "accepted"


FOUND = Finding("total", "total.n", None, "fail", "n", 118, 1, "164.000", "164.453", "jumlah kolom n tidak sama", lokasi="baris 130")


def test_what_parsing_found_joins_the_verdict(bench: Bench) -> None:
    report = ParseReport(read=2, fetched=200, staged=1, findings=[FOUND])
    judged = bench.judge(ranged(bench), [{"n": 1}], report)
    assert (judged.verdict.state, judged.verdict.error_class) == ("failed", "TotalMismatch")
    result = judged.result("total.n")
    assert (result.severity, result.source, result.expectation_type) == ("fail", "guard", None)
    assert result.message == "baris 130: jumlah kolom n tidak sama"


@pytest.mark.parametrize(("rule", "state"), [("unread", "held"), ("hidden", "accepted")])
def test_what_nobody_read_or_sees_is_told(bench: Bench, rule: str, state: str) -> None:
    """A second sheet with the same header waits for a person; rows that a workbook hides are read, and said to be."""
    found = Finding(rule, f"{rule}.lembar", None, "fail", None, 2, 1, "2024", "semua lembar", "lembar 2024")
    judged = bench.judge(ranged(bench), [{"n": 1}], ParseReport(read=1, fetched=1, staged=1, findings=[found]))
    assert (judged.verdict.state, judged.broken) == (state, {f"{rule}.lembar": 1})


@pytest.mark.parametrize(("extra", "state", "broken"), [("warn", "accepted", 1), ("fail", "failed", 1), ("ignore", "accepted", 0)])
def test_new_headers_warn_or_stop_as_the_contract_says(bench: Bench, extra: str, state: str, broken: int) -> None:
    report = ParseReport(read=1, fetched=1, staged=1, unknown_headers=("Kolom Baru",))
    judged = bench.judge(bench.dataset({"n": NUMBER}, extra=extra), [{"n": 1}], report)
    assert judged.verdict.state == state
    assert list(judged.broken) == ["new_column"] * broken


def test_results_know_dataset_and_publisher(bench: Bench) -> None:
    bench.history = History(penerbit="35.71.01.1001")
    dataset = ranged(bench)
    judged = bench.judge(dataset, ROWS)
    assert {(result.dataset, result.penerbit) for result in judged.verdict.results} == {(dataset.id, "35.71.01.1001")}


@pytest.mark.parametrize(
    ("headers", "named"),
    [(("NIK", "No. KK", "Catatan"), "NIK, No. KK"), (("nik_kepala_keluarga",), "nik_kepala_keluarga"), (("Teknik", "No", "Unik"), "")],
)
def test_numbers_of_persons_in_columns_nobody_reads_are_told(bench: Bench, headers: tuple[str, ...], named: str) -> None:
    """Fails when a file brings a column of NIK that lies in the archive, and nobody is told as no rule looks into it."""
    report = ParseReport(read=1, fetched=1, staged=1, unknown_headers=headers)
    judged = bench.judge(bench.dataset({"n": {"type": "integer"}}, extra="ignore"), [{"id": "a", "n": 1}], report)
    assert judged.broken == ({"new_column.data_pribadi": named.count(",") + 1} if named else {})
    assert judged.verdict.state == "accepted"


def test_a_label_of_another_column_is_told_with_that_column(bench: Bench) -> None:
    """Fails when a month is said to hold "Desember 2026 [...: Jumlah]", and nobody sees that the goods are called so."""
    dataset = bench.dataset({"bulan": {"type": "text"}, "barang": {"type": "text"}}, key=["bulan", "barang"])
    mark = "jumlah atau rata-rata tanpa aturan: Jumlah"
    rows = [
        {"bulan": None, "barang": name, "_cacat": {"bulan": f"{text} [{mark}]"}} for text, name in (("Mei", "Jumlah"), ("Jumlah", "Beras"))
    ]
    message = bench.judge(dataset, rows).result("castable.bulan").message
    assert ", label di kolom barang" in message
    assert message.count("label di kolom") == 1
