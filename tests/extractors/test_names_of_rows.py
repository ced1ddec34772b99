"""Prevents rows from being published under a name that is none, or by a column that merely bears the same header as the one meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.extractors.test_parse import parsed, rows

COLUMNS = "id: uji.nama\ntitle: Uji\nwrite: snapshot\nkey: [nama]\ncolumns:\n  nama: {{type: {type}}}\n  isi: {{type: text}}\n"
JSON = COLUMNS + "source: {{kind: file, url: x, records: '*'}}\n"


@pytest.mark.parametrize("value", ["true", "false", "[1, 2]", '{"id": 3}', "[]"])
@pytest.mark.parametrize("type_", ["text", "wilayah, level: kecamatan"])
def test_what_names_nothing_is_no_key(tmp_path: Path, value: str, type_: str) -> None:
    text = f'[{{"nama": "a", "isi": "x"}}, {{"nama": {value}, "isi": {value}}}, {{"nama": 7, "isi": null}}]'
    found = rows(parsed(tmp_path, text, JSON.format(type=type_), "isi.json"))
    assert [row["nama"] for row in found] == ["a", None, "7"]
    assert [json.loads(row["_cacat"]) if row["_cacat"] else None for row in found] == [None, {"nama": value}, None]
    assert found[1]["isi"] == value  # beside the name a list is told as it is


def test_two_headers_of_one_name_are_for_a_person(tmp_path: Path) -> None:
    """Fails when the first of two columns is published although nobody said that it is the one."""
    found = parsed(tmp_path, "nama;isi;Isi \na;1;2\n", COLUMNS.format(type="text") + "source: {kind: file, url: x}\n", "isi.csv")
    list(found.chunks())
    assert [(one.rule_id, one.severity, one.outcome) for one in found.report.findings] == [("drift.Isi", "hold", "fail")]
    assert '--terima "drift.Isi"' in found.report.findings[0].message
