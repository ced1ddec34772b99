"""Prevents half a file from being taken for a whole one, and a file saved without a last line end from being accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.last_line import cut_off, last_line

WHOLE = "kode;nama;jumlah\n35.71.01;Mojoroto;12\n35.71.02;Kota;34\n"
CUT = {
    "in a number's cell before the last": (WHOLE + "35.71.03;Pes", 2), "after a delimiter": (WHOLE + "35.71.03;", 2),
    "carriage returns": (WHOLE.replace("\n", "\r") + "35.71.03;Pes", 2), "both": (WHOLE.replace("\n", "\r\n") + "35.71.03;Pesa", 2),
}  # fmt: skip
NOT_CUT = {
    "a sentence below": WHOLE + "tidak termasuk kantor cabang", "a note of one word": WHOLE + "*)", "a note behind a gap": WHOLE + "\n2023",
    "ended": WHOLE, "no last line end": WHOLE.rstrip("\n"), "a note below": WHOLE + "Sumber: Dinas", "header alone": "kode;nama;jumlah",
    "one column": "kode\n1\n2", "blank": " ", "ragged": "kode;nama\na;b;c\nd\ne;f;g;h\n1;2",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("name", CUT)
def test_a_last_line_with_too_few_cells_and_no_end(tmp_path: Path, name: str, encoding: str) -> None:
    text, cells = CUT[name]
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    line = last_line(tmp_path / "a.csv", "a.csv", None if encoding == "utf-8" else encoding)
    assert line is not None
    assert (line.cells, line.width, line.is_cut) == (cells, 3, True)
    (finding,) = cut_off([line])
    assert (finding.rule, finding.outcome) == ("declared", "fail")
    assert 'baris terakhirnya, "35.71.03;' in finding.message
    assert "2 dari 3 sel" in finding.message


@pytest.mark.parametrize("last", ["35.7", "3"])
def test_a_last_line_that_may_be_the_beginning_of_a_first_cell_is_held(tmp_path: Path, last: str) -> None:
    """Fails when half a name is published as a row without figures, as the first that is known of its publisher."""
    (tmp_path / "a.csv").write_text(WHOLE + last)
    line = last_line(tmp_path / "a.csv", "a.csv")
    assert line is not None
    (finding,) = cut_off([line])
    assert (finding.rule_id, finding.severity, finding.observed) == ("declared.akhir_berkas", "hold", "1 sel")
    assert "mungkin terputus" in finding.message
    assert "--terima declared.akhir_berkas" in finding.message


@pytest.mark.parametrize("name", NOT_CUT)
def test_what_proves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text(NOT_CUT[name], newline="")
    line = last_line(tmp_path / "a.csv", "a.csv")
    assert (line is None) == (name in ("ended", "blank"))
    assert list(cut_off([line] if line else [])) == []


def test_looks_at_the_end_of_a_long_file_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,c\n" + "1,22,333\n" * 50_000 + "1,2")
    line = last_line(tmp_path / "a.csv", "a.csv")
    assert line is not None
    assert (line.cells, line.width) == (2, 3)
