"""Prevents a page whose commands do not run: every command of docs/privasi.md is run here on a release with small counts and a restricted dataset."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

from satudata.transform import transform
from tests.conform.conftest import Gudang, tahun
from tests.conform.registry import PPKS, ppks

PAGE = (Path(__file__).parents[2] / "docs" / "privasi.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S) for line in block.splitlines()]


def test_every_command_of_the_page_runs(gudang: Gudang) -> None:
    """What is hidden from everybody is shown to agencies, by the very commands of the page."""
    gudang.contract("kediri.dinsos.ppks", PPKS.replace("35.71", "35.72"))
    gudang.accept("kediri.dinsos.ppks", [ppks("GEDOG", "Lanjut Usia Terlantar", 3) | tahun(2023)])
    transform(date(2026, 6, 2))
    told = [_run(line) for line in COMMANDS]
    assert re.search(r"Jumlah PPKS +\| +\| t", told[0])
    assert re.search(r"Jumlah PPKS +\| +3\n", told[1])
    assert "fct_indikator" in told[2]
    assert "bi_instansi" in told[3]
    assert "kediri.dinsos.ppks" in told[4]


def _run(line: str) -> str:
    words = shlex.split(line, comments=True)
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True)
    assert done.returncode in (0, 1), f"{line}\n{done.stderr}"  # 1: the rows of this test lie in no archive
    return done.stdout
