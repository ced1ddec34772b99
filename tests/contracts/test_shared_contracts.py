"""Contracts written for real files by people who had not seen this loader: the language has to say what they said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from contracts.registry import load_dataset, load_registry
from contracts.schema import FILE_NAME, contract_schema, schema_text

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    "apk", "bapanas", "bkd_golongan", "bkd_umur", "bps", "ckan_extras", "dinsos", "dssd", "garut", "gk_csv", "gk_html", "industri_a",
    "jabar_desa", "jkt_kode", "jkt_penduduk", "panel", "pb2019", "pb2021", "pihps_grid", "pihps_lebar", "pos", "siska", "siska_hari",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_for_a_real_file_loads(shared: Path, name: str) -> None:
    dataset = load_dataset(shared / "contracts" / f"{name}.yml")
    assert dataset.id.startswith("x.")
    assert (dataset.concept is None) == (dataset.contract.concept is None)


def test_the_list_above_is_complete(shared: Path) -> None:
    assert sorted(path.stem for path in (shared / "contracts").glob("*.yml")) == NAMES


def test_the_shipped_registry_has_no_problem() -> None:
    registry = load_registry(ROOT / "sources")
    assert [str(problem) for error in registry.broken for problem in error.problems] == []
    assert len(registry.datasets) >= 15
    assert [name for name, dataset in registry.datasets.items() if not dataset.publishers()] == []


def test_the_committed_schema_is_current() -> None:
    """After a change of the models: `satudata source schema > sources/contract.schema.json`."""
    assert (ROOT / "sources" / FILE_NAME).read_text(encoding="utf-8") == schema_text()


def as_an_editor_reads_it(path: Path) -> object:
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("path", sorted((ROOT / "sources").glob("*/*/*.yml")), ids=lambda path: path.stem)
def test_an_editor_has_no_complaint_about_a_shipped_contract(path: Path) -> None:
    assert [error.message for error in Draft202012Validator(contract_schema()).iter_errors(as_an_editor_reads_it(path))] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_has_no_complaint_about_a_contract_for_a_real_file(shared: Path, name: str) -> None:
    found = Draft202012Validator(contract_schema()).iter_errors(as_an_editor_reads_it(shared / "contracts" / f"{name}.yml"))
    assert [error.message for error in found] == []


def test_an_editor_underlines_an_unknown_key() -> None:
    assert not Draft202012Validator(contract_schema()).is_valid({"judul": "x"})
