"""Prevents a figure from being stored wrong by a factor of ten, a hundred or a thousand: the convention is the source's, and what does not
fit it is set aside instead of guessed."""

from __future__ import annotations

import pytest

from tests.extractors.coerce.cell_reading import UNREADABLE, Read

NBSP = "\u00a0"

ID = [
    ("1.234,56", "1234.56"), ("1.234", "1234"), ("12.345.678", "12345678"), ("191,10", "191.10"), ("0,5", "0.5"), (",241", "0.241"),
    ("1234,5", "1234.5"), ("-1.234,5", "-1234.5"), ("−1.234", "-1234"), ("–7,09", "-7.09"), ("+5", "5"), ("007", "007"), ("0", "0"),
    (f"Rp{NBSP}12.449", "12449"), ("Rp 12.449", "12449"), ("Rp. 12.449", "12449"), ("Rp12.449,50", "12449.50"), ("RP 5.000,-", "5000"),
    ("Rp 5.000,--", "5000"), ("Rp -500", "-500"), ("-Rp 500", "-500"), ("IDR 1.000", "1000"), ("5.000,-", "5000"), ("5.000.-", "5000"),
    ("7,09%", "7.09"), ("7,09 %", "7.09"), ("-3,05%", "-3.05"), ("45 persen", "45"), ("(1.234)", "-1234"), ("(Rp 1.234,5)", "-1234.5"),
    ("1 234 567", "1234567"), (f"1{NBSP}234,5", "1234.5"), ("  1.234  ", "1234"), ("1.234\n", "1234"),
    # not figures under this convention
    ("1.23,4", UNREADABLE), ("12.34.567", UNREADABLE), ("1,234.56", UNREADABLE), ("451.3", UNREADABLE), ("0.123", UNREADABLE),
    ("012.345", UNREADABLE), ("1234.567", UNREADABLE), ("1,2,3", UNREADABLE), ("1.234.", UNREADABLE), ("1,", UNREADABLE), (",", UNREADABLE),
    (".241", UNREADABLE), ("1.2345", UNREADABLE), ("12 34", UNREADABLE), ("12 345 678 9", UNREADABLE), ("1,23E+08", UNREADABLE),
]  # fmt: skip
EN = [
    ("11,400", "11400"), ("91,250", "91250"), ("1,234.56", "1234.56"), ("-7.79", "-7.79"), ("107.54", "107.54"), (".241", "0.241"),
    ("1234.5", "1234.5"), ("2014.0", "2014.0"), ("Rp 12,449", "12449"), ("1,234,567.891", "1234567.891"),
    ("1.234,56", UNREADABLE), ("1,23", UNREADABLE), ("0,123", UNREADABLE), ("1,2345", UNREADABLE), ("12,34,567", UNREADABLE),
]  # fmt: skip
PLAIN = [
    ("1234.56", "1234.56"), ("1.234", "1.234"), ("451.3", "451.3"), (".241", "0.241"), ("450.0", "450.0"), ("1052", "1052"),
    ("1.5E+7", "15000000"), ("1e-3", "0.001"), ("Rp 500", "500"), ("1.2E+11", "120000000000"), ("1.2345678901234567e+16", "12345678901234567"),
    ("1.23457E+11", UNREADABLE), ("-1.23E+08", UNREADABLE),
    ("1,234", UNREADABLE), ("1.234,56", UNREADABLE), ("1.2.3", UNREADABLE), ("1e999", UNREADABLE),
]  # fmt: skip
UNDECLARED = [
    ("1234", "1234"), ("451.3", "451.3"), ("0.21", "0.21"), ("0.123", "0.123"), ("1234.567", "1234.567"), ("12.3456", "12.3456"),
    ("3201.0", "3201.0"),
    ("1.234", UNREADABLE), ("12.345", UNREADABLE), ("-1.234", UNREADABLE), ("1,234", UNREADABLE), ("191,10", UNREADABLE),
    ("Rp 12.449", UNREADABLE),
]  # fmt: skip
HOSTILE = [
    "abc", "1a", "a1", "١٢٣", "１２", "²", "NaN", "nan", "Infinity", "-", "--", "--5", "-Rp -5", "(-5)", "(5", "5)", "()", "Rp", "Rp.", "%",
    "1/2", "0x1F",
    "1_000", "=1+1", "#REF!", "#DIV/0!", "1 juta", "5 (lima)", "9" * 61, "9" * 5000, "31 Januari 2025", "true", "'123", "1;2", "🙂",
    "1\x001x",
]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "published", "expected"),
    [(name, *case) for name, cases in (("id", ID), ("en", EN), ("plain", PLAIN), (None, UNDECLARED)) for case in cases],
)
def test_a_text_is_read_by_the_convention_of_its_source(read: Read, numbers: str | None, published: str, expected: str) -> None:
    assert read({"type": "decimal", "numbers": numbers}, published) == [expected]


