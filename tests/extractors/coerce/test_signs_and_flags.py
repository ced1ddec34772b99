"""Prevents a dash from becoming a nought (or a nought a gap), and a provisional figure from being published as a firm one."""

from __future__ import annotations

import pyarrow as pa
import pytest

from extractors.cells import CellColumn
from extractors.coerce.flags import one_status
from extractors.coerce.signs import Signs
from extractors.side_by_side import side_by_side
from tests.extractors.coerce.cell_reading import UNREADABLE, Read, column_reader

NUMBER = {"type": "integer"}


@pytest.mark.parametrize(
    ("column", "contract", "published", "expected"),
    [
        (NUMBER, {}, None, None), (NUMBER, {}, "", None), (NUMBER, {}, "  ", None), (NUMBER, {}, "\u00a0", None), (NUMBER, {}, "...", None),
        (NUMBER, {}, "n/a", None), (NUMBER, {}, "N/A", None), (NUMBER, {}, " n/a ", None), (NUMBER, {}, "-", UNREADABLE),
        (NUMBER, {"missing": ["-"]}, "-", None), (NUMBER, {"missing": ["-"]}, "...", UNREADABLE), (NUMBER, {"missing": ["–"]}, "–", None),
        (NUMBER, {"zero": ["-"]}, "-", "0"), ({**NUMBER, "zero": ["-"]}, {"missing": ["-"]}, "-", "0"),
        ({**NUMBER, "missing": ["-"]}, {"zero": ["-"]}, "-", None), ({**NUMBER, "missing": ["0"]}, {}, "0", None),
        ({**NUMBER, "missing": ["0"]}, {}, "10", "10"), ({**NUMBER, "blank": "0"}, {}, None, "0"), ({**NUMBER, "blank": "0"}, {}, "  ",
        "0"),
        ({**NUMBER, "blank": "0"}, {}, "...", None), ({"type": "text"}, {"zero": ["-"]}, "-", "-"),
        ({"type": "text"}, {"missing": ["-"]}, "-", None),
        ({"type": "text"}, {}, "...", None), ({"type": "date"}, {}, "...", None), ({"type": "date",
        "missing": ["belum ada"]}, {}, "Belum  Ada", None),
    ],
)  # fmt: skip
def test_a_sign_means_what_the_contract_says(
    read: Read, column: dict[str, object], contract: dict[str, object], published: str | None, expected: str | None
) -> None:
    assert read(column, published, "7" if column["type"] == "integer" else "31/1/2025", **contract)[0] == expected


def test_signs_of_native_cells_count_as_well(read: Read) -> None:
    assert read({"type": "integer", "missing": ["0"]}, "0", "10", kind=1) == [None, "10"]


def test_missing_is_told_before_types_are_known() -> None:
    contract = {"title": "x", "source": {"kind": "file"}, "write": "snapshot", "key": ["c"], "missing": ["-"]}
    reader = column_reader({"type": "integer", "blank": "0"}, **contract)
    without_blank = column_reader({"type": "integer"}, **contract)
    cells = pa.array([None, "", " - ", "0", "abc"])
    assert reader.signs.missing(cells).to_pylist() == [False, False, True, False, False]
    assert without_blank.signs.missing(cells).to_pylist() == [True, True, True, False, False]
    assert isinstance(reader.signs, Signs)


FLAGS = {"*": "sementara", "**": "sangat_sementara", "r": "revisi", "e": "estimasi"}


@pytest.mark.parametrize(
    ("published", "figure", "status"),
    [
        ("123*", "123", "sementara"), ("123**", "123", "sangat_sementara"), ("12r", "12", "revisi"), ("12 R", "12", "revisi"),
        ("1.234,5e", "1234.5", "estimasi"), ("7%*", "7", "sementara"), ("123", "123", None), (None, None, None), ("...", None, None),
        ("*", None, None), ("123x", None, None), ("123***", None, None),
    ],
)  # fmt: skip
def test_a_flag_is_the_status_of_the_figure(published: str | None, figure: str | None, status: str | None) -> None:
    coerced = column_reader({"type": "decimal", "numbers": "id"}, flags=FLAGS)(CellColumn(pa.array([published, "1*"], pa.string())))
    assert coerced.text.to_pylist() == [figure, "1"]
    assert coerced.status.to_pylist() == [status, "sementara"]


def test_no_flags_cost_nothing() -> None:
    assert column_reader({"type": "decimal"})(CellColumn(pa.array(["1*"]))).status is None
    assert column_reader({"type": "decimal"}, flags=FLAGS)(CellColumn(pa.array(["1"]))).status is None


def test_a_row_has_one_status_that_names_each_of_its_flags_once() -> None:
    first, second = pa.array(["revisi", None, "revisi", None]), pa.array(["revisi", "estimasi", "sementara", None])
    assert one_status([first, second], 4).to_pylist() == ["revisi", "estimasi", "revisi, sementara", None]
    assert one_status([], 2).to_pylist() == [None, None]


def test_rows_without_any_text_keep_their_place() -> None:
    left, right = pa.array(["a", None, "c", None]), pa.array(["x", None, None, "y"])
    assert side_by_side([left, right]).to_pylist() == ["a x", None, "c", "y"]
    assert side_by_side([left]).to_pylist() == ["a", None, "c", None]
