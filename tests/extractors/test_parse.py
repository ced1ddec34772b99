"""Prevents rows from reaching the warehouse without their number, their place, their period, or the text that could not be read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from contracts.errors import ZeroRows
from contracts.registry import load_dataset
from extractors.parse import Parsed, parse
from extractors.source_file import SourceFile

CONTRACT = """
id: uji.harga
title: Harga harian
source: {kind: file, url: harga.csv}
write: replace_period
flags: {"*": sementara, r: revisi}
period: {column: tanggal, grain: bulan}
columns:
  pasar:   {from: Pasar, type: text}
  tanggal: {from: Tanggal, type: date}
  harga_rp: {from: Harga, type: integer, numbers: id}
  stok:    {from: Stok, type: decimal, numbers: id, optional: true}
key: [pasar, tanggal]
"""
HEADER = "Pasar;Tanggal;Harga;Stok\n"


def parsed(folder: Path, text: str, contract: str = CONTRACT, file_name: str = "harga.csv", **request: object) -> Parsed:
    (folder / "kontrak.yml").write_text(contract)
    (folder / file_name).write_text(text)
    files = [SourceFile(folder / file_name, file_name, f"https://contoh.go.id/{file_name}", 0, datetime(2025, 2, 1, tzinfo=UTC))]
    return parse(load_dataset(str(folder / "kontrak.yml")), files, **request)  # type: ignore[arg-type]


def rows(found: Parsed) -> list[dict[str, str | None]]:
    return pa.concat_tables(list(found.chunks())).to_pylist()


def test_a_chunk_is_text_in_staging_order(tmp_path: Path) -> None:
    found = parsed(tmp_path, HEADER + "Pasar  Besar;31 Januari 2025;Rp 12.449;1,5\nPasar Kecil;1/2/2025;7.000*;\n")
    (table,) = found.chunks()
    assert table.column_names == [column.name for column in found.columns]
    assert {str(field.type) for field in table.schema} == {"string"}
    assert [column.pg_type for column in found.columns][:6] == ["bigint", "text", "jsonb", "text", "date", "date"]
    assert table.to_pylist() == [
        {
            "_no": "1", "_lokasi": "baris 2", "_cacat": None, "_status_angka": None, "_periode_mulai": "2025-01-01", "_periode_akhir": "2025-01-31",
            "pasar": "Pasar Besar", "tanggal": "2025-01-31", "harga_rp": "12449", "stok": "1.5",
        },
        {
            "_no": "2", "_lokasi": "baris 3", "_cacat": None, "_status_angka": "sementara", "_periode_mulai": "2025-02-01",
            "_periode_akhir": "2025-02-28", "pasar": "Pasar Kecil", "tanggal": "2025-02-01", "harga_rp": "7000", "stok": None,
        },
    ]  # fmt: skip
    assert (found.report.read, found.report.fetched, found.report.staged) == (2, 2, 2)


def test_what_cannot_be_read_is_kept_as_published_and_the_value_is_null(tmp_path: Path) -> None:
    text = HEADER + 'A;31 Februari 2025;"dua ""ribu""";x\nB;1/2/2025;7;1,0\nC;2/2/2025;12.34;' + "9" * 700 + "\n"
    first, sound, third = rows(parsed(tmp_path, text))
    assert json.loads(first["_cacat"] or "") == {"tanggal": "31 Februari 2025", "harga_rp": 'dua "ribu"', "stok": "x"}
    assert (first["tanggal"], first["harga_rp"], first["stok"], first["_periode_mulai"]) == (None, None, None, None)
    assert sound["_cacat"] is None
    assert json.loads(third["_cacat"] or "") == {"harga_rp": "12.34", "stok": "9" * 500}


def test_two_figures_in_one_cell_are_told_line_by_line(tmp_path: Path) -> None:
    text = HEADER + 'A;1/2/2025;"120\n125";\n"B\nC";"2/2/\n2025";7;1,0\n'
    first, sound = rows(parsed(tmp_path, text))
    assert (first["harga_rp"], json.loads(first["_cacat"] or "")) == (None, {"harga_rp": "120 ⏎ 125"})
    assert (sound["pasar"], sound["tanggal"], sound["_cacat"]) == ("B C", "2025-02-02", None)


def test_numbers_run_on_over_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_CHUNK_ROWS", "50")
    lines = "".join(f"Pasar {number};1/2/2025;{number};\n" for number in range(20_000))
    tables = list(parsed(tmp_path, HEADER + lines).chunks())
    assert len(tables) > 1
    assert pa.concat_tables(tables)["_no"].to_pylist() == [str(number) for number in range(1, 20_001)]


def test_a_header_the_file_may_lack_gives_nulls(tmp_path: Path) -> None:
    found = parsed(tmp_path, "Pasar;Tanggal;Harga\nA;1/2/2025;7\n")
    assert [row["stok"] for row in rows(found)] == [None]
    assert found.report.missing_optional == ("stok",)


def test_a_row_longer_than_its_header_cannot_be_placed(tmp_path: Path) -> None:
    shifted, sound = rows(parsed(tmp_path, "Pasar;Tanggal;Harga\nA;1/2/2025;7;8\nB;1/2/2025;7\n"))
    assert shifted["pasar"] is None
    assert json.loads(shifted["_cacat"] or "")["pasar"].startswith("A [")
    assert "8" in json.loads(shifted["_cacat"] or "")["pasar"]
    assert (sound["pasar"], sound["_cacat"]) == ("B", None)


