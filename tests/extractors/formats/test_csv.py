"""Prevents text files from being cut into the wrong cells: encodings, delimiters, line ends, odd rows, and the fast lane against the slow one."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from contracts.errors import BadEncoding, EmptyFile, MissingColumn, TooManyColumns, UnitChanged, WrongFormat, ZeroRows
from extractors.doubts import CLOSES, OPENS
from extractors.formats import csv as lane
from extractors.formats.csv import csv_grid
from extractors.formats.dialect import NEVER, delimiter_of
from extractors.formats.text_blocks import utf8_blocks
from tests.extractors.reading import Read, read

CONTRACT = """
source: {kind: file, url: x}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  nilai: {from: Nilai, type: text}
"""
TWO_ROWS = [("Café", "1,5"), ("Duri", "2")]


def cells(found: Read) -> list[tuple[str | None, ...]]:
    return [(row["nama"], row["nilai"]) for row in found.rows]


@pytest.mark.parametrize(
    "content",
    [
        "Nama;Nilai\nCafé;1,5\nDuri;2\n".encode(),
        "Nama;Nilai\nCafé;1,5\nDuri;2".encode(),
        "\ufeffNama;Nilai\r\nCafé;1,5\r\nDuri;2\r\n".encode(),
        "\ufeff;;\r\nNama;Nilai;\r\nCafé;1,5;\r\nDuri;2;\r\n".encode(),
        "Nama;Nilai\rCafé;1,5\rDuri;2".encode(),
        "Nama;Nilai\r\r\nCafé;1,5\r\r\nDuri;2\r\r\n".encode(),
        "Nama;Nilai\nCafé;1,5\nDuri;2\n".encode("cp1252"),
        "Nama\tNilai\nCafé\t1,5\nDuri\t2\n".encode("utf-16"),
        "Nama;Nilai\nCafé;1,5\nDuri;2\n".encode("utf-16-le"),
        "Nama;Nilai\nCafé;1,5\nDuri;2\n".encode("utf-16-be"),
        "Nama|Nilai\nCafé|1,5\nDuri|2\n".encode(),
        'Nama,Nilai\nCafé,"1,5"\n"Duri",2\n'.encode(),
        "sep=;\nNama;Nilai\nCafé;1,5\nDuri;2\n".encode(),
        "DAFTAR HARGA, 2023\nper 1 Mei\n\nNama;Nilai\nCafé;1,5\nDuri;2\n".encode(),
        "  NAMA ;\xa0nilai\nCafé;1,5\n\n;\n;  \nDuri;2\n".encode(),
        b"Nama;Nilai\nCaf\xc3\xa9;1,5\nDu\x00ri;2\n" + b"#" * 0,
    ],
    ids=["utf-8", "no-last-newline", "bom-crlf", "bom-and-separators", "cr", "cr-cr-lf", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "pipe",
         "quoted", "sep-line", "title-above", "spaces-and-blank-rows", "nul"],
)  # fmt: skip
def test_the_same_table_in_every_dress(tmp_path: Path, content: bytes) -> None:
    if b"\0" in content and content.count(b"\0") == 1:  # one NUL makes a file binary for the sniffer: the reader itself is asked
        (tmp_path / "a").write_bytes(content)
        rows = [row for block in csv_grid(tmp_path / "a", "a").blocks for row in block.texts()]
        assert rows[1:] == TWO_ROWS
        return
    found = read(tmp_path, CONTRACT, content)
    assert cells(found) == TWO_ROWS
    assert found.counts() == {"read": 2, "fetched": 2}


def test_places_are_rows_of_the_file_blank_ones_included(tmp_path: Path) -> None:
    found = read(tmp_path, CONTRACT, 'JUDUL\n\nNama,Nilai\n\n"dua\nbaris",1\n,\nDuri,2\n')
    assert [row["_lokasi"] for row in found.rows] == ["baris 5", "baris 7"]
    assert found.rows[0]["nama"] == "dua\nbaris"


def test_a_bad_byte_far_down_spoils_no_other_letter(tmp_path: Path) -> None:
    """Fails when the encoding is settled by the first kilobytes, or one byte turns every é before it into Ã©."""
    content = "Nama;Nilai\nCafé;1\n".encode() + b"Duri;2\n" * 700_000 + "Kopiñ;3\n".encode("cp1252")
    found = read(tmp_path, CONTRACT, content)
    assert (found.rows[0]["nama"], found.rows[-1]["nama"], len(found.rows)) == ("Café", "Kopiñ", 700_002)


def test_the_encoding_of_the_contract_rules(tmp_path: Path) -> None:
    contract = CONTRACT.replace("url: x", "url: x, encoding: cp437")
    assert read(tmp_path, contract, "Nama;Nilai\nCafé;1\n".encode("cp437")).column("nama") == ["Café"]
    with pytest.raises(BadEncoding, match="utf-16"):
        read(tmp_path, CONTRACT.replace("url: x", "url: x, encoding: utf-16"), "Nama;Nilai\nCafé;1".encode())


@pytest.mark.parametrize("filler", [0, 9_000], ids=["first-rows", "far-down"])
def test_odd_rows_are_padded_or_set_aside_and_never_lost(tmp_path: Path, filler: int) -> None:
    """Fails when a short row is dropped, or the cells of a shifted row are taken for its columns."""
    sound = "Duri;2\n" * filler
    found = read(tmp_path, CONTRACT, f"Nama;Nilai\n{sound}pendek\nterlalu;panjang;x\nkosong;4;;\n\nakhir;5\n")
    assert cells(found)[filler:] == [("pendek", None), ("terlalu", "panjang"), ("kosong", "4"), ("akhir", "5")]
    short = "sel kurang: 1 dari 2" if filler else None
    assert found.doubts == [*[None] * filler, short, "baris ini punya sel di luar judulnya: x", None, None]
    assert found.rows[-1]["_lokasi"] == f"baris {filler + 6}"


@pytest.mark.parametrize("filler", [0, 9_000], ids=["first-rows", "far-down"])
def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path, filler: int) -> None:
    found = read(tmp_path, CONTRACT, "Nama;Nilai\n" + "Duri;2\n" * filler + 'Pipa 3";1\n"Pipa 5;1\nKayu;2\n' + "Duri;2\n" * filler)
    assert len(found.rows) == 2 * filler + 3
    assert cells(found)[filler] == ('Pipa 3"', "1")
    assert cells(found)[filler + 2] == ("Kayu", "2")
    assert [(i, doubt) for i, doubt in enumerate(found.doubts) if doubt] == [(filler + 1, OPENS)]


@pytest.mark.parametrize("filler", [0, 9_000], ids=["first-rows", "far-down"])
def test_two_stray_quotes_swallow_no_rows_between_them(tmp_path: Path, filler: int) -> None:
    sound = "Duri;2\n" * filler
    found = read(tmp_path, CONTRACT, f'Nama;Nilai\n{sound}x;"Pipa 5\nKayu;2\ny;"Besi 3\n{sound}')
    assert cells(found)[filler : filler + 3] == [("x", "Pipa 5"), ("Kayu", "2"), ("y", "Besi 3")]
    assert len(found.rows) == 2 * filler + 3


@pytest.mark.parametrize("filler", [0, 9_000], ids=["first-rows", "far-down"])
@pytest.mark.parametrize(
    "swallowed",
    [['"a,1', "b,2", "c,3", 'd",4'], ['"a,1', 'd",4'], ['a,"1', "b,2", 'd,4"'], ['"a,1', "b,9", "", "c,3", "e,5", 'd",4']],
    ids=["rows-between", "two-rows", "last-column", "odd-rows-between"],
)
def test_quotes_that_pair_by_chance_swallow_no_rows_and_are_told(tmp_path: Path, filler: int, swallowed: list[str]) -> None:
    """Fails when all rows between two stray quotes become one row of a long name, and are gone without a word."""
    sound = "Duri,2\n" * filler + "Kopi,7\nKuri,8\n"
    found = read(tmp_path, CONTRACT, f"Nama,Nilai\n{sound}" + "\n".join(swallowed) + f"\n{sound}")
    start, rows = filler + 2, [line for line in swallowed if line]
    assert len(found.rows) == 2 * start + len(rows)
    assert [doubt for doubt in found.doubts if doubt] == [OPENS, CLOSES]
    assert (found.doubts[start], found.doubts[start + len(rows) - 1]) == (OPENS, CLOSES)
    assert cells(found)[start + 1 : start + len(rows) - 1] == [tuple(line.split(",")) for line in rows[1:-1]]


@pytest.mark.parametrize(
    "text",
    ["Jl. Mawar 5\nMojoroto", "Jl. Mawar No 5, Mojoroto\nKota Kediri", "Jl. Mawar\nRT 5, RW 6\nMojoroto, Kota Kediri", "beras, gula\nkopi",
     "rusak 3,5\nbaik 2,5", "\nKet:\n", "1. beras\n2. gula", "panjang 1,5 km,\nlebar 2,5 m"],
)  # fmt: skip
def test_a_text_of_several_lines_is_one_cell(tmp_path: Path, text: str) -> None:
    """Fails when an address or a note of several lines is taken for rows behind a stray quote."""
    sound = "".join(f"nama {number},{number}\n" for number in range(4))
    notes = "".join(f"{number},nama\n" for number in range(4))
    for content in (f'Nama,Nilai\n{sound}"{text}",7\n{sound}', f'Nilai,Nama\n{notes}7,"{text}"\n{notes}'):
        found = read(tmp_path, CONTRACT, content)
        assert ([row["nama"] for row in found.rows if row["nilai"] == "7"], any(found.doubts)) == ([text], False)


def test_both_lanes_give_the_same_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when pyarrow and the csv module differ on quotes, blanks or row numbers, or a block boundary cuts a record."""
    chance = random.Random(7)
    texts = ["", " ", "a", 'kata "kutip"', "dua\nbaris", "x;y", "1.234,56", "é", '"', "''"]
    rows = [[chance.choice(texts) for _ in range(4)] for _ in range(6_000)]
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([["a", "b", "c", "d"], *rows])
    path = tmp_path / "a.csv"
    path.write_bytes(text.getvalue().encode())
    monkeypatch.setattr(lane, "HEAD_BYTES", 64)
    monkeypatch.setattr(utf8_blocks, "__defaults__", (None, 4_096))
    expected = [tuple(cell.replace("\r\n", "\n") for cell in row) for row in rows]
    blocks = list(csv_grid(path, "a", delimiter=";").blocks)
    assert len(blocks) > 10
    assert [row for block in blocks for row in block.texts()][1:] == expected
    assert [number for block in blocks for number in block.rows.to_pylist()] == list(range(1, 6_002))


