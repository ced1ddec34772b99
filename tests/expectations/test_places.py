"""Prevents a point in another town from passing as one of this town, and one slip of the pen from being told twice."""

from __future__ import annotations

import json
from typing import Any

from tests.expectations.conftest import Bench

POINT = {"lat": {"type": "latitude"}, "lon": {"type": "longitude"}}
BOTH = {"latitude": "lat", "longitude": "lon"}


def region(bench: Bench, code: str, **detail: Any) -> None:
    bench.conn.execute(
        """insert into ops.reference_item (reference, code, name, level, detail) values ('wilayah', %s, %s, 'kabupaten_kota', %s)
           on conflict (reference, code) do update set detail = excluded.detail""",
        [code, code, json.dumps(detail)],
    )


def test_a_point_lies_in_the_rectangle_of_its_region(bench: Bench) -> None:
    """One region for all rows, or the one that each row names; a region without a rectangle says nothing."""
    region(bench, "35.71", kotak="-8 111 -7 113")
    region(bench, "35.72", kotak="0 109 1.5 110")
    region(bench, "35.73", kotak="di sana")
    rows = [
        {"kode": code, "lat": lat, "lon": "112" if lat < "0" else "109.5"}
        for code, lat in (("35.71", "-7.5"), ("3571", "0.5"), ("35.72", "0.5"), ("35.73", "0.5"), ("35.99", "0.5"), (None, "0.5"))
    ]
    columns = {"kode": {"type": "wilayah"}} | POINT
    judged = bench.judge(bench.dataset(columns, checks=[{"rule": "in_box", "within": "kode", **BOTH}]), rows)
    assert judged.aside == {2: ["in_box.lat_lon"]}
    assert judged.messages[2] == ["Titik berada di lintang 0,5, bujur 109,5; seharusnya di dalam wilayah kode."]
    assert judged.result("in_box.lat_lon").checked == 3
    judged = bench.judge(bench.dataset(columns, checks=[{"rule": "in_box", "within": "35.71", **BOTH}]), rows)
    assert set(judged.aside) == {2, 3, 4, 5, 6}
    judged = bench.judge(bench.dataset(columns, checks=[{"rule": "in_box", "within": "35.73", **BOTH}]), rows)
    assert judged.result("in_box.lat_lon").message == "Daftar wilayah belum memuat kotak (batas) untuk 35.73."


def test_exchanged_coordinates_are_told_as_that_alone(bench: Bench) -> None:
    checks = [{"rule": "in_box", **BOTH}, {"rule": "axes_swapped", **BOTH}]
    rows = [{"lat": "112", "lon": "-7.8"}, {"lat": "7.8", "lon": "112"}, {"lat": "-7.8", "lon": "112"}]
    judged = bench.judge(bench.dataset(POINT, checks=checks), rows)
    assert judged.aside == {1: ["axes_swapped.lat_lon"], 2: ["in_box.lat_lon"]}
    assert judged.messages[1] == ["Titik berada di lintang 112, bujur -7,8; seharusnya lintang dan bujur tidak tertukar."]
    assert judged.messages[2] == [
        "Titik berada di lintang 7,8, bujur 112; seharusnya lintang antara -11,1 dan 6,1 dan bujur antara 94,9 dan 141,1."
    ]


def test_what_lies_nowhere_on_earth_is_set_aside(bench: Bench) -> None:
    """Prevents any number from passing as a latitude; the range a contract names itself, and the rule on exchanged coordinates, go first."""
    rows = [{"lat": "-90", "lon": "180"}, {"lat": "90.5", "lon": "112"}, {"lat": "-7.8", "lon": "180.5"}, {"lat": "112", "lon": "-7.8"}]
    judged = bench.judge(bench.dataset(POINT), rows)
    assert judged.aside == {2: ["range.lat"], 3: ["range.lon"], 4: ["axes_swapped.lat_lon"]}
    assert judged.messages[2] == ["Kolom lat berisi 90,5; seharusnya antara -90 dan 90."]
    own = {"lat": POINT["lat"] | {"range": [-8, 0]}, "lon": POINT["lon"]}
    assert set(bench.judge(bench.dataset(own), rows).aside) == {1, 2, 3, 4}
    judged = bench.judge(bench.dataset(POINT, checks=[{"rule": "axes_swapped", **BOTH}]), rows)
    assert judged.aside == {3: ["range.lon"], 4: ["axes_swapped.lat_lon"]}


def test_a_milder_rule_on_exchanged_coordinates_lets_no_point_in(bench: Bench) -> None:
    checks = [{"rule": "in_box", **BOTH}, {"rule": "axes_swapped", "severity": "warn", **BOTH}]
    judged = bench.judge(bench.dataset(POINT, checks=checks), [{"lat": "112", "lon": "-7.8"}])
    assert judged.aside == {1: ["in_box.lat_lon"]}


def test_the_home_of_a_person_is_not_told(bench: Bench) -> None:
    columns = {name: column | {"pribadi": "alamat"} for name, column in POINT.items()}
    judged = bench.judge(bench.dataset(columns, checks=[{"rule": "in_box", **BOTH}]), [{"lat": "77.123", "lon": "112.456"}])
    assert not any(
        figure in f"{judged.messages} {judged.verdict.results}" for figure in ("77,123", "112,456")
    )  # no hash or number of the machinery holds a comma


def test_exchanged_coordinates_are_told_though_nobody_asked(bench: Bench) -> None:
    """Prevents two figures out of range from being told where the axes of a file are exchanged, and such a point from stopping a release."""
    own = {"lat": POINT["lat"] | {"range": [-11, 6]}, "lon": POINT["lon"] | {"range": [95, 141]}}
    rows = [{"lat": "112", "lon": "-7.8"}, {"lat": "7.8", "lon": "112"}, {"lat": "-7.8", "lon": "112"}, {"lat": "112", "lon": None}]
    judged = bench.judge(bench.dataset(own), rows)
    assert judged.aside == {1: ["axes_swapped.lat_lon"], 2: ["range.lat"], 4: ["range.lat"]}
    assert judged.messages[1] == ["Titik berada di lintang 112, bujur -7,8; seharusnya lintang dan bujur tidak tertukar."]
    judged = bench.judge(bench.dataset(POINT, checks=[{"rule": "in_box", **BOTH}]), rows)
    assert judged.aside == {1: ["axes_swapped.lat_lon"], 2: ["in_box.lat_lon"], 4: ["in_box.lat_lon"]}


def test_a_check_of_its_own_on_exchanged_coordinates_alone_counts(bench: Bench) -> None:
    mild = [{"rule": "axes_swapped", "severity": "warn", **BOTH}]
    rows = [{"lat": "112", "lon": "-7.8"}]
    judged = bench.judge(bench.dataset(POINT, checks=mild), rows)
    assert (judged.aside, judged.result("axes_swapped.lat_lon").severity) == ({}, "warn")
    own = {"lat": POINT["lat"] | {"range": [-11, 6]}, "lon": POINT["lon"]}
    assert bench.judge(bench.dataset(own, checks=mild), rows).aside == {1: ["range.lat"]}


def test_of_several_points_in_a_row_nobody_says_which_belong_together(bench: Bench) -> None:
    columns = POINT | {"lat_akhir": {"type": "latitude"}}
    assert bench.judge(bench.dataset(columns), [{"lat": "112", "lon": "-7.8", "lat_akhir": "-7.8"}]).aside == {1: ["range.lat"]}
