"""Prevents one region from becoming two by a space nobody sees, a code from losing its noughts, and a single byte from stopping a load."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from contracts.text import as_stored, squeezed
from extractors.cells import PART, CellColumn
from extractors.coerce.tidy import tidy
from tests.extractors.coerce.cell_reading import UNREADABLE, Read, column_reader

TIDY = [
    ("JAWA BARAT", "JAWA BARAT"), ("  JAWA  BARAT ", "JAWA BARAT"), ("Daging  Ayam Ras", "Daging Ayam Ras"), ("Tempe ", "Tempe"),
    ("a\u00a0b", "a b"),
    ("a\tb\r\nc", "a b c"), ("Cafe\u0301", "Café"), ("PA'KEDAI", "PA'KEDAI"), ("a\x00b", "ab"), ("\ufeffNO", "NO"), ("a\u200bb", "ab"),
    ("tang\u202egal", "tanggal"), ("\u200eDesa\u200f", "Desa"), ("\u2066a\u2067b\u2068c\u2069", "abc"), ("\u202aa\u202c", "a"),
    ("\x01\x02a\x7f", "a"), ("\u2003a\u3000b", "a b"), ("Kab.\u2028Garut", "Kab. Garut"), ("🙂  é", "🙂 é"), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("published", "stored"), TIDY)
def test_text_is_stored_tidy(read: Read, published: str | None, stored: str | None) -> None:
    assert read({"type": "text"}, published, "x") == [stored, "x"]
    assert as_stored(published or "") == (stored or "")


def test_white_space_alone_is_an_empty_cell(read: Read) -> None:
    assert read({"type": "text"}, "", " ", "\u00a0", "\u200b", "\x00") == [None] * 5


def test_tidy_text_passes_untouched() -> None:
    text = pa.array(["a b", None, "", "c"] * 100)
    assert tidy(text) is text
    assert tidy(text[3:7]).to_pylist() == ["c", "a b", None, ""]
    assert tidy(pa.array([" a", "b ", "c"])[1:]).to_pylist() == ["b", "c"]
    assert tidy(pa.array(["a ", " b", "c"])[2:]).to_pylist() == ["c"]
    assert tidy(pa.array([], pa.string())).to_pylist() == []
    assert tidy(pa.nulls(3, pa.string())).to_pylist() == [None] * 3


def test_bytes_that_are_no_utf8_do_not_stop_a_load() -> None:
    offsets, data = np.array([0, 3, 6, 9], "int32"), b"ab\xffok \xed\xa0\x80"
    text = pa.Array.from_buffers(pa.string(), 3, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    tidied = tidy(text).to_pylist()
    assert tidied[:2] == ["ab\ufffd", "ok"]
    assert set(tidied[2]) == {"\ufffd"}


@pytest.mark.parametrize(
    ("column", "published", "stored"),
    [
        ({"type": "wilayah", "system": "bps"}, "3201190006.0", "3201190006"), ({"type": "wilayah"}, "32.01.02.2001", "32.01.02.2001"),
        ({"type": "wilayah"}, "61.10", "61.10"), ({"type": "wilayah"}, "32010120", "32010120"), ({"type": "wilayah"}, " Kab.  Garut",
        "Kab. Garut"),
        ({"type": "wilayah", "system": "dapodik"}, "201100  ", "201100"), ({"type": "code"}, "1.03.000010", "1.03.000010"),
        ({"type": "code"}, "0012", "0012"), ({"type": "code"}, "12.0", "12"), ({"type": "code"}, "1.0.0", "1.0.0"),
        ({"type": "code"}, "v1.0", "v1.0"),
        ({"type": "unit"}, " RIBU  JIWA", "RIBU JIWA"),
    ],
)  # fmt: skip
def test_codes_keep_the_published_text(read: Read, column: dict[str, object], published: str, stored: str) -> None:
    assert read(column, published) == [stored]


@pytest.mark.parametrize(
    ("native", "stored"), [("61.1", "61.10"), ("61.05", "61.05"), ("3201", "3201"), ("3201190006", "3201190006"), ("11", "11")]
)
def test_a_regency_taken_for_a_number_gets_its_nought_back(read: Read, native: str, stored: str) -> None:
    assert read({"type": "wilayah"}, native, kind=1) == [stored]


def of_parts(column: dict[str, object], *rows: tuple[str | None, ...]) -> list[str | None]:
    names = [f"p{number}" for number in range(len(rows[0]))]
    reader = column_reader({**column, "parts": names})
    cells = {f"c{PART}{name}": CellColumn(pa.array(part, pa.string())) for name, part in zip(names, zip(*rows, strict=True), strict=True)}
    coerced = reader.of_chunk(cells, len(rows))
    bad = coerced.unreadable.to_pylist() if coerced.unreadable is not None else [False] * len(rows)
    return [UNREADABLE if is_bad else text for text, is_bad in zip(coerced.text.to_pylist(), bad, strict=True)]


@pytest.mark.parametrize(
    ("system", "parts", "code"),
    [
        ("kemendagri", ("31", "1", "1", "1001"), "31.01.01.1001"), ("kemendagri", ("31", "71", None, ""), "31.71"),
        ("kemendagri", ("31.0", "1.0", "2.0", "1001.0"), "31.01.02.1001"), ("kemendagri", ("31", None, "1", "1001"), UNREADABLE),
        ("kemendagri", ("31", "171", "1", "1001"), UNREADABLE), ("kemendagri", ("31", "x1", "1", "1001"), UNREADABLE),
        ("kemendagri", (None, "", " ", None), None), ("bps", ("32", "1", "190", "6"), "3201190006"), ("bps", ("32", "01", "190", None),
        "3201190"),
        ("dapodik", ("20", "11", "0", None), "201100"),
    ],
)  # fmt: skip
def test_parts_become_one_code(system: str, parts: tuple[str | None, ...], code: str | None) -> None:
    assert of_parts({"type": "wilayah", "system": system}, parts, ("31", "71", "01", None)[: len(parts)])[0] == code


def test_parts_of_a_code_without_a_system_are_joined_as_they_are() -> None:
    assert of_parts({"type": "code"}, ("1", "03"), ("2", "9")) == ["1.03", "2.9"]


@pytest.mark.parametrize(
    ("published", "stored"),
    [
        ("Ya", "true"), ("TIDAK", "false"), ("ada", "true"), ("Tidak  Ada", "false"), ("1", "true"), ("0", "false"), ("1.0", "true"),
        ("true", "true"),
        ("False", "false"), ("v", "true"), ("✓", "true"), ("Sudah", "true"), ("belum", "false"), ("", None), ("-", UNREADABLE),
        ("2", UNREADABLE),
        ("mungkin", UNREADABLE), ("t", UNREADABLE), ("x", UNREADABLE),
    ],
)  # fmt: skip
def test_yes_and_no(read: Read, published: str, stored: str | None) -> None:
    assert read({"type": "boolean"}, published) == [stored]


def test_native_booleans_stay(read: Read) -> None:
    assert read({"type": "boolean"}, "true", "false", kind=3) == ["true", "false"]
    assert read({"type": "text"}, "true", kind=3, key=["k"]) == ["true"]


def test_inline_codes_are_a_closed_list(read: Read) -> None:
    status = {"type": "text", "codes": {"1": "baik", "2": "rusak", "Rusak  Berat": "rusak"}, "missing": ["0"]}
    assert read(status, "1", "2.0", " rusak berat ", "0", "", "3", "baik") == ["baik", "rusak", "rusak", None, None, UNREADABLE, UNREADABLE]
    assert read({"type": "boolean", "codes": {"Aktif": "true", "Non Aktif": "false"}}, "AKTIF", "non  aktif", "ya") == [
        "true",
        "false",
        UNREADABLE,
    ]
    assert read({"type": "decimal", "numbers": "id", "codes": {"a": "1.5"}}, "A") == ["1.5"]
    assert read({"type": "text", "codes": {"1": "baik"}}, "1", kind=1) == ["baik"]


def test_extract_takes_group_one_and_nothing_else(read: Read) -> None:
    market = {"type": "text", "extract": "^(.+?) +(?:Kabupaten|Kota) "}
    assert read(market, "Pasar Dlinggu  Kabupaten Probolinggo", "Pasar Besar", None, "...") == ["Pasar Dlinggu", UNREADABLE, None, None]
    assert read({"type": "integer", "numbers": "id", "extract": r"\((.+)\)"}, "luas (1.234)", "luas (x)") == ["1234", UNREADABLE]
    assert read({"type": "period", "format": "YYYY", "extract": r"\d{4}"}, "Tahun 2022", "2023") == ["2022", "2023"]


@pytest.mark.parametrize("numbers", ["id", "en"])
def test_what_is_taken_from_a_native_number_has_no_convention(read: Read, numbers: str) -> None:
    """1.234 of a spreadsheet became 1234 as soon as its column had a pattern to take figures out of texts."""
    column = {"type": "decimal", "numbers": numbers, "extract": "^([0-9.,]+)"}
    assert read(column, "1.234", "10.125", "12.5", kind=1) == ["1.234", "10.125", "12.5"]


def test_white_space_is_what_the_comparison_of_headers_takes_for_it() -> None:
    every_space = [chr(code) for code in range(0x3100) if chr(code).isspace()]
    assert tidy(pa.array([f"a{space}{space}b" for space in every_space])).to_pylist() == [squeezed("a b")] * len(every_space)


@pytest.mark.parametrize(("column", "longest"), [({"type": "code"}, 300), ({"type": "unit"}, 300), ({"type": "text"}, 2_000)])
def test_a_text_that_no_index_takes_is_not_castable(read: Read, column: dict[str, object], longest: int) -> None:
    """Of a key or to be looked up: one such cell, accepted, would stop every release after it."""
    fits = ["x" * longest, "\u00e9" * (longest // 2)]
    assert read(column, *fits, "x" * (longest + 1), "\u00e9" * longest) == [*fits, UNREADABLE, UNREADABLE]


def test_other_texts_may_be_of_any_length(read: Read) -> None:
    assert read({"type": "text"}, "x" * 100_000, columns={"c": {"type": "text"}, "d": {"type": "text"}}, key=["d"]) == ["x" * 100_000]


@pytest.mark.parametrize("type_", ["text", "code", "wilayah", "unit", "integer", "decimal", "percent", "date", "timestamp", "boolean"])
def test_what_the_file_does_not_hold_is_set_aside_and_never_empty(read: Read, type_: str) -> None:
    """A formula without its result, or #REF!, in a column that need not be filled."""
    missing: dict[str, object] = {"missing": ["#N/A"]}
    assert read({"type": type_}, "[rumus tanpa hasil]", "#REF!", "#N/A", kind=5, **missing) == [UNREADABLE, UNREADABLE, None]
    assert read({"type": type_, "extract": "(.+)"}, "#REF!", kind=5) == [UNREADABLE]


def test_what_the_file_does_not_hold_has_no_code(read: Read) -> None:
    assert read({"type": "text", "codes": {"#REF!": "baik"}}, "#REF!", kind=5) == [UNREADABLE]
