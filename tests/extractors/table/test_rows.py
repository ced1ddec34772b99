"""Prevents headings, totals and averages from being counted as data, and totals that do not add up from passing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extractors.formats import workbooks
from tests.extractors.reading import Read, read

BASE = """source: {kind: file, url: x}
key: [desa]
columns:
  desa: {from: Desa, type: text}
  jiwa: {from: Jiwa, type: integer, numbers: id, optional: true}
"""


def read_rows(folder: Path, rules: str, lines: str, columns: str = "") -> Read:
    return read(folder, f"{BASE}{columns}rows:\n{rules}", "Desa;Jiwa\n" + lines.replace(" / ", "\n") + "\n")


def told(found: Read, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row[name] for name in names) for row in found.rows]


def totals(found: Read) -> list[tuple[str, str, str, str | None]]:
    return [(each.outcome, each.observed, each.expected, each.lokasi) for each in found.report.findings if each.rule == "total"]


def test_the_first_rule_that_matches_decides(tmp_path: Path) -> None:
    rules = "  - {is: drop, where: {Desa: '^x', jiwa: '^9$'}, why: uji}\n  - {is: total, where: {desa: ^x}, of: [jiwa]}\n"
    rules += "  - {is: drop, where: {Desa: ^$}, why: kosong}\n"
    found = read_rows(tmp_path, rules, "a;1 / x;9 /  X  satu;3 / ;7 / b;2")
    assert told(found, "desa") == [("a",), ("b",)]
    assert found.counts() == {"read": 5, "fetched": 5, "drop": 2, "total": 1}
    assert totals(found) == [("pass", "", "", None)]


@pytest.mark.parametrize("total", ["\u200bJUMLAH", "\u202eJUM\u00adLAH", "JUMLAH\u200f", "\ufeff JUMLAH"])
def test_a_total_is_known_by_what_can_be_seen_of_it(tmp_path: Path, total: str) -> None:
    """Fails when a mark nobody sees hides a total from its rule, and the row is published under the word that was stored."""
    found = read_rows(tmp_path, "  - {is: total, where: {Desa: ^JUMLAH$}, of: [jiwa]}\n", f"a;1 / b;2 / {total};3")
    assert told(found, "desa") == [("a",), ("b",)]
    assert totals(found) == [("pass", "", "", None)]


def test_a_total_belongs_to_the_rule_that_names_it_as_it_is_written(tmp_path: Path) -> None:
    """Fails when the first of two rules takes the other's label for another spelling of its own: good files were refused, wrong sums not noticed."""
    rules = "  - {is: total, where: {Desa: ^JUMLAH$}, of: [jiwa], over: rows_above}\n  - {is: total, where: {Desa: ^TOTAL$}, of: [jiwa], over: all}\n"
    found = read_rows(tmp_path, rules, "a;1 / b;2 / JUMLAH;3 / c;5 / JUMLAH;5 / TOTAL;8")
    assert told(found, "desa") == [("a",), ("b",), ("c",)]
    assert {outcome for outcome, *_ in totals(found)} == {"pass"}
    found = read_rows(tmp_path, "  - {is: drop, where: {Desa: ^JUMLAH$}, why: x}\n" + rules.splitlines(True)[1], "a;1 / JUMLAH;1 / TOTAL;9")
    assert [outcome for outcome, *_ in totals(found)] == ["fail"]


ODD_TOTALS = [
    "J U M L A H",
    "TOTAL :",
    "Jumlah Total Keseluruhan",
    "JML",
    "Jml. Seluruhnya",
    "T O T A L",
    "Jumlah/Total",
    "GRAND TOTAL",
    "*Jumlah*",
    "J.U.M.L.A.H",
    "ＪＵＭＬＡＨ",
    "ｔｏｔａｌ：",
]


@pytest.mark.parametrize("total", ODD_TOTALS)
@pytest.mark.parametrize("pattern", ["^JUMLAH$", "^(?:total|rata-rata)"])
def test_a_total_is_known_however_its_word_is_set(tmp_path: Path, total: str, pattern: str) -> None:
    """Fails when next year's file sets the word in another way, and its total is published as one more village."""
    found = read_rows(tmp_path, f"  - {{is: total, where: {{Desa: '{pattern}'}}, of: [jiwa]}}\n", f"a;1 / b;2 / {total};3")
    assert told(found, "desa") == [("a",), ("b",)]
    assert totals(found) == [("pass", "", "", None)]


