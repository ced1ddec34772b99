"""Prevents API answers from losing records, digits or pairings: the path language, streaming, and documents that are broken or hostile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.errors import (
    BadJson,
    EmptyFile,
    MissingColumn,
    RecordsNotFound,
    UnequalLengths,
    WrongFormat,
    ZeroRows,
)
from extractors.formats import json_stream, text_blocks
from tests.extractors.reading import Read, read

PRICES = {
    "diperbarui": "2025-08-07",
    "komoditas": {
        "Beras": {"satuan": "kg", "harga": {"2018-04-17": [9300, 9200], "2018-04-18": [9400, None]}, "tempat": ["Pasar A", "Pasar B"]},
        "Gula": {"satuan": "kg", "tempat": [], "harga": {"2018-04-17": []}},
        "Telur": {"satuan": "butir", "tempat": ["Pasar C"], "harga": {"2018-04-17": [1950.50]}},
    },
    "jumlah": {"baris": 5},
}


def contract(records: str, columns: str, source: str = "") -> str:
    return f'source: {{kind: json_api, url: x, records: "{records}"{source}}}\nextra: ignore\nkey: [a]\ncolumns:\n{columns}'


def rows(found: Read, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row[name] for name in names) for row in found.rows]


def test_arrays_with_labels_under_object_keys(tmp_path: Path) -> None:
    """Fails when a figure is paired with another market, wherever in the document the labels stand."""
    found = read(
        tmp_path,
        contract(
            "komoditas.{k}.harga.{t}",
            "  a: {from: k, type: text}\n  t: {type: text}\n  pasar: {type: text}\n  harga: {from: value, type: integer}\n"
            "  satuan: {from: up.up.satuan, type: text}\n  diperbarui: {document: diperbarui, type: text}\n  baris: {document: jumlah.baris, type: integer}\n",
            ", labels: {pasar: 'komoditas.{k}.tempat'}",
        ),
        json.dumps(PRICES),
    )
    assert rows(found, "a", "t", "pasar", "harga", "satuan") == [
        ("Beras", "2018-04-17", "Pasar A", "9300", "kg"), ("Beras", "2018-04-17", "Pasar B", "9200", "kg"),
        ("Beras", "2018-04-18", "Pasar A", "9400", "kg"), ("Beras", "2018-04-18", "Pasar B", None, "kg"),
        ("Telur", "2018-04-17", "Pasar C", "1950.5", "butir"),
    ]  # fmt: skip
    assert set(found.column("diperbarui")) == {"2025-08-07"}
    assert set(found.column("baris")) == {"5"}
    assert found.kinds["harga"] == [1, 1, 1, 0, 1]
    assert [row["_lokasi"] for row in found.rows][1:3] == ["komoditas.Beras.harga.2018-04-17[2]", "komoditas.Beras.harga.2018-04-18[1]"]


@pytest.mark.parametrize(
    ("records", "document", "expected"),
    [
        ("*", [{"a": 1}, {"a": 2}], [("1", "[1]"), ("2", "[2]")]),
        ("x.y.*", {"x": {"n": 0, "y": [{"a": 1}]}}, [("1", "x.y[1]")]),
        ("x.y", {"x": {"y": [{"a": 1}, {"a": 2}]}}, [("1", "x.y[1]"), ("2", "x.y[2]")]),
        ("x", {"x": {"a": 1, "b": 2}}, [("1", "x")]),
        ("x.*.y.*", {"x": [{"y": [{"a": 1}, {"a": 2}]}, {"y": []}, {"z": 0}, {"y": [{"a": 3}]}]}, [("1", "x[1].y[1]"), ("2", "x[1].y[2]"), ("3", "x[4].y[1]")]),
        ("{k}", {"satu": {"a": 1}, "dua": {"a": 2}}, [("1", "satu"), ("2", "dua")]),
        ("x.*", {"x": [{"a": {"b": [1, {"c": None}]}}]}, [('{"b": [1, {"c": null}]}', "x[1]")]),
        ("x.*", {"x": [{"a": 1}], "x2": [{"a": 9}], "y": {"x": [{"a": 9}]}}, [("1", "x[1]")]),
        ("*", [{"a": 1}, None, {}, {"a": ""}, {"a": 2}], [("1", "[1]"), ("2", "[5]")]),
    ],
)  # fmt: skip
def test_paths(tmp_path: Path, records: str, document: object, expected: list[tuple[str, str]]) -> None:
    found = read(tmp_path, contract(records, "  a: {type: text}\n"), json.dumps(document))
    assert rows(found, "a", "_lokasi") == expected
    assert found.report.read == len(expected)


def test_fields_of_objects_inside_and_around(tmp_path: Path) -> None:
    document = {"id": 7, "kota": {"nama": "Kediri", "desa": [{"a": 1, "opd": {"nama": "Dinkes"}, "a.b": "titik"}, {"a": 2}]}}
    columns = "  a: {type: text}\n  opd: {from: opd.nama, type: text}\n  titik: {from: a.b, type: text}\n"
    up = "  kota: {from: up.nama, type: text}\n  id: {from: up.up.id, type: text}\n"
    found = read(tmp_path, contract("kota.desa.*", columns + up), json.dumps(document))
    assert rows(found, "a", "opd", "titik", "kota", "id") == [("1", "Dinkes", "titik", "Kediri", "7"), ("2", None, None, "Kediri", "7")]


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("29324", "29324"), ("-5", "-5"), ("25900.00", "25900"), ("0.1", "0.1"), ("0.10", "0.10"), ("258.555", "258.555"), ("1e3", "1000"),
        ("1.5E-3", "0.0015"), ("12345678901234567890.123456789012345678", "12345678901234567890.123456789012345678"),
        ("1e999999999", "1e999999999"), ("-0.0", "-0"),
    ],
)  # fmt: skip
def test_numbers_keep_their_published_digits(tmp_path: Path, published: str, text: str) -> None:
    """Fails when a figure goes through a float, or an exponent is written out until the memory is full."""
    found = read(tmp_path, contract("*", "  a: {type: decimal}\n"), f'[{{"a": {published}}}]')
    assert (found.column("a"), found.kinds["a"]) == ([text], [1])


def test_every_json_type_is_a_cell(tmp_path: Path) -> None:
    found = read(tmp_path, contract("*", "  a: {type: text}\n"), '[{"a": true}, {"a": "1.234"}, {"a": NaN}, {"a": [1, "x"]}, {"b": 1}]')
    assert found.column("a") == ["true", "1.234", "NaN", '[1, "x"]', None]
    assert found.kinds["a"] == [3, 0, 0, 4, 0]


def test_headers_are_learnt_as_records_pass(tmp_path: Path) -> None:
    wide = (
        contract("*", "  a: {type: text}\n  t: {header: t, type: text}\n  v: {type: text}\n")
        + "unpivot: {headers: '^(?P<t>\\d{4})$', value: v}\n"
    )
    found = read(tmp_path, wide.replace("extra: ignore\n", ""), '[{"a": 1, "2020": 5, "baru": 0}, {"A ": 2, "2021": 6, "2020": null}]')
    assert rows(found, "a", "t", "v") == [("1", "2020", "5"), (None, "2021", "6")]
    assert found.counts() == {"read": 2, "fetched": 4, "missing": 2}
    assert found.report.unknown_headers == ("baru",)


@pytest.mark.parametrize("pieces", [7, 64, 1 << 22])
def test_any_cut_of_the_bytes_gives_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: int) -> None:
    """Fails when a number, an escape or a letter of two bytes is taken for whole where a block ends."""
    records = [{"a": i * 1_000_003, "b": f'é "{i}" \\ 😀 \n', "c": [i, {"d": None}], "e": i / 7} for i in range(300)]
    monkeypatch.setattr(text_blocks.text_pieces, "__defaults__", (None, pieces))
    columns = "  a: {type: integer}\n  b: {type: text}\n  c: {type: text}\n  e: {type: decimal}\n"
    found = read(
        tmp_path, contract("data.*", columns), json.dumps({"lain": records[:9], "data": records, "akhir": {"x": records[:9]}}, indent=1)
    )
    assert rows(found, "a", "b", "e") == [(str(r["a"]), r["b"], str(r["e"]).removesuffix(".0")) for r in records]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, contract("*", "  a: {type: text}\n"), '[{"a": "Café"}]'.encode(encoding)).column("a") == ["Café"]


@pytest.mark.parametrize(
    ("records", "content", "error", "told"),
    [
        ("*", "", EmptyFile, ""),
        ("*", "[]", ZeroRows, "satu pun rekaman"),
        ("*", "[null, {}]", ZeroRows, "satu pun rekaman"),
        ("data.*", '{"data": null}', ZeroRows, "satu pun rekaman"),
        ("data.{x}", '{"data": []}', ZeroRows, "satu pun rekaman"),
        ("data.*", '{"dat": [{"a": 1}], "lain": 1}', RecordsNotFound, '"dat", "lain"'),
        ("data.*", '{"data": {"a": 1}}', RecordsNotFound, ""),
        ("*", '{"a": 1}', RecordsNotFound, ""),
        ("*", '[{"b": 1}, {"B2": 2}]', MissingColumn, '"a"'),
        ("*", '[{"a": 1, "a": 2}]', BadJson, 'kunci "a" dua kali'),
        ("*", '[{"a": 1}, {"a": ', BadJson, "terpotong"),
        ("*", '[{"a": 1}', BadJson, "akhir berkas"),
        ("*", '[{"a": "x', BadJson, "terpotong"),
        ("*", '[{"a": 1}] lagi', BadJson, "sesudah akhir"),
        ("*", '[{"a": 1} {"a": 2}]', BadJson, "`{`"),
        ("*", '[{"a": 1,}]', BadJson, "salah tulis"),
        ("*", '[{"a": satu}]', BadJson, "atu}"),
        ("data.*", '{"data": [{"a": 1}], 5: 1}', BadJson, "kunci objek"),
        ("*", "[" * 200_000, BadJson, "terlalu dalam"),
        ("*", '[{"a": ' + "[" * 200_000 + "]" * 200_000 + "}]", BadJson, "terlalu dalam"),
        ("x.*", '{"y": ' + '{"y": ' * 200_000 + "1" + "}" * 200_001, BadJson, "terlalu dalam"),
        ("*", "<html><body>Galat</body></html>", WrongFormat, "halaman HTML"),
    ],
)
def test_documents_that_can_never_be_data(tmp_path: Path, records: str, content: str, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match="berkas") as caught:
        read(tmp_path, contract(records, "  a: {type: text}\n"), content)
    assert told in str(caught.value)


@pytest.mark.parametrize("labels", [["A"], ["A", "B", "C"]])
@pytest.mark.parametrize("path", ["tempat", "harga.tempat"])
def test_values_and_labels_of_unequal_length(tmp_path: Path, labels: list[str], path: str) -> None:
    document = {"tempat": labels, "harga": {"tempat": labels, "isi": [1, 2]}}
    columns = "  a: {from: value, type: text}\n  pasar: {type: text}\n"
    with pytest.raises(UnequalLengths, match=f'"2", "{len(labels)}"'):
        read(tmp_path, contract("harga.isi", columns, f", labels: {{pasar: {path}}}"), json.dumps(document))
    found = read(
        tmp_path,
        contract("harga.isi", columns, f", labels: {{pasar: {path}}}"),
        json.dumps(document).replace(json.dumps(labels), '["A", "B"]'),
    )
    assert rows(found, "a", "pasar") == [("1", "A"), ("2", "B")]


def test_a_sibling_of_the_records_is_passed_over_without_being_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when what stands beside the records is read as a whole: then memory follows the largest part nobody asked for."""
    longest: list[int] = []
    more = json_stream.JsonReader._more
    monkeypatch.setattr(text_blocks.text_pieces, "__defaults__", (None, 1 << 12))

    def watched(reader: json_stream.JsonReader) -> bool:
        is_more = more(reader)
        longest.append(len(reader._text))
        return is_more

    monkeypatch.setattr(json_stream.JsonReader, "_more", watched)
    other = {"baris": [{"z": "x" * 100} for _ in range(5_000)]}
    found = read(tmp_path, contract("data.*", "  a: {type: text}\n"), json.dumps({"lain": other, "data": [{"a": 1}], "lagi": other}))
    assert found.column("a") == ["1"]
    assert max(longest) < 20_000


