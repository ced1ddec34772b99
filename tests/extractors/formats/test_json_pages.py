"""Prevents pages of an API from being taken for the whole, and the whole for too much."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.errors import IncompletePages, MoreThanDeclared
from tests.extractors.reading import Read, read


def contract(records: str, columns: str, source: str = "") -> str:
    return f'source: {{kind: json_api, url: x, records: "{records}"{source}}}\nextra: ignore\nkey: [a]\ncolumns:\n{columns}'


def rows(found: Read, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row[name] for name in names) for row in found.rows]


PAGED = ", pages: {by: page, param: p, total: meta.total}"


def page(first: int, last: int, total: int) -> str:
    return json.dumps({"data": [{"a": i} for i in range(first, last + 1)], "meta": {"total": total}})


def test_pages_are_one_table_whose_declared_total_must_be_met(tmp_path: Path) -> None:
    paged = contract("data.*", "  a: {type: text}\n", PAGED)
    found = read(tmp_path, paged, page(1, 2, 3), page(3, 3, 3), pages=True)
    assert rows(found, "a", "_lokasi") == [("1", "halaman 1 data[1]"), ("2", "halaman 1 data[2]"), ("3", "halaman 2 data[1]")]
    for contents in ((page(1, 2, 328),), (page(1, 2, 3), page(2, 3, 3))):
        with pytest.raises(IncompletePages):
            read(tmp_path, paged, *contents, pages=True)


def test_totals_go_on_over_pages(tmp_path: Path) -> None:
    paged = contract("data.*", "  a: {type: text}\n  n: {type: integer}\n") + "rows: [{is: total, where: {a: ^JUMLAH$}, of: [n]}]\n"
    pages = [json.dumps({"data": [{"a": "x", "n": 1}, {"a": "y", "n": 2}]}), json.dumps({"data": [{"a": "JUMLAH", "n": 3}]})]
    found = read(tmp_path, paged, *pages, pages=True)
    assert [(finding.outcome, finding.checked) for finding in found.report.findings] == [("pass", 1)]


@pytest.mark.parametrize(
    ("totals", "error"),
    [((3, 3), None), ((3, 4), None), ((4, 3), None), ((5, 4), IncompletePages), ((2, 2), MoreThanDeclared)],
)
def test_a_source_may_grow_while_it_is_read(tmp_path: Path, totals: tuple[int, int], error: type[Exception] | None) -> None:
    paged = contract("data.*", "  a: {type: text}\n", PAGED)
    contents = page(1, 2, totals[0]), page(3, 3, totals[1])
    if error is None:
        assert read(tmp_path, paged, *contents, pages=True).report.read == 3
    else:
        with pytest.raises(error):
            read(tmp_path, paged, *contents, pages=True)


def test_pages_are_counted_where_records_are_not(tmp_path: Path) -> None:
    paged = contract("data.*", "  a: {type: text}\n", ", pages: {by: page, param: p, last: last}")
    contents = ['{"last": 2, "data": [{"a": 1}]}', '{"last": 2, "data": [{"a": 2}, null]}']
    assert read(tmp_path, paged, *contents, pages=True).column("a") == ["1", "2"]
    with pytest.raises(IncompletePages, match="1 dari 2"):
        read(tmp_path, paged, contents[0], pages=True)


def test_a_datastore_declares_its_rows(tmp_path: Path) -> None:
    source = "source: {kind: ckan, url: x, package: p, resource: {position: 0}}\nextra: ignore\nkey: [a]\ncolumns:\n  a: {type: text}\n"
    content = '{"result": {"records": [{"a": 1, "_id": 1}], "total": %d}}'
    assert read(tmp_path, source, content % 1).column("a") == ["1"]
    with pytest.raises(IncompletePages):
        read(tmp_path, source, content % 2)