@pytest.mark.parametrize(
    ("text", "wanted", "delimiter"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", (), ";"),
        ("nama;nilai\nx;1\n", (), ";"),
        ("a,b\n1;2;3,4\n", ("a", "b"), ","),
        ("situs\nhttp://a.go.id/?x=1,2\nhttp://b.go.id\n", ("situs",), NEVER),
        ("satu judul, dengan koma\na\tb\tc\n1\t2\t3\n", (), "\t"),
        ("", (), NEVER),
    ],
)
def test_the_delimiter(text: str, wanted: tuple[str, ...], delimiter: str) -> None:
    assert delimiter_of(text, wanted) == delimiter


def test_a_header_with_blank_and_double_names(tmp_path: Path) -> None:
    found = read(tmp_path, CONTRACT, "Nama,Nilai,,,Nilai,Baru\nx,1,,,2,3\n")
    assert cells(found) == [("x", "1")]
    assert found.report.unknown_headers == ("Baru",)
    (finding,) = found.report.findings
    assert (finding.source, finding.severity, '"Nilai"' in finding.message) == ("drift", "hold", True)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"\r\n \r\n", EmptyFile),
        (b"\xef\xbb\xbf", EmptyFile),
        (b"Nama;Nilai\n", ZeroRows),
        (b"Nama;Nilai\n;\n\n", ZeroRows),
        (b"Nama;Harga\nx;1\n", MissingColumn),
        (b"\x89PNG\r\n\x1a\n....", WrongFormat),
        (b"%PDF-1.7 ....", WrongFormat),
        (b"Nama;Nilai\n" + b";" * 10_000 + b"\n", TooManyColumns),
        (b"a;" * 10_000 + b"\n" + b"1;" * 10_000, TooManyColumns),
    ],
)
def test_files_that_can_never_be_data(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match="berkas"):
        read(tmp_path, CONTRACT, content)


