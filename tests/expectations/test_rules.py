"""Prevents a rule that lets a wrong row pass, accuses a right one, or accuses a row twice under different names."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest

from extractors.marks import REMARKS, REMARKS_ON_NAMES
from tests.expectations.conftest import Bench

NUMBER = {"type": "integer", "numbers": "plain"}
N = {"n": NUMBER}
T = {"t": {"type": "text"}}
AB = {"a": NUMBER, "b": NUMBER}
POINT = {"lat": {"type": "latitude"}, "lon": {"type": "longitude"}}
ABC = AB | {"c": NUMBER}


def check(rule: str, **parameters: Any) -> dict[str, Any]:
    return {"checks": [{"rule": rule, **parameters}]}


CASES: list[Any] = [
    # id, columns, contract, rows, rule id, failing _no
    ("castable", N, {}, [{"n": 1}, {"_cacat": {"n": "abc"}}, {"n": None}], "castable.n", [2]),
    ("required column", {"n": NUMBER | {"required": True}}, {}, [{"n": 1}, {"n": None}, {"n": 0}], "required.n", [2]),
    ("required check", N, check("required", column="n"), [{"n": None}, {"n": 1}], "required.n", [1]),
    ("required text", T, check("required", column="t"), [{"t": None}, {"t": "x"}], "required.t", [1]),
    ("key", T, {"key": ["id", "t"]}, [{"t": "x"}, {"t": None}], "key.t", [2]),
    ("range column", {"n": NUMBER | {"range": [1, 10]}}, {}, [{"n": 0}, {"n": 1}, {"n": 10}, {"n": 11}, {"n": None}], "range.n", [1, 4]),
    ("range open", N, check("range", column="n", range=[None, 5]), [{"n": -9}, {"n": 5}, {"n": 6}], "range.n", [3]),
    ("range fraction", {"n": {"type": "decimal"}}, check("range", column="n", range=[0.1, 0.3]),
     [{"n": "0.1"}, {"n": "0.0999999999999999999"}, {"n": "0.3"}, {"n": "0.30000000000000000001"}], "range.n", [2, 4]),
    ("in column", {"t": {"type": "text", "in": ["ADA", "TIDAK ADA"]}}, {}, [{"t": "ADA"}, {"t": "ada"}, {"t": None}], "in_set.t", [2]),
    ("in_set number", N, check("in_set", column="n", values=["1", "2"]), [{"n": 1}, {"n": 3}, {"n": None}], "in_set.n", [2]),
    ("in_set fraction among integers", N, check("in_set", column="n", values=["1", "1.5", "99999999999999999999"]), [{"n": 1}, {"n": 2}], "in_set.n", [2]),
    ("in_set decimal", {"n": {"type": "decimal"}}, check("in_set", column="n", values=["1.5", "2"]),
     [{"n": "1.50"}, {"n": "2.0"}, {"n": "2.1"}], "in_set.n", [3]),
    ("in_set date", {"d": {"type": "date"}}, check("in_set", column="d", values=["2025-01-31"]),
     [{"d": date(2025, 1, 31)}, {"d": date(2025, 2, 1)}], "in_set.d", [2]),
    ("regex", T, check("regex", column="t", pattern=r"^\d{2}\b"), [{"t": "12 a"}, {"t": "12a"}, {"t": ""}, {"t": None}], "regex.t", [2, 3]),
    ("regex number", N, check("regex", column="n", pattern=r"^\d{4}$"), [{"n": 1234}, {"n": 123}], "regex.n", [2]),
    ("length", T, check("length", column="t", length=[2, 3]), [{"t": "é"}, {"t": "éé"}, {"t": "éééé"}, {"t": None}], "length.t", [1, 3]),
    ("length number", N, check("length", column="n", length=[2, None]), [{"n": 12}, {"n": 1}], "length.n", [2]),
    ("compare columns", AB, check("compare", column="a", op="<=", other="b"),
     [{"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 2, "b": None}, {"a": None, "b": 1}], "compare.a", [2]),
    ("compare number", N, check("compare", column="n", op="!=", other="0"), [{"n": 0}, {"n": 1}, {"n": None}], "compare.n", [1]),
    ("compare dates", {"a": {"type": "date"}, "b": {"type": "date"}}, check("compare", column="a", op="<", other="b"),
     [{"a": date(2025, 1, 2), "b": date(2025, 1, 1)}, {"a": date(2025, 1, 1), "b": date(2025, 1, 2)}], "compare.a", [1]),
    ("sum_of", ABC, check("sum_of", column="c", parts=["a", "b"]),
     [{"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 4}, {"a": 1, "b": None, "c": 9}], "sum_of.c", [2]),
    ("sum_of tolerance", ABC, check("sum_of", column="c", parts=["a", "b"], tolerance=1),
     [{"a": 1, "b": 2, "c": 4}, {"a": 1, "b": 2, "c": 5}], "sum_of.c", [2]),
    ("mean_of", ABC, check("mean_of", column="c", parts=["a", "b"]),
     [{"a": 1, "b": 2, "c": 1}, {"a": 1, "b": 2, "c": 2}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "c": 3}, {"a": 1, "b": None, "c": 9}],
     "mean_of.c", [3, 4]),
    ("mean_of decimals", AB | {"c": {"type": "decimal"}}, check("mean_of", column="c", parts=["a", "b"], tolerance=1),
     [{"a": 1, "b": 2, "c": "2.5"}, {"a": 1, "b": 2, "c": "2.55"}, {"a": 1, "b": 2, "c": "2.56"}], "mean_of.c", [2, 3]),
    ("max_of", ABC, check("max_of", column="c", parts=["a", "b"]),
     [{"a": 1, "b": 2, "c": 2}, {"a": 1, "b": 2, "c": 1}, {"a": 5, "b": 2, "c": 6}, {"a": 1, "b": None, "c": 0}], "max_of.c", [2, 3]),
    ("in_box", POINT, check("in_box", latitude="lat", longitude="lon"),
     [{"lat": "-7.8", "lon": "112.0"}, {"lat": "7.8", "lon": "112.0"}, {"lat": "0", "lon": "0"}, {"lat": "-7.8", "lon": None},
      {"lat": "-11.1", "lon": "141.1"}, {"lat": "-7.8", "lon": "141.2"}, {"lat": "112.0", "lon": "7.8"}], "in_box.lat_lon", [2, 3, 6, 7]),
    ("in_box of its own", POINT, check("in_box", latitude="lat", longitude="lon", box={"latitude": [-8, -7], "longitude": [111, 113]}),
     [{"lat": "-7.8", "lon": "112.0"}, {"lat": "-6.2", "lon": "106.8"}], "in_box.lat_lon", [2]),
    ("axes_swapped", POINT, check("axes_swapped", latitude="lat", longitude="lon"),
     [{"lat": "112.0", "lon": "-7.8"}, {"lat": "-7.8", "lon": "112.0"}, {"lat": "0", "lon": "0"}, {"lat": "112.0", "lon": None},
      {"lat": "112.0", "lon": "112.0"}], "axes_swapped.lat_lon", [1]),
    ("date_order", {"a": {"type": "date"}, "b": {"type": "date"}}, check("date_order", columns=["a", "b"]),
     [{"a": date(2025, 1, 2), "b": date(2025, 1, 1)}, {"a": date(2025, 1, 1), "b": date(2025, 1, 1)}, {"a": date(2025, 1, 2), "b": None}],
     "date_order.a_b", [1]),
    ("date_order time", {"a": {"type": "timestamp"}, "b": {"type": "timestamp"}}, check("date_order", columns=["a", "b"]),
     [{"a": datetime.fromisoformat("2025-06-30T17:00:01+07:00"), "b": datetime.fromisoformat("2025-06-30T10:00:00+00:00")},
      {"a": datetime.fromisoformat("2025-06-30T17:00:00+07:00"), "b": datetime.fromisoformat("2025-06-30T10:00:00+00:00")}],
     "date_order.a_b", [1]),
    ("date_order period", {"a": {"type": "period", "format": "YYYY"}, "b": {"type": "period", "format": "YYYY"}},
     check("date_order", columns=["a", "b"]),
     [{"a": "2025", "b": "2024"}, {"a": "2024-W10", "b": "2024-W09"}, {"a": "2024-12", "b": "2024-M1"}, {"a": "2024", "b": "2024"}],
     "date_order.a_b", [1, 2]),
    ("ratio", AB, check("ratio", of="a", to="b", range=[2, 6]),
     [{"a": 6, "b": 1}, {"a": 7, "b": 1}, {"a": 3, "b": 2}, {"a": 1, "b": 0}, {"a": 0, "b": 0}, {"a": 1, "b": None}], "ratio.a", [2, 3, 4]),
    ("not_future date", {"d": {"type": "date"}}, check("not_future", column="d"),
     [{"d": date(2025, 6, 30)}, {"d": date(2025, 7, 1)}, {"d": None}], "not_future.d", [2]),
    ("not_future time", {"d": {"type": "timestamp"}}, check("not_future", column="d"),
     [{"d": datetime.fromisoformat("2025-06-30T16:59:00+00:00")}, {"d": datetime.fromisoformat("2025-06-30T17:00:00+00:00")}],
     "not_future.d", [2]),
    ("not_future period", {"p": {"type": "period"}}, check("not_future", column="p"),
     [{"p": p} for p in ("2025", "2026", "2025-S1", "2025-S2", "2025-T2", "2025-T3", "2025-06", "2025-07", "2025-W27", "2025-W28",
                         "2025-06-M5", "2025-07-M1", "2025-06-30", "2025-07-01")], "not_future.p", [2, 4, 6, 8, 10, 12, 14]),
    ("not_future unasked", {"d": {"type": "date"}}, {"period": {"column": "d", "grain": "hari"}, "key": ["id", "d"]},
     [{"d": date(2025, 6, 30)}, {"d": date(2025, 7, 1)}], "not_future.d", [2]),
    ("not_future unasked month", {"p": {"type": "period", "format": "YYYY-MM"}}, {"period": {"column": "p", "grain": "bulan"}, "key": ["id", "p"]},
     [{"p": "2025-06"}, {"p": "2025-07"}], "not_future.p", [2]),
    ("unique", AB, check("unique", columns=["a", "b"]),
     [{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 1}, {"a": None, "b": 1}, {"a": None, "b": 1}], "unique.a_b", [1, 3]),
    ("same key", N, {}, [{"id": "x", "n": 1}, {"id": "x", "n": 2}, {"id": "y", "n": 1}, {"id": None, "n": 1, "_cacat": {"id": "?"}}],
     "unique.id", [1, 2]),
    ("where", N | T, check("range", column="n", range=[1, 9], where={"t": "^kota"}),
     [{"n": 99, "t": "KOTA Blitar"}, {"n": 99, "t": "Kabupaten"}, {"n": 5, "t": "Kota"}, {"n": 99, "t": None}], "range.n", [1]),
    ("where empty", N | T, check("required", column="n", where={"t": "^$"}), [{"n": None, "t": None}, {"n": None, "t": "x"}], "required.n", [1]),
    ("where number", AB, check("in_set", column="a", values=["1"], where={"b": "^2$"}), [{"a": 9, "b": 2}, {"a": 9, "b": 22}], "in_set.a", [1]),
    ("where unique", N | T, check("unique", columns=["n"], where={"t": "^x$"}),
     [{"n": 1, "t": "x"}, {"n": 1, "t": "y"}, {"n": 2, "t": "x"}, {"n": 2, "t": "X"}], "unique.n", [3, 4]),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "contract", "rows", "rule_id", "failing"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_names_exactly_the_rows_that_break_a_rule(
    bench: Bench, columns: dict[str, Any], contract: dict[str, Any], rows: list[dict[str, Any]], rule_id: str, failing: list[int]
) -> None:
    """Exactly these rows are set aside, for this rule and no other, and the batch is accepted."""
    extra = {"id": None} if rule_id == "unique.id" else {}
    judged = bench.judge(bench.dataset(columns, **contract), rows)
    expected = {number: [rule_id] for number in failing} | ({4: ["castable.id"]} if extra else {})
    assert judged.aside == expected
    assert judged.broken == {rule_id: len(failing)} | ({"castable.id": 1} if extra else {})
    assert judged.verdict.state == "accepted"
    assert judged.verdict.quarantined == len(expected)
    assert judged.result(rule_id).message.startswith(f"{len(failing)} dari ")


@pytest.mark.parametrize(
    "contract", [
        {"period": {"column": "d", "grain": "tahun"}}, {"period": {"column": "d", "grain": "bulan"}, "concept": "kinerja"},
        {"period": {"column": "d", "grain": "hari"}, "checks": [{"rule": "not_future", "column": "d", "severity": "warn"}]},
    ], ids=["projected years", "targets", "a check of its own"],
)  # fmt: skip
def test_what_is_foreseen_may_lie_ahead(bench: Bench, contract: dict[str, Any]) -> None:
    columns = {"d": {"type": "date"}, "indikator_kinerja": {"type": "text"}}
    judged = bench.judge(bench.dataset(columns, key=["id", "d"], **contract), [{"d": date(2026, 7, 1), "indikator_kinerja": "IKM"}])
    assert (judged.aside, judged.verdict.state) == ({}, "accepted")


def test_the_fifth_week_of_february_begins_on_its_last_day(bench: Bench) -> None:
    """Price reports name one, also where the month has four weeks to the day; on the 28th it is no week of the future."""
    dataset = bench.dataset({"p": {"type": "period"}}, checks=[{"rule": "not_future", "column": "p"}])
    weeks = [{"p": week} for week in ("2025-02-M4", "2025-02-M5", "2025-03-M1")]
    for day, future in {date(2025, 2, 27): [2, 3], date(2025, 2, 28): [3], date(2025, 3, 1): []}.items():
        bench.run_date = day
        assert list(bench.judge(dataset, weeks).aside) == future


NO_DAYS = [
    ("date", ["D MMMM YYYY"], "31 November 2026", True), ("date", ["D MMMM YYYY"], "Senin, 31 Nopember 2026", True),
    ("date", ["YYYY-MM-DD"], "0000-00-00", True),
    ("date", None, "30/02/2026", True), ("date", ["YYYYMMDD"], "20260231", True), ("timestamp", ["DD/MM/YYYY HH:mm"], "31/04/2026 08:00:10", True),
    ("date", ["D MMMM YYYY"], "31 Novembre 2026", False), ("date", ["D MMMM YYYY"], "31-11-2026", False), ("date", ["DD.MM.YYYY"], "31a11a2026", False),
    ("date", ["D MMMM YYYY"], "belum ada", False), ("text", None, "30/02/2026", False), ("integer", None, "30/02/2026", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "notations", "text", "is_told"), NO_DAYS)
def test_a_day_that_does_not_exist_is_called_so(bench: Bench, kind: str, notations: list[str] | None, text: str, is_told: bool) -> None:
    """It has the form that the sentence asks for: told only of the form, nobody would know what to mend."""
    column = {"type": kind} | ({"format": notations} if notations else {})
    (message,) = bench.judge(bench.dataset({"d": column}), [{"_cacat": {"d": text}}]).messages[1]
    assert message.startswith(f'Kolom d berisi "{text}"{" (tanggal itu tidak ada di kalender)" if is_told else ""}; seharusnya ')


@pytest.mark.parametrize(
    "text", ["120 ⏎ 125", "~~120~~ 125", "77¹", "₂77", "[rumus tanpa hasil]", "#REF!", "#N/A", "#NAME?", "1.23457E+11"]
)
def test_a_mark_in_a_cell_that_could_not_be_read_is_explained(bench: Bench, text: str) -> None:
    (message,) = bench.judge(bench.dataset({"n": {"type": "integer"}}), [{"_cacat": {"n": text}}]).messages[1]
    (remark,) = [remark for mark, remark in REMARKS.items() if re.search(mark, text)]
    assert message == f'Kolom n berisi "{text}"{remark}; seharusnya bilangan bulat.'


@pytest.mark.parametrize("text", ["3571010101900000", "2025-09-05"])
def test_a_name_that_a_spreadsheet_spoilt_is_explained(bench: Bench, text: str) -> None:
    (remark,) = [remark for mark, remark in REMARKS_ON_NAMES.items() if re.search(mark, text)]
    (of_a_name,) = bench.judge(bench.dataset({"c": {"type": "text"}}), [{"_cacat": {"c": text}}]).messages[1]
    (of_a_figure,) = bench.judge(bench.dataset({"c": {"type": "integer"}}), [{"_cacat": {"c": text}}]).messages[1]
    assert remark in of_a_name
    assert remark not in of_a_figure
