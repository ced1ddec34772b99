"""Prevents a column that nobody described, and pages of the models that need a network or are drawn again for nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from contracts.settings import settings
from satudata.cli import satudata
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.registry import accept_first_batches, write_contracts


def test_the_pages_of_the_models_describe_every_column_and_open_without_a_network(gudang: Gudang, tmp_path: Path) -> None:
    write_contracts(gudang)
    accept_first_batches(gudang)
    transform(date(2026, 6, 2))
    out = tmp_path / "situs"
    done = CliRunner().invoke(satudata, ["docs", "--out", str(out)], catch_exceptions=False)
    assert (done.exit_code, "arti setiap tabel" in done.output) == (0, True)
    made = settings().home / "dbt" / "docs"
    manifest, catalog = (json.loads((made / name).read_bytes()) for name in ("manifest.json", "catalog.json"))
    nodes = {name: node for name, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    described = {
        (name, column["name"]) for name, node in nodes.items() for column in node["columns"].values() if column["description"].strip()
    }
    there = {(name, column) for name in nodes if name in catalog["nodes"] for column in catalog["nodes"][name]["columns"]}
    assert len(there) > 300
    assert there - described == set()
    assert {name for name, node in nodes.items() if not node["description"].strip()} == set()
    page = out / "model" / "index.html"
    assert "fct_kinerja" in page.read_text()
    assert 'href="model/index.html"' in (out / "index.html").read_text()
    drawn = page.stat().st_mtime_ns
    assert CliRunner().invoke(satudata, ["docs", "--out", str(out)], catch_exceptions=False).exit_code == 0
    assert page.stat().st_mtime_ns == drawn
