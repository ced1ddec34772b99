"""Prevents figures of BPS tables from being filed under the wrong region, year or month."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.errors import AmbiguousKeys, BadJson, ZeroRows
from tests.extractors.reading import Read, read

CONTRACT = """
source: {kind: bps_webapi, url: x, domain: "3500", var: "218"}
key: [kota, bulan]
columns:
  kota: {from: vervar_label, type: text}
  kode: {from: vervar, type: text}
  bulan: {join: [tahun_label, turtahun_label], type: text}
  nilai: {type: decimal}
  satuan: {type: unit}
ignore: [var, var_label, turvar, turvar_label, tahun, turtahun]
"""


def response(content: dict[str, object], **changes: object) -> str:
    body = {
        "status": "OK",
        "data-availability": "available",
        "var": [{"val": 21, "label": "Inflasi", "unit": "Persen"}],
        "turvar": [{"val": "0", "label": "Tidak ada"}],
        "vervar": [{"val": 1, "label": "Ambon"}, {"val": 9999, "label": "<b>INDONESIA</b>"}],
        "tahun": [{"val": 117, "label": "2017"}, {"val": 119, "label": "2019"}],
        "turtahun": [{"val": 1, "label": "Januari"}, {"val": 10, "label": "Oktober"}],
        "datacontent": content,
    }
    return json.dumps(body | changes)


def told(found: Read) -> list[tuple[str | None, ...]]:
    return [(row["kota"], row["bulan"], row["nilai"]) for row in found.rows]


def test_keys_are_looked_up_and_never_cut(tmp_path: Path) -> None:
    """Fails when October (10) is read where January (1) is missing, or an absent figure becomes a row."""
    found = read(tmp_path, CONTRACT, response({"121011710": 0.21, "999921011901": -1.50, "12101191": 3}, turtahun=[
        {"val": "01", "label": "Januari"}, {"val": 1, "label": "Satu"}, {"val": 10, "label": "Oktober"},
    ]))  # fmt: skip
    assert told(found) == [("Ambon", "2017 Oktober", "0.21"), ("<b>INDONESIA</b>", "2019 Januari", "-1.5"), ("Ambon", "2019 Satu", "3")]
    assert found.kinds["kode"] == [0, 0, 0]
    assert found.kinds["nilai"] == [1, 1, 1]
    assert found.counts() == {"read": 3, "fetched": 3}
    assert found.rows[0]["_lokasi"] == "datacontent.121011710"


def test_a_key_with_two_meanings_is_refused(tmp_path: Path) -> None:
    regions = [{"val": 1, "label": "Satu"}, {"val": 12, "label": "Dua Belas"}]
    variables = [{"val": 21, "label": "A"}, {"val": 1, "label": "B"}]
    content: dict[str, object] = {"121011710": 1}  # 1|21|0|117|10 and 12|1|0|117|10
    with pytest.raises(AmbiguousKeys, match="`121011710`.*Satu / A.*Dua Belas / B"):
        read(tmp_path, CONTRACT, response(content, vervar=regions, var=variables))
    assert told(read(tmp_path, CONTRACT, response({"12101191": 1}, vervar=regions[:1], var=variables))) == [("Satu", "2019 Januari", "1")]


@pytest.mark.parametrize(
    ("content", "changes", "error"),
    [
        ({"777": 1}, {}, BadJson),
        ({}, {}, ZeroRows),
        ({}, {"data-availability": "list-not-available", "datacontent": None}, ZeroRows),
        ({"121011710": 1}, {"data-availability": "unavailable"}, ZeroRows),
    ],
)
def test_answers_without_a_table(tmp_path: Path, content: dict[str, object], changes: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error, match="berkas"):
        read(tmp_path, CONTRACT, response(content, **changes))


def test_another_answer_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(BadJson, match="data-availability"):
        read(tmp_path, CONTRACT, '{"status": "Error", "message": "key salah"}')
