"""Prevents the product from reading published files otherwise than they are: every figure here was worked out with another reader.

The files lie beside the repository (SATUDATA_SHARED); where they are not there, these tests are skipped and say so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.registry import load_dataset
from satudata.source_try import TryResult, try_source

pytestmark = pytest.mark.usefixtures("server")
CONTRACTS = Path(__file__).parents[1] / "contracts"
EXPECTED: dict[str, dict[str, Any]] = yaml.load((Path(__file__).parent / "real_files.yml").read_text(), yaml.BaseLoader)
WALKED = ("ckan", "bps_webapi")
"""Kinds whose url is asked for more than one answer: their captured answer is given as the file."""


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    """The published files."""
    return shared / "data"


def name_of_file(contract: Path) -> str:
    """The published file a contract is for."""
    found = re.search(r"\$\{DATA\}/([^\"]+)", contract.read_text())
    assert found, f"{contract.name} names no file of the published ones"
    return found[1]


@pytest.fixture
def tried(request: pytest.FixtureRequest, data: Path, monkeypatch: pytest.MonkeyPatch) -> TryResult:
    """What `source try` brings back for one contract."""
    contract = CONTRACTS / f"{request.param}.yml"
    monkeypatch.setenv("DATA", os.path.relpath(data, CONTRACTS))
    kind = load_dataset(str(contract)).contract.source.kind
    return try_source(contract, file=data / name_of_file(contract) if kind in WALKED else None, most_rows=None)


@pytest.mark.real_file
@pytest.mark.parametrize(("tried", "expected"), EXPECTED.items(), indirect=["tried"], ids=EXPECTED)
def test_a_real_file_is_what_another_reader_says(tried: TryResult, expected: dict[str, Any]) -> None:
    assert (tried.state, tried.message) == (expected.get("state", "accepted"), tried.message if "state" in expected else None)
    if "error_class" in expected:
        assert tried.error_class == expected["error_class"]
        return
    assert counts(tried) == {"dropped": {}, "quarantined": "0", "accepted": "0"} | expected["counts"]
    assert {name: total(tried, name) for name in expected["sums"]} == {name: Decimal(value) for name, value in expected["sums"].items()}
    assert_cells(tried.rows[0], expected.get("first", {}))
    assert_cells(tried.rows[-1], expected.get("last", {}))
    outcomes = {result.rule_id: result for result in tried.results}
    assert [rule_id for rule_id in expected.get("passes", ()) if outcomes[rule_id].outcome != "pass"] == []
    for rule_id, seen in expected.get("fails", {}).items():
        assert (outcomes[rule_id].outcome, outcomes[rule_id].observed, outcomes[rule_id].expected) == (
            "fail",
            seen["observed"],
            seen["expected"],
        )
    for rule_id, places in expected.get("set_aside", {}).items():
        assert [row.lokasi for row in tried.set_aside if rule_id in row.rule_ids] == places


def counts(tried: TryResult) -> dict[str, Any]:
    """The counts as the YAML writes them; every row that was read ends in exactly one of them."""
    if tried.state != "failed":
        assert tried.fetched == tried.accepted + tried.quarantined + sum(tried.dropped.values())
    named = {name: str(getattr(tried, name)) for name in ("read", "fetched", "accepted", "quarantined")}
    return {**named, "dropped": {reason: str(rows) for reason, rows in tried.dropped.items()}}


def total(tried: TryResult, column: str) -> Decimal:
    """The sum of a column over all rows that came back."""
    return sum((Decimal(row[column]) for row in tried.rows if row[column] is not None), Decimal(0))


def assert_cells(row: dict[str, Any], expected: dict[str, str]) -> None:
    """The cells of a row, told as the YAML tells them."""
    assert {name: told(row[name]) for name in expected} == expected


def told(value: object) -> str:
    """A typed value as text."""
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def contracts() -> Iterator[Path]:
    """The contracts for real files."""
    return CONTRACTS.glob("*.yml")


def test_every_contract_has_expectations_and_is_short() -> None:
    assert {path.stem for path in contracts()} == set(EXPECTED)
    assert [path.name for path in contracts() if len(path.read_text().splitlines()) > 30] == []


def test_at_least_28_published_files_are_read() -> None:
    files = {name_of_file(path) for path in contracts()}
    assert len(files) >= 28
    assert not [name for name in files if Path(name).name.startswith("ref_")]


@pytest.mark.real_file
@pytest.mark.parametrize("numbers", ["id", "en"])
@pytest.mark.parametrize(("contract", "columns"), [("dtks", ("individu", "keluarga")), ("industri_banyaknya", ("usaha",))])
def test_native_figures_do_not_depend_on_a_convention(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contract: str, columns: tuple[str, ...], numbers: str
) -> None:
    monkeypatch.setenv("DATA", os.path.relpath(data, tmp_path))
    text = (CONTRACTS / f"{contract}.yml").read_text().replace("type: integer", f"type: integer, numbers: {numbers}")
    (tmp_path / "kontrak.yml").write_text(text)
    tried = try_source(tmp_path / "kontrak.yml", most_rows=None)
    assert {name: total(tried, name) for name in columns} == {name: Decimal(EXPECTED[contract]["sums"][name]) for name in columns}


@pytest.mark.real_file
def test_all_agencies_subtotals_are_compared(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA", os.path.relpath(data, CONTRACTS))
    for contract, sums in (("penduduk_2021", 12), ("penduduk_2019", 11)):
        results = [result for result in try_source(CONTRACTS / f"{contract}.yml").results if result.rule == "total"]
        compared = {result.rule_id: result.checked for result in results}
        assert all(result.outcome == "pass" for result in results)
        assert sum(result.checked for result in results) == 4 * sums, compared