@pytest.mark.parametrize("published", HOSTILE)
@pytest.mark.parametrize("numbers", ["id", "en", "plain", None])
@pytest.mark.parametrize("type_", ["decimal", "integer", "percent", "latitude"])
def test_what_is_no_figure_is_set_aside_and_never_stops_the_file(read: Read, type_: str, numbers: str | None, published: str) -> None:
    assert read({"type": type_, "numbers": numbers}, published, "1") == [UNREADABLE, "1"]


@pytest.mark.parametrize(
    ("numbers", "published", "expected"),
    [
        ("id", "1.234", "1234"), ("id", "1.000", "1000"), ("id", "3201.0", "3201"), ("id", "450,0", "450"), ("id", "1.234,00", "1234"),
        ("en", "91,250", "91250"), ("en", "1,234.00", "1234"), ("en", "2014.0", "2014"), ("plain", "450.0", "450"), (None, "3201.0",
        "3201"),
        (None, "-7", "-7"), ("id", "Rp 12.449", "12449"), ("plain", "9223372036854775807", "9223372036854775807"),
        ("plain", "-9223372036854775808", "-9223372036854775808"), ("plain", "00000000000000000000042", "42"),
        ("plain", "9223372036854775808", UNREADABLE), ("plain", "-9223372036854775809", UNREADABLE), ("plain", "9" * 30, UNREADABLE),
        ("plain", "451.3", UNREADABLE), ("id", "451.3", UNREADABLE), ("id", "1,5", UNREADABLE), ("en", "1.5", UNREADABLE),
        (None, "1.234", UNREADABLE), ("plain", "1e3", "1000"),
    ],
)  # fmt: skip
def test_whole_numbers_have_no_fraction_and_fit_a_bigint(read: Read, numbers: str | None, published: str, expected: str) -> None:
    assert read({"type": "integer", "numbers": numbers}, published) == [expected]


@pytest.mark.parametrize("numbers", ["id", "en", "plain", None])
@pytest.mark.parametrize(
    ("native", "decimal", "integer"),
    [
        ("29324", "29324", "29324"), ("451.3", "451.3", UNREADABLE), ("-7.125", "-7.125", UNREADABLE), ("0.1", "0.1", UNREADABLE),
        ("1.234", "1.234", UNREADABLE), ("258.555", "258.555", UNREADABLE), ("1e+16", "10000000000000000", "10000000000000000"),
        ("1.5e-07", "0.00000015", UNREADABLE), ("nan", UNREADABLE, UNREADABLE), ("inf", UNREADABLE, UNREADABLE),
    ],
)  # fmt: skip
def test_native_figures_are_the_same_under_every_convention(
    read: Read, numbers: str | None, native: str, decimal: str, integer: str
) -> None:
    assert read({"type": "decimal", "numbers": numbers}, native, kind=1) == [decimal]
    assert read({"type": "integer", "numbers": numbers}, native, kind=1) == [integer]


