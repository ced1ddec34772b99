"""Prevents a summary of the demo that overlooks what went wrong, or names a command that shows something else than the line says."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from datetime import date, timedelta

import pytest

from satudata.demo.findings import findings
from satudata.findings import waivers
from tests.findings.conftest import FIRST_DAY, GOOD, Source, source

__all__ = ["source"]


@pytest.fixture
def found(source: Source, database, monkeypatch: pytest.MonkeyPatch):
    """What the summary says as of a day: line -> (how many, one of them, command)."""

    def ask(day: date) -> dict[str, tuple[int, str, str]]:
        with database.connect("owner", autocommit=True) as conn:
            return {what: rest for what, *rest in findings(conn, day)}  # type: ignore[misc]

    return ask


def test_what_could_not_be_fetched_or_read_is_a_line_of_its_own(source: Source, found):
    source.play(GOOD)
    assert found(FIRST_DAY)["Batch gagal"][0] == found(FIRST_DAY)["Sumber tidak terambil"][0] == 0
    source.play("kode;hari\nk1;2026-06-01\n")
    assert (found(FIRST_DAY + timedelta(days=1))["Batch gagal"][:2])[0] == 1
    (source.folder / "isi.csv").unlink()
    source.again()
    number, one, command = found(FIRST_DAY + timedelta(days=2))["Sumber tidak terambil"]
    assert (number, one.split(",")[0]) == (1, "uji.dinas.isi")
    assert command == "SATUDATA_HARI_INI=2026-06-03 satudata status"
    assert found(FIRST_DAY + timedelta(days=2))["Batch gagal"][0] == 1
    source.play(GOOD)
    assert found(FIRST_DAY + timedelta(days=3))["Batch gagal"][0] == 0


def test_a_waiver_is_shown_on_the_days_on_which_it_holds_and_by_its_command(source: Source, found, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SATUDATA_HARI_INI", FIRST_DAY.isoformat())
    source.play(GOOD)
    waivers.add("uji.dinas.isi", "range.n", FIRST_DAY + timedelta(days=1), "ani", "banjir")
    monkeypatch.delenv("SATUDATA_HARI_INI")
    counted = [found(FIRST_DAY + timedelta(days=days))["Pengecualian berlaku"][0] for days in (-1, 0, 1, 2)]
    assert counted == [0, 1, 1, 0]
    setting, *command = shlex.split(found(FIRST_DAY)["Pengecualian berlaku"][2])
    said = subprocess.run(
        [sys.executable, "-m", *command], env=os.environ | dict([setting.split("=")]), capture_output=True, text=True, check=True
    ).stdout
    assert "uji.dinas.isi" in said
    assert "2026-06-02" in said