ARRAYS = [["a", 1.50, None], ["b", 2, "x"]]


@pytest.mark.parametrize("names", [["nama", "nilai", "ket"], [{"id": "nama"}, {"id": "nilai", "type": "numeric"}, {"label": "ket"}]])
def test_rows_that_are_arrays_take_their_names_from_a_list(tmp_path: Path, names: list[object]) -> None:
    """Fails when a figure gets the name of its neighbour, wherever the list of names stands."""
    wanted = contract(
        "hasil.baris.*", "  a: {from: nama, type: text}\n  nilai: {type: decimal}\n  ket: {type: text}\n", ", fields: hasil.kolom"
    )
    found = read(tmp_path, wanted, json.dumps({"hasil": {"baris": ARRAYS, "kolom": names}}))
    assert rows(found, "a", "nilai", "ket", "_lokasi") == [("a", "1.5", None, "hasil.baris[1]"), ("b", "2", "x", "hasil.baris[2]")]


@pytest.mark.parametrize(
    ("names", "error"), [(["nama", "nilai"], UnequalLengths), (["nama", "nama", "x"], RecordsNotFound), ("nama", RecordsNotFound)]
)
def test_names_that_do_not_fit_their_rows_fail(tmp_path: Path, names: object, error: type[Exception]) -> None:
    wanted = contract("hasil.baris.*", "  a: {from: nama, type: text}\n", ", fields: hasil.kolom")
    with pytest.raises(error):
        read(tmp_path, wanted, json.dumps({"hasil": {"kolom": names, "baris": ARRAYS}}))


def test_a_path_of_a_list_that_finds_an_object_names_its_members(tmp_path: Path) -> None:
    with pytest.raises(RecordsNotFound, match='"status", "pesan"'):
        read(tmp_path, contract("*", "  a: {type: text}\n"), '{"status": "error", "pesan": "Token tidak sah"}')
