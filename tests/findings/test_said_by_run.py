"""Prevents a warning that nobody reads: `run` says in one sentence each what it accepted with one."""

from __future__ import annotations

from click.testing import CliRunner

from satudata.cli import satudata
from tests.findings.conftest import GOOD, Source

WARNING = "checks: [{rule: compare, column: n, op: <=, other: 50, severity: warn}]"


def said(source: Source) -> list[str]:
    ran = CliRunner().invoke(satudata, ["run", "uji.dinas.isi", "--date", source.day.isoformat()], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return [line for line in ran.output.splitlines() if "peringatan" in line]


def test_a_run_says_what_it_accepted_with_a_warning(source: Source):
    """Fails when a run tells only of batches and rows that were stopped, and of a file that somebody should look at that all is well."""
    source.publish(GOOD | {"k3": 77}, more=WARNING)
    (line,) = said(source)
    assert line.startswith("uji.dinas.isi: peringatan compare.")
    assert "berisi 77" in line
    source.publish(GOOD)
    assert said(source) == []


def test_many_warnings_are_counted(source: Source):
    source.publish(GOOD | {"k3": 77}, more=WARNING + "\nfor_each: [" + ", ".join(f"p{n}" for n in range(12)) + "]")
    for n in range(12):
        (source.folder / f"p{n}.csv").write_text((source.folder / "isi.csv").read_text())
    (source.folder / "isi.yml").write_text(source.contract.replace("isi.csv", '"{penerbit}.csv"'))
    lines = said(source)
    assert (len(lines), lines[-1]) == (11, "Dan 2 peringatan lain: satudata issue list")
