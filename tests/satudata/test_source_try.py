"""Prevents a dry run from leaving anything behind, and from promising what a load would not do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from contracts.errors import BrokenContract, UnknownDataset, UnknownPublisher
from satudata.source_try import try_source
from tests.conftest import Database
from warehouse import server as embedded
from warehouse.connect import database_url
from warehouse.scratch import scratch_warehouse

CONTRACT = """
id: uji.coba
title: Harga
source: {kind: file, url: data/harga.csv}
write: append
period: {column: tanggal, grain: hari}
columns:
  tanggal: {from: Tanggal, type: date}
  pasar: {from: Pasar, type: text}
  harga_rp: {from: Harga, type: integer, numbers: id, range: [100, 1000000]}
key: [tanggal, pasar]
"""
KILLED = """
import os
from warehouse.scratch import scratch_warehouse
with scratch_warehouse():
    print(os.environ["SATUDATA_DATABASE"], flush=True)
    os._exit(9)
"""
ROWS = "Tanggal;Pasar;Harga\n1/2/2025;Besar;12.000\n1/2/2025;Kecil;50\n2/2/2025;Kecil;mahal\n" + "".join(
    f"{day}/3/2025;Besar;{day}.000\n" for day in range(1, 31)
)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A contract lying anywhere, with a path relative to it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "harga.csv").write_text(ROWS)
    (tmp_path / "kontrak.yml").write_text(CONTRACT)
    return tmp_path / "kontrak.yml"


def state_of(database: Database) -> list[tuple[str, int]]:
    """Every table of the warehouse with its number of rows."""
    with database.connect("owner") as conn:
        names = conn.execute(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname !~ '^(pg_|information_schema)'"
        ).fetchall()
        return sorted((name, conn.execute(f"select count(*) from {name}".encode()).fetchone()[0]) for (name,) in names)  # type: ignore[index]


def databases(home: Path) -> set[str]:
    with psycopg.connect(embedded.url(home, "superuser", "postgres")) as conn:
        return {name for (name,) in conn.execute("select datname from pg_database").fetchall()}


def test_a_trial_tells_all_and_writes_nothing(database: Database, contract: Path) -> None:
    before, there = state_of(database), databases(database.home)
    tried = try_source(contract)
    assert (tried.state, tried.read, tried.fetched, tried.accepted, tried.quarantined) == ("held", 33, 33, 31, 2)
    assert (tried.rows[0]["pasar"], tried.rows[0]["harga_rp"], str(tried.rows[0]["tanggal"])) == ("Besar", 12000, "2025-02-01")
    assert [(row.lokasi, row.rule_ids, row.published) for row in tried.set_aside] == [
        ("baris 3", ("range.harga_rp",), {}), ("baris 4", ("castable.harga_rp",), {"harga_rp": "mahal"}),
    ]  # fmt: skip
    assert len(tried.rows) == 10
    assert state_of(database) == before
    assert databases(database.home) == there
    assert os.environ["SATUDATA_DATABASE"] == database.name


def test_another_file_can_be_tried_in_place_of_the_sources(database: Database, contract: Path, tmp_path: Path) -> None:
    (tmp_path / "lain.csv").write_text("Tanggal;Pasar;Harga\n1/2/2025;Besar;12.000\n")
    tried = try_source(contract, file=tmp_path / "lain.csv")
    assert (tried.state, tried.files, tried.accepted) == ("accepted", ("lain.csv",), 1)


def test_personal_columns_are_not_shown(database: Database, contract: Path) -> None:
    """Names and numbers of persons stood on the screen, and in the output that somebody mails."""
    contract.write_text(CONTRACT.replace("from: Pasar, type: text}", "from: Pasar, type: text, pribadi: nama}"))
    tried = try_source(contract)
    assert {row["pasar"] for row in tried.rows} == {"(disamarkan)"}
    assert tried.rows[0]["harga_rp"] == 12000


@pytest.mark.parametrize(
    ("content", "error"),
    [("", "EmptyFile"), ("Tanggal;Pasar;Harga\n", "ZeroRows"), ("Tanggal;Harga\n1/2/2025;1\n", "MissingColumn"), ("\x89PNG\r\n\x1a\n", "WrongFormat")],
)  # fmt: skip
def test_a_source_that_fails_is_told_and_not_raised(database: Database, contract: Path, content: str, error: str) -> None:
    (contract.parent / "data" / "harga.csv").write_bytes(content.encode("latin-1"))
    tried = try_source(contract)
    assert (tried.state, tried.error_class) == ("failed", error)
    assert "harga.csv" in (tried.message or "")


def test_a_dead_host_is_told_and_not_raised(database: Database, contract: Path) -> None:
    contract.write_text(CONTRACT.replace("data/harga.csv", "http://127.0.0.1:9/harga.csv"))
    assert try_source(contract).error_class == "HostUnreachable"


def test_wrong_usage_is_raised(database: Database, contract: Path) -> None:
    with pytest.raises(UnknownDataset):
        try_source("tidak.ada")
    with pytest.raises(UnknownPublisher):
        try_source(contract, penerbit="35.71")
    contract.write_text(CONTRACT.replace("write: append", "write: tambah"))
    with pytest.raises(BrokenContract):
        try_source(contract)


def test_a_trial_leaves_nothing_even_when_it_breaks_off(database: Database) -> None:
    there = databases(database.home)

    def broken_off() -> None:
        with scratch_warehouse():
            assert "/coba_" in database_url()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert databases(database.home) == there
    assert database_url().endswith(f"/{database.name}")


def test_the_leftovers_of_a_killed_trial_are_cleared_by_the_next(database: Database) -> None:
    left = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False).stdout.strip()
    assert left in databases(database.home)
    with scratch_warehouse():
        assert left not in databases(database.home)