@pytest.mark.parametrize(
    "name", ["Jumlahan", "Totalindo", "Jumlah Wanita", "Total 2", "Jm Lah", "TK Total Ceria", "Sub Jumlah", "Desa Total", "To Tal"]
)
def test_a_name_with_a_total_in_it_stays_data(tmp_path: Path, name: str) -> None:
    found = read_rows(tmp_path, "  - {is: total, where: {Desa: ^JUMLAH$}, of: [jiwa]}\n", f"a;1 / {name};2 / JUMLAH;3")
    assert told(found, "desa") == [("a",), (name,)]


def test_a_rule_on_other_rows_takes_no_total(tmp_path: Path) -> None:
    """Fails when a rule that never named a total drops a row because its label is one."""
    found = read_rows(tmp_path, "  - {is: drop, where: {Desa: '^Kec'}, why: uji}\n", "a;1 / JML;2")
    assert told(found, "desa") == [("a",), ("JML",)]


@pytest.mark.parametrize(
    ("rule", "lines", "expected"),
    [
        ("over: all", "a;1 / b;2 / JUMLAH;3", [("pass", "", "", None)]),
        ("over: all", "JUMLAH;3 / a;1 / b;2", [("pass", "", "", None)]),
        ("over: all", "a;1.000 / b;2.000 / JUMLAH;Rp 3.000", [("pass", "", "", None)]),
        ("over: all", "a;1 / b;2 / JUMLAH;4", [("fail", "4", "3", "baris 4")]),
        ("over: all, tolerance: 1", "a;1 / b;2 / JUMLAH;4", [("pass", "", "", None)]),
        ("over: rows_above", "a;1 / b;2 / JUMLAH;3 / c;5 / JUMLAH;5", [("pass", "", "", None)]),
        ("over: rows_above", "a;1 / JUMLAH;2 / c;5 / JUMLAH;7 / d;1", [("fail", "2", "1", "baris 3"), ("fail", "7", "5", "baris 5")]),
        ("over: rows_above", "JUMLAH;0 / a;1 / JUMLAH;1", [("pass", "", "", None)]),
        ("over: all", "a;1 / b; / JUMLAH;1", [("pass", "", "", None)]),
        ("over: all", "a;1 / b;2 / JUMLAH;", [("fail", "tidak ada angka", "", None)]),
    ],
)
def test_totals_are_compared(tmp_path: Path, rule: str, lines: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    found = read_rows(tmp_path, f"  - {{is: total, where: {{Desa: ^JUMLAH$}}, of: [jiwa], {rule}}}\n", lines)
    assert totals(found) == expected


def test_a_mismatch_says_which_row_and_both_sums(tmp_path: Path) -> None:
    found = read_rows(tmp_path, "  - {is: total, where: {Desa: ^JUMLAH$}, of: [jiwa]}\n", "a;1 / b;2 / JUMLAH;4")
    (finding,) = found.report.findings
    assert (finding.rule_id, finding.severity, finding.checked, finding.failed) == ("total.jiwa", "fail", 1, 1)
    assert finding.message == "baris 4: kolom jiwa menyatakan 4, padahal rinciannya berjumlah 3."


def test_a_total_row_that_has_gone_is_told(tmp_path: Path) -> None:
    """A table that was cut off loses its total with its last rows."""
    found = read_rows(tmp_path, "  - {is: total, where: {Desa: ^JUMLAH$}, of: [jiwa]}\n", "a;1 / b;2")
    (finding,) = found.report.findings
    assert (finding.outcome, finding.severity, finding.checked) == ("fail", "hold", 0)


def test_sums_are_exact(tmp_path: Path) -> None:
    """Fails when sums are kept in floats: 0.1 ten thousand times is 1000.0000000001588."""
    rule, column = "  - {is: total, where: {Desa: ^JUMLAH$}, of: [nilai]}\n", "  nilai: {from: Jiwa, type: decimal, numbers: id}\n"
    found = read_rows(tmp_path, rule, "a;0,1 / " * 10_000 + "JUMLAH;1.000", column)
    assert totals(found) == [("pass", "", "", None)]
    digits = "12345678901234567890,1234567890123456789"
    found = read_rows(tmp_path, rule, f"a;{digits} / JUMLAH;1", column)
    assert totals(found) == [("fail", "1", digits.replace(",", "."), "baris 3")]


HEADINGS = "  - {{is: group, where: {{Desa: '^KEC\\. (.+)$'}}, gives: kecamatan, position: {position}, total_of: [jiwa]}}\n"
KECAMATAN = "  kecamatan: {group: kecamatan, type: text}\n"


@pytest.mark.parametrize("chunk_rows", [50_000, 2])
@pytest.mark.parametrize(
    ("position", "lines", "expected"),
    [
        ("before", "o;9 / KEC. A;3 / a;1 / b;2 / KEC. B;5 / c;5", [("o", None), ("a", "A"), ("b", "A"), ("c", "B")]),
        ("after", "a;1 / b;2 / KEC. A;3 / c;5 / KEC. B;5 / o;9", [("a", "A"), ("b", "A"), ("c", "B"), ("o", None)]),
    ],
)
def test_headings_and_their_totals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, position: str, lines: str, expected: list[tuple[str, str | None]], chunk_rows: int
) -> None:
    """Fails when a heading stops at the edge of a chunk, gives its text to its neighbours, or its sum is taken of other rows."""
    monkeypatch.setenv("SATUDATA_CHUNK_ROWS", str(chunk_rows))
    rows = [line.split(";") for line in lines.split(" / ")]
    workbooks.xlsx(tmp_path / "buku", [("Desa", "Jiwa"), *((desa, int(jiwa)) for desa, jiwa in rows)])
    contract = f"{BASE}{KECAMATAN}rows:\n{HEADINGS.format(position=position)}"
    found = read(tmp_path, contract, (tmp_path / "buku").read_bytes())
    assert told(found, "desa", "kecamatan") == expected
    assert found.counts() == {"read": 6, "fetched": 6, "group": 2}
    assert [(finding.outcome, finding.checked) for finding in found.report.findings] == [("pass", 2)]


