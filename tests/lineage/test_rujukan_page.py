"""Prevents a page whose commands do not run: every command of docs/rujukan.md is run here, in its order, on texts that really wait."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from contracts.references import SHIPPED, reference_rows
from satudata.cli import satudata
from tests.lineage.conftest import FILES, STOCK, Kota

PAGE = (Path(__file__).parents[2] / "docs" / "rujukan.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S) for line in block.splitlines()]


def test_every_command_of_the_page_runs(kota: Kota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text waits, is given its code and published; another is left open in the sheet that the page writes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SATUDATA_NAMA", "ani")
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-02")
    first = FILES[STOCK][0]
    kota.publish(STOCK, [*FILES[STOCK][1:], {**first, "kode_wilayah": "Sepauk Hulu", "stok_ton": 26}, {**first, "kode_wilayah": "Entah"}])
    CliRunner().invoke(satudata, ["release", "publish"], catch_exceptions=False)
    regions = [f"{row['kode']},{row['nama']}" for row in reference_rows("wilayah", SHIPPED)]
    Path("wilayah.csv").write_text("\n".join(["kode,nama", *regions, "61.05.03.2999,Desa Baru"]))
    assert len(COMMANDS) == 10
    for line in COMMANDS:
        words = shlex.split(line, comments=True)
        if words[-2:-1] == [">"]:
            told = CliRunner().invoke(satudata, words[1:-2], catch_exceptions=False)
            Path(words[-1]).write_text(told.output.replace("entah,,", "entah,61.05.14,"))
        elif words[1:3] == ["db", "psql"]:  # another process, whose output is its own
            done = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            assert re.search(r"\n\([1-9]\d* row", done.stdout), done.stdout
            continue
        else:
            told = CliRunner().invoke(satudata, words[1:], catch_exceptions=False)
        assert told.exit_code == 0, f"{line}\n{told.output}"
    assert "stok_ton: 26" in told.output  # of the last command of ours: the line that waited has been traced
