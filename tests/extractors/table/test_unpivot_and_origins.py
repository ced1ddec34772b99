"""Prevents figures of wide tables from landing under the wrong header, and columns from taking their text from the wrong place."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import TextNotFound
from extractors.cells import PART
from tests.extractors.reading import Read, read

SOURCE = "source: {kind: file, url: x}\n"


def told(found: Read, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row[name] for name in names) for row in found.rows]


WIDE = """
unpivot: {headers: '^data_(?P<tahun>\\d{4})(?P<tanda>\\*)?$', value: nilai, %s}
key: [kode]
missing: ["...", "-"]
columns:
  kode: {type: text}
  tahun: {header: tahun, type: text}
  tanda: {header: tanda, type: text}
  nilai: {type: integer, numbers: id, %s}
"""
LINES = "kode;data_2020;ket;DATA_2021*;JUMLAH\na;1;x;2;3\nb;;;-;\nc;...;;5;6\n"


@pytest.mark.parametrize(
    ("unpivot", "column", "expected", "missing"),
    [
        ("missing: drop", "unit: jiwa", [("a", "2020", None, "1"), ("a", "2021", "*", "2"), ("c", "2021", "*", "5")], 3),
        ("missing: drop", 'blank: "0"', [("a", "2020", None, "1"), ("a", "2021", "*", "2"), ("b", "2020", None, ""), ("c", "2021", "*", "5")], 2),
        ("missing: drop", 'missing: ["2"]', [("a", "2020", None, "1"), ("c", "2021", "*", "5")], 4),
        ("missing: keep", "unit: jiwa", [("a", "2020", None, "1"), ("a", "2021", "*", "2"), ("b", "2020", None, ""), ("b", "2021", "*", "-"),
                                         ("c", "2020", None, "..."), ("c", "2021", "*", "5")], 0),
    ],
)  # fmt: skip
def test_each_wide_cell_is_a_row_or_missing(
    tmp_path: Path, unpivot: str, column: str, expected: list[tuple[str | None, ...]], missing: int
) -> None:
    found = read(tmp_path, SOURCE + WIDE % (unpivot, column), LINES)
    assert told(found, "kode", "tahun", "tanda", "nilai") == expected
    assert found.counts() == {"read": 3, "fetched": 6} | ({"missing": missing} if missing else {})
    assert found.rows[-1]["_lokasi"] == "baris 4 kolom DATA_2021*"
    assert found.report.unknown_headers == ("ket", "JUMLAH")


def test_a_header_that_a_row_rule_looks_at_is_spread_all_the_same(tmp_path: Path) -> None:
    rules = "rows: [{is: drop, where: {kode: '^1$', data_2020: '^2$'}, why: nomor kolom}]\n"
    found = read(tmp_path, SOURCE + rules + WIDE % ("missing: drop", "unit: jiwa"), "kode;data_2020;data_2021\n1;2;3\na;10;11\n")
    assert told(found, "kode", "tahun", "nilai") == [("a", "2020", "10"), ("a", "2021", "11")]
    assert found.counts() == {"read": 2, "fetched": 3, "drop": 1}


def test_the_total_header_is_checked_and_dropped(tmp_path: Path) -> None:
    found = read(tmp_path, SOURCE + WIDE % ("total: jumlah", "unit: jiwa"), LINES)
    (wrong,) = found.report.findings
    assert (wrong.rule, wrong.outcome, wrong.observed, wrong.expected, wrong.lokasi) == ("total", "fail", "6", "5", "baris 4")
    assert (wrong.checked, wrong.failed) == (2, 1)
    assert found.report.unknown_headers == ("ket",)


def test_total_rows_of_wide_tables_are_compared_header_by_header(tmp_path: Path) -> None:
    rules = "rows: [{is: total, where: {kode: ^JUMLAH$}, of: [nilai]}]\n"
    found = read(tmp_path, SOURCE + rules + WIDE % ("missing: drop", "unit: jiwa"), "kode;data_2020;data_2021\na;1;2\nb;3;-\nJUMLAH;4;3\n")
    (wrong,) = found.report.findings
    assert (wrong.observed, wrong.expected, wrong.checked) == ("3", "2", 2)
    assert "nilai (data_2021)" in wrong.message
    assert found.counts() == {"read": 3, "fetched": 5, "missing": 1, "total": 1}


def test_equal_wide_headers_both_become_rows(tmp_path: Path) -> None:
    """Fails when one of two columns of the same year disappears without a word: as rows on one key they are found."""
    found = read(tmp_path, SOURCE + WIDE % ("missing: drop", "unit: jiwa"), "kode;data_2020;data_2020\na;1;2\n")
    assert told(found, "tahun", "nilai") == [("2020", "1"), ("2020", "2")]


def test_very_wide_rows_come_in_portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_CHUNK_ROWS", "100")
    header = "kode;" + ";".join(f"data_{year}" for year in range(1000, 3000))
    lines = "\n".join(f"{i};" + ";".join(f"{i}{year}" for year in range(1000, 3000)) for i in range(5))
    found = read(tmp_path, SOURCE + WIDE % ("missing: drop", "unit: jiwa"), f"{header}\n{lines}\n")
    assert told(found, "kode", "tahun", "nilai") == [(str(i), str(year), f"{i}{year}") for i in range(5) for year in range(1000, 3000)]


ORIGINS = """
period: {column: bulan, grain: bulan}
key: [a]
ignore: [lain]
columns:
  a: {type: text}
  gabung: {join: [BULAN, {title: 'TAHUN (\\d{4})'}], type: text}
  bulan: {join: [TAHUN, BULAN], type: period, format: YYYY MMMM}
  kode: {parts: [prov, kab], type: wilayah}
  judul: {title: '^PER (.+)$', type: text}
  berkas: {file_name: '(\\d{4})_sem(\\d)', type: text}
  alamat: {url: 'go\\.id/(.{4})', type: text}
  diambil: {fetched: true, type: timestamp}
  tetap: {value: "32", type: text}
  pilihan: {title: 'TIDAK ADA (.+)', type: text, optional: true}