def test_a_missing_column_names_the_nearest_header(tmp_path: Path) -> None:
    with pytest.raises(MissingColumn) as caught:
        read(tmp_path, CONTRACT, "JUDUL\nNama;Nilaai;Lain\nx;1;2\n")
    assert (caught.value.missing, caught.value.found) == (("Nilai",), ("Nilaai", "Lain"))
    assert '"Nilai"' in caught.value.message
    assert '"Nilaai"' in caught.value.message


def test_a_header_that_is_wanted_twice_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(MissingColumn) as caught:
        read(tmp_path, CONTRACT + "rows: [{is: drop, where: {Nama: ^Rata}, why: rata-rata}]\n", "Wilayah;Nilai\nx;1\n")
    assert caught.value.missing == ("Nama",)


def test_a_header_in_another_unit_is_not_another_spelling(tmp_path: Path) -> None:
    """Added to `from` as a new spelling, quintals would be published as tons; years in brackets are no units."""
    contract = CONTRACT.replace("from: Nilai", 'from: "Nilai (Ton)"')
    assert contract != CONTRACT
    with pytest.raises(UnitChanged) as caught:
        read(tmp_path, contract, "JUDUL\nNama;Nilai (Kw);Nilai\nx;1;2\n")
    assert caught.value.message == (
        'Kolom "Nilai (Ton)" tidak ada di berkas berkas; satuan dalam kurung berganti: "Nilai (Ton) → Nilai (Kw)". Angka yang sudah terbit tidak berubah. '
        "Bila satuannya memang lain, jangan tambahkan judulnya di `from` kolom yang sama, karena angkanya akan terbit dalam satuan lama: ubah juga "
        "`unit` kolom itu, atau kembalikan ke OPD. Bila hanya cara menulisnya yang lain, tambahkan ejaannya di `from`."
    )
    with pytest.raises(MissingColumn) as missing:
        read(tmp_path, CONTRACT.replace("from: Nilai", 'from: "Nilai (2023)"'), "JUDUL\nNama;Nilai (2024)\nx;1\n")
    assert not isinstance(missing.value, UnitChanged)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    with pytest.raises(WrongFormat, match="16 MB"):
        read(tmp_path, CONTRACT, b"Nama;Nilai\n" + b"x" * (70 << 20))
