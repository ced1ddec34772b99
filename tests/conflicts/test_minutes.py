"""Prevents minutes that say something else when they are printed again, leave a pair of agencies out, or run a formula an agency sent."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from contracts.errors import WrongUsage
from satudata.cli import satudata
from satudata.conflicts.acts import Asked, decide
from satudata.conflicts.minutes import write_minutes
from tests.conflicts.conftest import Meja

CASES = "Angka yang berbeda"


def printed(out: Path, week: str | None = "2026-W23") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for one in write_minutes(week, out=out) for path in one.files}


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    header, *rows = load_workbook(path)[sheet].values
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_each_pair_has_both_figures_their_sources_and_room_to_agree(meja: Meja, tmp_path: Path) -> None:
    """Of three agencies those two that differ are a pair; 39.9 and 40 are the same within the tolerance."""
    meja.conflict("2026-06-01", dkp="40", bulog="44.5", lain="39.9")
    (one,) = write_minutes("2026-W23", out=tmp_path)
    assert (one.number, one.conflicts) == ("BA-REK/61.05/2026-W23", 1)
    rows = table(one.files[0], CASES)
    assert [(row["No"], row["Pihak Pertama"], row["Pihak Kedua"]) for row in rows] == [
        ("1.1", "Perum Bulog", "Dinas Ketahanan Pangan"), ("2.1", "Perum Bulog", "'=HYPERLINK(1)<b>&Dinas \u5c71")]  # fmt: skip
    row = rows[0]
    assert (row["Angka Pihak Pertama"], row["Angka Pihak Kedua"], row["Selisih"], row["Satuan"]) == (44.5, 40, 4.5, "ton")
    assert (row["Sumber Pihak Pertama"], row["Kesepakatan"]) == ("sintang.bulog.stok, diambil 02-06-2026 06.30 WIB", None)
    assert [row["Sebagai"] for row in table(one.files[0], "Tanda tangan")][:3] == ["Pihak Pertama", "Pihak Kedua", "Walidata"]
    assert one.files[1].read_bytes().startswith(b"%PDF-")


def test_a_figure_in_another_unit_is_also_said_as_it_was_reported(meja: Meja, tmp_path: Path) -> None:
    """Who weighs in kilograms looks for that figure in the own file; tons are not said twice."""
    number = meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    meja.conn.execute("update ops.conflict_report set nilai_asal = 44500, satuan_asal = 'kg' where pelapor = '61.05/bulog'")
    meja.conn.execute("update ops.conflict_report set nilai_asal = 40, satuan_asal = 'ton' where pelapor = '61.05/dkp'")
    (one,) = write_minutes("2026-W23", out=tmp_path)
    (row,) = table(one.files[0], CASES)
    assert row["Sumber Pihak Pertama"] == "sintang.bulog.stok, tercatat 44500 kg, diambil 02-06-2026 06.30 WIB"
    assert row["Sumber Pihak Kedua"] == "sintang.dkp.stok, diambil 02-06-2026 06.30 WIB"
    said = CliRunner().invoke(satudata, ["conflict", "show", str(number)], catch_exceptions=False).output
    assert "Perum Bulog: 44,5 ton  [tercatat 44500 kg, sintang.bulog.stok," in said
    assert "Dinas Ketahanan Pangan: 40 ton  [sintang.dkp.stok," in said


def test_the_same_week_is_the_same_bytes(meja: Meja, tmp_path: Path) -> None:
    """Also though the clock has moved on, a figure moved, one was decided and another ended since."""
    first, second, third = (meja.conflict("2026-06-01", wilayah=w, komoditas=k, dkp="40", bulog="44.5") for w, k in (
        ("61.05.03", "beras"), ("61.05.02", "beras"), ("61.05.02", "gula")))  # fmt: skip
    before = printed(tmp_path / "a")
    assert set(before) == {"61.05_2026-W23.xlsx", "61.05_2026-W23.pdf"}
    time.sleep(2.1)  # a zip file counts time in steps of two seconds
    assert printed(tmp_path / "b") == before
    meja.report(first, "2026-06-09", "bulog", "50")
    meja.end(second, "2026-06-10")
    with pytest.MonkeyPatch.context() as later:
        later.setenv("SATUDATA_HARI_INI", "2026-06-11")
        decide(third, Asked("dkp", None, "forum", "BA/7"), "ani")
    assert printed(tmp_path / "c") == before
    after = tmp_path / "d"
    printed(after, "2026-W24")
    book = after / "61.05_2026-W24.xlsx"
    assert [(row["Konflik"], row["Angka Pihak Pertama"]) for row in table(book, CASES)] == [(first, 50)]
    assert [(row["Konflik"], row["Berita acara"], row["Angka"]) for row in table(book, "Diputuskan")] == [(third, "BA/7", 40)]
    assert [(row["Konflik"], row["Sebab"]) for row in table(book, "Selesai sendiri")] == [(second, "Angkanya kini sama.")]
    assert [(row["Konflik"], row["Di tangan"]) for row in table(book, "Eskalasi")] == [(first, "Forum Satu Data (Bappeda)")]
    assert printed(tmp_path / "e", "2026-W26")  # it is still open
    assert [row["Di tangan"] for row in table(tmp_path / "e" / "61.05_2026-W26.xlsx", "Eskalasi")] == ["Kepala daerah"]


def test_a_long_week_still_becomes_pages(meja: Meja, tmp_path: Path) -> None:
    """400 conflicts of one pair: the workbook holds all, the PDF what can be read in a meeting and says where the rest is."""
    for number in range(400):
        meja.conflict("2026-06-01", komoditas=f"k{number}", dkp="40", bulog=str(50 + number))
    (one,) = write_minutes("2026-W23", out=tmp_path)
    assert len(table(one.files[0], CASES)) == 400
    pages = one.files[1].read_bytes()
    assert pages.count(b"/Type /Page\n") > 5


def test_a_week_without_conflicts_makes_no_minutes(meja: Meja, tmp_path: Path) -> None:
    meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    assert printed(tmp_path, "2026-W22") == {}
    assert CliRunner().invoke(satudata, ["conflict", "minutes", "--minggu", "2026-W22"]).output == "Tidak ada konflik pada minggu itu.\n"
    assert "BA-REK/61.05/2026-W23: 1 konflik" in CliRunner().invoke(satudata, ["conflict", "minutes", "--out", str(tmp_path)]).output


@pytest.mark.parametrize("week", ["2026-W60", "minggu ini", "2026-23"])
def test_what_is_no_week_is_refused(meja: Meja, week: str) -> None:
    with pytest.raises(WrongUsage, match="bukan minggu"):
        write_minutes(week)


def test_a_pemda_without_conflicts_is_refused(meja: Meja) -> None:
    meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    with pytest.raises(WrongUsage, match="tidak punya konflik"):
        write_minutes("2026-W23", pemda="35.71")