"""
NAMES = ("penduduk_2019_sem1.csv", "penduduk_2020_sem2.csv")


def test_every_origin(tmp_path: Path) -> None:
    text = "DATA TAHUN 2023\nPER  31 MARET 2023;PER lain\na;BULAN;TAHUN;prov;kab;lain\n{}\n"
    found = read(tmp_path, SOURCE + ORIGINS, text.format("x;Mei;2022;61;5;"), text.format("y;;2021;61;;"), names=NAMES)
    assert told(
        found, "a", "gabung", "bulan", f"kode{PART}prov", f"kode{PART}kab", "judul", "berkas", "alamat", "tetap", "pilihan", "_lokasi"
    ) == [
        ("x", "Mei 2023", "2022 Mei", "61", "5", "31 MARET 2023", "2019 1", "pend", "32", None, "penduduk_2019_sem1.csv baris 4"),
        ("y", " 2023", "2021 ", "61", "", "31 MARET 2023", "2020 2", "pend", "32", None, "penduduk_2020_sem2.csv baris 4"),
    ]
    assert (found.column("diambil")[0], found.kinds["diambil"]) == ("2025-08-07T03:00:00+00:00", [2, 2])


@pytest.mark.parametrize(("name", "column"), [("salah.csv", "file_name"), (NAMES[0], "title")])
def test_a_text_that_should_stand_around_the_table_and_does_not(tmp_path: Path, name: str, column: str) -> None:
    with pytest.raises(TextNotFound, match=column) as caught:
        read(
            tmp_path,
            SOURCE + ORIGINS,
            f"DATA\n{'PER Mei' if column == 'file_name' else ''}\na;BULAN;TAHUN;prov;kab\nx;Mei;2022;61;5\n",
            names=(name,),
        )
    assert caught.value.found == ((name,) if column == "file_name" else ("DATA",))
    assert f"Ubah pola `{column}`" in caught.value.message
    assert "`from`" not in caught.value.message


def test_the_request_fills_constants(tmp_path: Path) -> None:
    source = "source: {kind: file, url: '{penerbit}.csv'}\nfor_each: ['35.71.01.1001']\n"
    contract = source + "key: [a]\ncolumns:\n  a: {type: text}\n  kode_penerbit: {value: 'kode {penerbit}', type: text}\n"
    found = read(tmp_path, contract, "a;b\n1;2\n", penerbit="35.71.01.1001")
    assert found.column("kode_penerbit") == ["kode 35.71.01.1001"]