def test_a_wrong_group_total_names_its_heading(tmp_path: Path) -> None:
    found = read_rows(tmp_path, HEADINGS.format(position="before"), "KEC. A;3 / a;1 / KEC. B;5 / c;5", KECAMATAN)
    assert totals(found) == [("fail", "3", "1", "baris 2")]


def test_several_kinds_of_headings(tmp_path: Path) -> None:
    rules = (
        "  - {is: group, where: {Desa: '^KEC\\. (.+)$'}, gives: kecamatan}\n"
        "  - {is: group, where: {Desa: '^KECAMATAN (.+)$'}, gives: kecamatan}\n"
        "  - {is: group, where: {Jiwa: ^kota$}, gives: kota, from: Desa}\n"
    )
    columns = KECAMATAN + "  kota: {group: kota, type: text}\n"
    found = read_rows(tmp_path, rules, "Blitar;kota / KEC. A; / a;1 / KECAMATAN B; / b;1 / Kediri;kota / KEC. C; / c;1", columns)
    assert told(found, "desa", "kecamatan", "kota") == [("a", "A", "Blitar"), ("b", "B", "Blitar"), ("c", "C", "Kediri")]


def test_totals_over_all_leave_headings_and_dropped_rows_out(tmp_path: Path) -> None:
    rules = (
        HEADINGS.format(position="after")
        + "  - {is: total, where: {Desa: ^KOTA$}, of: [jiwa]}\n  - {is: drop, where: {Desa: ^rata}, why: rata-rata}\n"
    )
    found = read_rows(tmp_path, rules, "a;1 / b;2 / KEC. A;3 / c;5 / KEC. B;5 / rata-rata;4 / KOTA;8", KECAMATAN)
    assert {each[0] for each in totals(found)} == {"pass"}
    assert found.counts() == {"read": 7, "fetched": 7, "group": 2, "total": 1, "drop": 1}


def test_many_mismatches_are_told_up_to_a_number(tmp_path: Path) -> None:
    found = read_rows(tmp_path, HEADINGS.format(position="before"), " / ".join(f"KEC. {i};2 / a;1" for i in range(50)), KECAMATAN)
    assert len(found.report.findings) == 20
    assert {(each.checked, each.failed) for each in found.report.findings} == {(50, 50)}


def test_a_total_that_is_missing_is_told_with_its_table(tmp_path: Path) -> None:
    """The same sentence stood there once for each sheet, and nobody could tell which had no total."""
    found = read_rows(tmp_path, "  - {is: total, where: {Desa: ^JUMLAH$}, of: [jiwa]}\n", "a;1 / b;2")
    (finding,) = [one for one in found.report.findings if one.rule == "total"]
    assert "tidak ditemukan dalam tabel mulai baris 2, sehingga" in finding.message
    assert finding.severity == "hold"


def test_a_sum_is_told_with_a_decimal_comma(tmp_path: Path) -> None:
    """It stood with a point beside figures with commas: 38.5 reads as 385."""
    found = read_rows(
        tmp_path,
        "  - {is: total, where: {Desa: ^JUMLAH$}, of: [luas]}\n",
        "a;38,25 / JUMLAH;38,5",
        "  luas: {from: Jiwa, type: decimal, numbers: id}\n",
    )
    (finding,) = [one for one in found.report.findings if one.rule == "total"]
    assert "menyatakan 38,5, padahal rinciannya berjumlah 38,25" in finding.message
