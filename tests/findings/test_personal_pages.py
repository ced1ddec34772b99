"""Prevents pages drawn before a column was called personal from showing for ever what people are named in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from satudata.cli import satudata
from satudata.data_docs.personal import draw_anew
from tests.findings.conftest import Source

NAME = "Siti Rahmawati"
TEXT = f"kode;hari;n;nama\nk1;2026-06-01;5;{NAME}\nk2;2026-06-01;500;Beras\n"
COLUMN = "  nama: {from: nama, %s}\nperiod"


@pytest.fixture
def situs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: Source) -> Path:
    """Of the site alone: the warehouse is the test's."""
    monkeypatch.setattr("satudata.data_docs.personal.site_folder", lambda: tmp_path / "data_docs")
    monkeypatch.setattr("satudata.commands.docs.site_folder", lambda: tmp_path / "data_docs")
    return tmp_path / "data_docs"


def declare(source: Source, column: str) -> None:
    source.publish(TEXT)
    (source.folder / "isi.yml").write_text(source.contract.replace("period", COLUMN % column, 1))


def docs() -> str:
    found = CliRunner().invoke(satudata, ["docs"], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def said(situs: Path) -> bool:
    return any(NAME.lower() in page.read_text().lower() for page in situs.rglob("*.html"))


def test_a_page_is_drawn_anew_once_a_column_of_it_is_personal(source: Source, situs: Path) -> None:
    declare(source, "type: code, reference: komoditas")
    source.again()
    docs()
    assert said(situs), "the page proves nothing"
    (before,) = (situs / "validasi").glob("*.html")
    declare(source, "type: text, pribadi: nama")
    assert "1 halaman baru, 0 sudah ada, 1 dihapus" in docs()
    assert not said(situs)
    (page,) = (situs / "validasi").glob("*.html")
    assert (page.stem, "(disamarkan)" in page.read_text(), "500" in page.read_text()) == (f"{before.stem}-1", True, False)
    assert f"validasi/{page.name}" in (situs / "index.html").read_text()
    assert "0 halaman baru, 1 sudah ada, 0 dihapus" in docs()
    assert source.all("select count(*) from ops.check_result where observed ~* 'Siti'") == [(0,)]
    assert source.all("select count(*) from ops.validation_result where result::text ~* 'Siti'") == [(0,)]


def test_the_nightly_job_draws_it_anew_and_builds_no_site_where_there_is_none(source: Source, situs: Path) -> None:
    declare(source, "type: code, reference: komoditas")
    source.again()
    draw_anew()
    assert not situs.exists()
    docs()
    assert said(situs)
    index = (situs / "index.html").stat().st_mtime_ns
    draw_anew()
    assert (situs / "index.html").stat().st_mtime_ns == index
    declare(source, "type: text, pribadi: nama")
    draw_anew()
    assert not said(situs)
