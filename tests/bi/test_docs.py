"""Prevents a docs/bi.md whose steps do not work: every command, query and snippet of it is run against a published warehouse."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.bi.conftest import REPO
from tests.bi.test_psql import PSQL

TEXT = (REPO / "docs" / "bi.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines()]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_works(line: str, published, tmp_path) -> None:
    path = f"{Path(sys.executable).parent}:{PSQL.parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "SATUDATA_DATABASE": published.database.name, "PAGER": "cat", "PYTHONPATH": str(REPO)}
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("query", blocks("sql"))
def test_a_query_answers(query: str, published) -> None:
    assert published.rows(query)


def test_the_odbc_words_connect(address: str) -> None:
    pyodbc = pytest.importorskip("pyodbc", reason="no ODBC manager (apt install unixodbc odbc-postgresql libltdl7)", exc_type=ImportError)
    (words,) = blocks("odbc")
    if "PostgreSQL Unicode" not in pyodbc.drivers():
        pytest.skip("no ODBC driver (apt install odbc-postgresql)")
    at = urlsplit(address)
    for name, value in {"MESIN": at.hostname, "NAMA": at.path[1:], "SANDI": at.password}.items():
        words = words.strip().replace(name, str(value))
    pyodbc.connect(words.replace("=PORT;", f"={at.port};")).close()


def test_the_python_runs(address: str) -> None:
    (snippet,) = blocks("python")
    found: dict = {"address": address}
    exec(snippet, found)
    assert len(found["harga"])
    found["engine"].dispose()


def test_the_tables_and_keys_are_there(published) -> None:
    """Each name in the two lists of the page is a table or column that the reader sees."""
    named = set(re.findall(r"`([a-z_]+)`", "\n".join(line for line in TEXT.splitlines() if line.startswith("|"))))
    there = {
        name
        for row in published.rows("select table_name, column_name from information_schema.columns where table_schema = 'mart'")
        for name in row
    }
    assert named - there - {"fct_"} == set()
