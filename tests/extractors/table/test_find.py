"""Prevents the wrong table of a sheet from being read, or the right one too far: titles, headers, neighbours, ends, repeated tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import MissingColumn, TableNotFound, ZeroRows
from tests.extractors.formats import workbooks
from tests.extractors.reading import Read, read

Sheet = list[tuple[object, ...]]
COLUMNS = "key: [umur]\ncolumns:\n  umur: {from: Umur, type: text}\n  pria: {from: Pria, type: integer}\n  bulan: {title: 'S\\.D (\\w+ \\d{4})', type: text}\n"


def read_sheet(folder: Path, contract: str, rows: Sheet) -> Read:
    workbooks.xlsx(folder / "buku", rows)
    return read(folder, f"source: {{kind: file, url: x}}\n{contract}", (folder / "buku").read_bytes())


def told(found: Read, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row[name] for name in names) for row in found.rows]


UNPIVOTED = "unpivot: {headers: '^(?P<x>\\d{4})$', value: pria}\n" + COLUMNS.replace(
    "pria: {from: Pria,", "x: {header: x, type: text}\n  pria: {"
)
NEIGHBOURS: Sheet = [
    ("A.", "JUMLAH MENURUT UMUR S.D MEI 2023", None, None, "B.", "JUMLAH MENURUT UMUR PEGAWAI S.D JUNI 2023"),
    (),
    (None, "Umur", "Pria", None, None, "Umur", "Pria", None, "catatan"),
    (None, "20-25", 1, None, None, "30-35", 3, None, "x"),
    (None, "26-29", 2, None, None, "36-39", 4, None, "y"),
    (None, None, None, None, None, "40-45", 5),
    (),
    (None, "C. LAIN"),
    (None, "Umur", "Pria"),
    (None, "99", 9),
]


@pytest.mark.parametrize(
    ("title", "ends_at", "expected"),
    [
        ("MENURUT UMUR S", "blank_row", [("20-25", "1", "MEI 2023"), ("26-29", "2", "MEI 2023")]),
        ("umur pegawai", "blank_row", [("30-35", "3", "JUNI 2023"), ("36-39", "4", "JUNI 2023"), ("40-45", "5", "JUNI 2023")]),
        ("umur pegawai", "^36", [("30-35", "3", "JUNI 2023")]),
        ("^C\\. ", "blank_row", [("99", "9", "MEI 2023")]),
    ],
)
def test_tables_side_by_side(tmp_path: Path, title: str, ends_at: str, expected: list[tuple[str, ...]]) -> None:
    """Fails when a neighbour's rows, columns or title are taken for the table's own."""
    contract = f"table: {{title: '{title}', ends_at: '{ends_at}'}}\n{COLUMNS}"
    assert told(read_sheet(tmp_path, contract, NEIGHBOURS), "umur", "pria", "bulan") == expected


@pytest.mark.parametrize(
    ("above", "found"),
    [
        ([("KELURAHAN", "NAMBANGAN  KIDUL"), ("TAHUN", ":", 2024)], "NAMBANGAN KIDUL"),
        ([("KELURAHAN", "NAMBANGAN"), ("KELURAHAN KARTOHARJO",)], "KARTOHARJO"),
        ([("KELURAHAN", " ", None), ("KELURAHAN", None, "PAKELAN")], "PAKELAN"),
    ],
)
def test_a_label_and_its_value_in_neighbouring_cells(tmp_path: Path, above: Sheet, found: str) -> None:
    """Fails when a form that keeps its labels in cells of their own has no title, or a joined row goes before a cell that matches alone."""
    contract = "key: [umur]\ncolumns:\n  umur: {from: Umur, type: text}\n  kelurahan: {title: '^KELURAHAN (.+)$', type: text}\n"
    assert told(read_sheet(tmp_path, contract, [*above, ("Umur",), ("20",)]), "kelurahan") == [(found,)]


@pytest.mark.parametrize("mark", ["\u200b", "\u202e", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u2063"])
@pytest.mark.parametrize("is_in_contract", [False, True])
def test_a_header_is_known_by_what_can_be_seen_of_it(tmp_path: Path, mark: str, is_in_contract: bool) -> None:
    """Fails when a mark nobody sees makes two names of one: the sentence then asks for the very name that it calls missing."""
    contract = COLUMNS.replace("from: Pria", f'from: "Pr{mark}ia"') if is_in_contract else COLUMNS
    rows: Sheet = [("S.D MEI 2023",), ("Umur", "Pria" if is_in_contract else f"{mark}Pr{mark}ia{mark}"), ("20-25", 1)]
    assert told(read_sheet(tmp_path, contract, rows), "umur", "pria") == [("20-25", "1")]


@pytest.mark.parametrize("mark", ["\u200b", "\u2063"])
def test_an_unpivoted_header_is_known_by_what_can_be_seen_of_it(tmp_path: Path, mark: str) -> None:
    rows: Sheet = [("S.D MEI 2023",), ("Umur", f"20{mark}23", "2024"), ("20-25", 1, 2)]
    assert told(read_sheet(tmp_path, UNPIVOTED, rows), "x", "pria") == [("2023", "1"), ("2024", "2")]


def test_a_letter_that_only_looks_latin_is_told_by_its_number(tmp_path: Path) -> None:
    """Fails when the sentence shows the same name twice, once as missing and once as found."""
    with pytest.raises(MissingColumn) as caught:
        read_sheet(tmp_path, COLUMNS, [("S.D MEI 2023",), ("Umur", "\u0420ria"), ("20-25", 1)])
    assert 'Kolom "Pria" tidak ada' in caught.value.message
    assert '"\u0420(U+0420)ria"' in caught.value.message


def test_a_title_right_of_which_the_table_begins(tmp_path: Path) -> None:
    rows: Sheet = [("TABEL UMUR S.D MEI 2023",), (None, "Umur", "Pria"), (None, "20-25", 1)]
    assert told(read_sheet(tmp_path, f"table: {{title: TABEL}}\n{COLUMNS}", rows), "umur", "bulan") == [("20-25", "MEI 2023")]


@pytest.mark.parametrize(
    ("contract", "rows", "error", "told_as"),
    [
        (f"table: {{title: TIDAK ADA}}\n{COLUMNS}", NEIGHBOURS, TableNotFound, "TIDAK ADA"),
        (f"table: {{title: PEGAWAI}}\n{COLUMNS}", [*NEIGHBOURS[:2], (None, "Umur", "Pria", None, None, "Umur")], MissingColumn, "Pria"),
        (COLUMNS, [("Umur", "Wanita")], MissingColumn, '"Pria"'),
        (COLUMNS, [("Umur", "Pria"), ("1", 2)], MissingColumn, "title: "),
        (f"table: {{ends_at: blank_row}}\n{COLUMNS}", [("S.D MEI 2023",), ("Umur", "Pria"), (), ("20", 1)], ZeroRows, "baris"),
        (UNPIVOTED, [("S.D MEI 2023",), ("Umur", "x2020"), ("20", 1)], MissingColumn, "x2020"),
    ],
)
def test_tables_that_are_not_there(tmp_path: Path, contract: str, rows: Sheet, error: type[Exception], told_as: str) -> None:
    with pytest.raises(error) as caught:
        read_sheet(tmp_path, contract, rows)
    assert told_as in str(caught.value)


def test_headers_in_other_spellings_and_other_places(tmp_path: Path) -> None:
    columns = "key: [a]\nignore: [No]\ncolumns:\n  a: {from: [NAMA BAHAN, Komoditas], type: text}\n  b: {type: text}\n"
    columns += "  c: {from: C, type: text, optional: true}\n"
    for header in (("no", "  komoditas ", "B", "baru"), ("B", None, "Nama\xa0 Bahan", "baru")):
        values = {"komoditas": "Beras", "nama bahan": "Beras", "b": "1"}
        row = tuple(values.get(" ".join(str(name or "").split()).casefold()) for name in header)
        found = read_sheet(tmp_path, columns, [("PER MEI",), header, row])
        assert told(found, "a", "b", "c") == [("Beras", "1", None)]
        assert (found.report.unknown_headers, found.report.missing_optional) == (("baru",), ("c",))


def test_the_first_run_of_rows_with_every_name_is_the_header(tmp_path: Path) -> None:
    rows: Sheet = [("Umur", "keterangan S.D MEI 2023"), ("Umur", "Pria"), ("Umur", "Pria"), ("20", 1)]
    found = read_sheet(tmp_path, COLUMNS, rows)
    assert told(found, "umur", "pria") == [("Umur", "Pria"), ("20", "1")]


def test_levels_are_joined_and_equal_neighbours_stand_once(tmp_path: Path) -> None:
    columns = (
        "table: {header_rows: 2}\nkey: [a]\ncolumns:\n  a: {from: URAIAN > Discription, type: text}\n  b: {from: Satuan, type: text}\n"
    )
    columns += "  c: {from: '2022', type: text}\n"
    rows: Sheet = [("URAIAN ", "Satuan", None, "Growth"), ("Discription", "SATUAN", 2022, "%"), ("IKAHH", "Unit", 3881, 0.1)]
    found = read_sheet(tmp_path, columns, rows)
    assert told(found, "a", "b", "c") == [("IKAHH", "Unit", "3881")]
    assert found.report.unknown_headers == ("Growth > %",)


EVERY: Sheet = [
    ("DINAS PENDIDIKAN 2024",),
    ("Kecamatan Mojoroto", None, None, "Kecamatan Kota"),
    ("Umur", "Pria", None, "Umur", "Pria"),
    ("20", 1, None, "30", 3),
    ("21", 2),
    ("Kecamatan Pesantren S.D MEI 2023",),
    ("Umur", "Pria"),
    ("40", 4),
]
EVERY_CONTRACT = """table: {title: '^Kecamatan (?P<kecamatan>\\w+)', every: true}
key: [umur]
columns:
  umur: {from: Umur, type: text}
  kecamatan: {title: kecamatan, type: text}
  tahun: {title: '(20\\d\\d)', type: text}
"""


def test_every_table_of_a_sheet(tmp_path: Path) -> None:
    """Fails when stacked or neighbouring tables run into each other, or the title of one names the rows of the next."""
    found = read_sheet(tmp_path, EVERY_CONTRACT, EVERY)
    assert told(found, "umur", "kecamatan", "tahun") == [
        ("20", "Mojoroto", "2024"), ("21", "Mojoroto", "2024"), ("30", "Kota", "2024"), ("40", "Pesantren", "2023"),
    ]  # fmt: skip
    assert found.report.read == 4


def test_a_title_without_its_table_stops_the_batch(tmp_path: Path) -> None:
    with pytest.raises(MissingColumn):
        read_sheet(tmp_path, EVERY_CONTRACT, [*EVERY, ("Kecamatan Baru",), ("tanpa judul kolom", 1)])
    with pytest.raises(TableNotFound):
        read_sheet(tmp_path, EVERY_CONTRACT, EVERY[2:5])