@pytest.mark.parametrize("text", [HEADER, HEADER + "\n\n;;;\n"])
def test_a_table_without_rows_is_no_batch(tmp_path: Path, text: str) -> None:
    with pytest.raises(ZeroRows):
        rows(parsed(tmp_path, text))


def test_rows_that_are_all_dropped_are_no_batch_either(tmp_path: Path) -> None:
    found = parsed(tmp_path, HEADER + "A;1/2/2025;7;\n", CONTRACT + "rows: [{is: drop, where: {Pasar: A}, why: uji}]\n")
    with pytest.raises(ZeroRows) as failure:
        rows(found)
    assert "harga.csv" in failure.value.message
    assert (found.report.read, found.report.dropped["drop"], found.report.staged) == (1, 1, 0)


def test_nothing_is_read_before_the_first_chunk_is_asked_for(tmp_path: Path) -> None:
    found = parsed(tmp_path, HEADER)
    (tmp_path / "harga.csv").write_text(HEADER + "A;1/2/2025;7;\n")
    assert len(rows(found)) == 1


def test_a_period_of_the_whole_batch(tmp_path: Path) -> None:
    contract = CONTRACT.replace("{column: tanggal, grain: bulan}", '{value: "{bulan}", grain: bulan}')
    contract = contract.replace("harga.csv}", "harga.csv, each: {bulan: 1m}, params: {b: '{bulan}'}}")
    (row,) = rows(parsed(tmp_path, HEADER + "A;1/2/2025;7;\n", contract, nilai={"bulan": "2024-12"}))
    assert (row["_periode_mulai"], row["_periode_akhir"]) == ("2024-12-01", "2024-12-31")


@pytest.mark.parametrize(
    ("where", "file_name", "outcome"),
    [
        ("file_name", "harga_2025-02.csv", "pass"), ("file_name", "harga_2024.csv", "fail"), ("file_name", "harga_2025.csv", "pass"),
        ("file_name", "harga.csv", "fail"), ("url", "harga_februari_2025.csv", "pass"), ("title", "harga_2024.csv", "fail"),
    ],
)  # fmt: skip
def test_figures_are_filed_under_the_period_their_file_names(tmp_path: Path, where: str, file_name: str, outcome: str) -> None:
    contract = CONTRACT.replace("grain: bulan}", f"grain: bulan, must_match: {where}}}")
    text = ("Harga per Januari 2025\n\n" if where == "title" else "") + HEADER + "A;1/2/2025;7;\nB;2/2/2025;8;\n"
    found = parsed(tmp_path, text, contract, file_name)
    assert [row["_cacat"] for row in rows(found)] == [None, None]
    (finding,) = [finding for finding in found.report.findings if finding.rule == "period"]
    assert (finding.outcome, finding.severity, finding.checked) == (outcome, "fail", 2)
    assert finding.failed == (2 if outcome == "fail" else 0)


def test_every_finding_of_a_period_names_both_sides(tmp_path: Path) -> None:
    contract = CONTRACT.replace("grain: bulan}", "grain: bulan, must_match: title}")
    found = parsed(tmp_path, "PER 31 MARET 2023\n" + HEADER + "A;1/2/2022;7;\n", contract)
    rows(found)
    assert "01/02/2022" in found.report.findings[-1].message
    assert "PER 31 MARET 2023" in found.report.findings[-1].message


ASKED = CONTRACT.replace("harga.csv}", "harga.csv, each: {bulan: 1m}, params: {b: '{bulan}'}}")


@pytest.mark.parametrize(
    ("days", "failed", "said"),
    [
        (("1/2/2025", "2/2/2025"), 0, "yang diminta"),
        (("1/1/2025", "2/1/2025"), 2, "Semua baris tentang 2025-01, sedangkan alamatnya meminta bulan 2025-02, yang sendiri tidak ada."),
        (("1/1/2025", "2/2/2025"), 0, "Ada baris tentang bulan 2025-02"),
    ],
)
def test_rows_of_another_period_than_the_address_asked_for_are_held(tmp_path: Path, days: tuple[str, str], failed: int, said: str) -> None:
    """The file of October behind the address of November was accepted, and that November was missing was said nowhere."""
    found = parsed(tmp_path, HEADER + f"A;{days[0]};7;\nB;{days[1]};8;\n", ASKED, nilai={"bulan": "2025-02"})
    rows(found)
    (finding,) = [finding for finding in found.report.findings if finding.rule_id == "period.alamat"]
    assert (finding.outcome, finding.severity, finding.checked, finding.failed) == ("fail" if failed else "pass", "hold", 2, failed)
    assert said in (finding.message or "")


@pytest.mark.parametrize(
    ("contract", "nilai"),
    [(ASKED.replace("grain: bulan}", "grain: hari}"), {"bulan": "2024-02"}), (CONTRACT, {}), (ASKED, {})],
    ids=["days of a month", "nothing asked for", "a file by hand"],
)
def test_no_period_is_compared_where_none_of_its_grain_was_asked_for(tmp_path: Path, contract: str, nilai: dict[str, str]) -> None:
    """Fails when a file whose address names no period of its rows' grain is held."""
    found = parsed(tmp_path, HEADER + "A;1/1/2025;7;\n", contract, nilai=nilai)
    rows(found)
    assert [finding for finding in found.report.findings if finding.rule == "period"] == []
