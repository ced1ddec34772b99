"""Prevents a demo that ends well although a figure it published can be proven by nobody."""

from __future__ import annotations

import shlex
from io import StringIO
from types import SimpleNamespace

import pytest
from rich.console import Console

from satudata.demo import traced as following
from satudata.demo.show import show_traces
from satudata.demo.traced import traced
from tests.lineage.conftest import Kota


def test_a_row_of_every_table_is_followed_and_one_that_cannot_be_is_told(kota: Kota) -> None:
    with kota.database.connect("owner", autocommit=True) as conn:
        found = {one.table: one for one in traced(conn, "2026-06-02")}
        assert {table: one.problem for table, one in found.items() if one.problem} == {}
        assert (found["neraca_pangan"].origins > 0, found["dim_wilayah"].made_of) == (True, "daftar acuan wilayah")
        assert len(found) > 20
        console = Console(file=StringIO(), width=200)
        assert not show_traces(console, found.values())
        for path in (kota.archive / "sha256").rglob("*"):
            if path.is_file():
                path.write_bytes(b"lain")
        lost = [one for one in traced(conn, "2026-06-02") if one.problem]
        assert {"neraca_pangan", "data_sintang_dinsos_bantuan"} <= {one.table for one in lost}
        assert show_traces(console, lost)


def test_a_key_is_printed_as_a_shell_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is copied from the summary behind `satudata lineage` must be one argument for each column."""
    monkeypatch.setattr(following, "lineage", lambda _table, _pairs: SimpleNamespace(made_of="daftar acuan"))
    pairs = ["titik_pantau=Sungai Ambawang 2", "tahun=2025"]
    assert shlex.split(following._followed("mart.x", pairs).key) == pairs