@pytest.mark.parametrize(("native", "kind"), [("2025-01-31", 2), ("2025-01-31T10:00:00", 2), ("true", 3)])
def test_native_dates_and_booleans_are_no_figures(read: Read, native: str, kind: int) -> None:
    assert read({"type": "decimal"}, native, kind=kind) == [UNREADABLE]


TWO_IN_A_CELL = [
    "120\n125",
    "1\r\n234",
    "120\t125",
    "120  125",
    f"120{NBSP}{NBSP}125",
    "120 \n 125",
    "1\u2028234",
    "120\n125\n130",
    "120\n125*",
]


@pytest.mark.parametrize("published", TWO_IN_A_CELL)
@pytest.mark.parametrize("numbers", ["id", "en", "plain", None])
@pytest.mark.parametrize("type_", ["decimal", "integer", "percent", "latitude"])
def test_a_line_break_is_no_space_between_thousands(read: Read, type_: str, numbers: str | None, published: str) -> None:
    """120 and 125 in the lines of one cell became 120125."""
    column = {"type": type_, "numbers": numbers}
    assert read(column, published, "1", flags={"*": "sementara"}) == [UNREADABLE, "1"]
    assert read({**column, "extract": r"^jumlah (.+)$"}, f"jumlah {published}", flags={"*": "sementara"}) == [UNREADABLE]


@pytest.mark.parametrize(
    "published", ["Rp\n12.449", "12.449\n", "12.449 \n*", "12.449\r\n%", f"12{NBSP}449", "12\u202f449", "12\u2009449", "12 449"]
)
def test_a_line_break_that_parts_no_digits_and_one_space_harm_nothing(read: Read, published: str) -> None:
    assert read({"type": "integer", "numbers": "id"}, published, flags={"*": "sementara"}) == ["12449"]


@pytest.mark.parametrize("published", ["77¹", "¹77", "77₂", "~~120~~ 125", "~~120~~125", "~~120~~", "120~~125~~"])
def test_a_figure_with_a_mark_beside_it_is_none(read: Read, published: str) -> None:
    assert read({"type": "decimal", "numbers": "id"}, published) == [UNREADABLE]


def test_a_note_in_small_print_is_the_flag_that_the_contract_names(read: Read) -> None:
    assert read({"type": "integer"}, "77¹)", "77 1)", "771)", "77²)", flags={"1)": "sementara"}) == ["77", "77", "77", UNREADABLE]


def test_a_long_column_of_mixed_notations_is_read_cell_by_cell(read: Read) -> None:
    published = ["1.234,5", "Rp 12.449", None, "", "abc", "7,09%", "12.34.567", "(5)"] * 500
    expected = ["1234.5", "12449", None, None, UNREADABLE, "7.09", UNREADABLE, "-5"] * 500
    assert read({"type": "decimal", "numbers": "id"}, *published) == expected


@pytest.mark.parametrize(
    ("column", "published", "expected"),
    [
        ({"type": "latitude"}, "-6.2727535", "-6.2727535"), ({"type": "longitude"}, "106.810", "106.810"),
        ({"type": "latitude", "numbers": "id"}, "-6,2727535", "-6.2727535"), ({"type": "latitude"}, "-6,27", UNREADABLE),
        ({"type": "latitude"}, "6° 12' 30\" LS", "-6.2083333"), ({"type": "longitude"}, "106°49'BT", "106.8166667"),
        ({"type": "latitude"}, "6°12'30,5\"S", "-6.2084722"), ({"type": "longitude"}, "106° 61' BT", UNREADABLE),
        ({"type": "latitude"}, "6°", UNREADABLE), ({"type": "latitude"}, "-6.27, 106.81", UNREADABLE),
    ],
)  # fmt: skip
def test_coordinates_are_decimal_degrees(read: Read, column: dict[str, object], published: str, expected: str) -> None:
    assert read(column, published) == [expected]
