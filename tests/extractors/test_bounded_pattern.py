"""A pattern that is let through is not run on a text so long that the search could take minutes: the text is an agency's."""

from __future__ import annotations

import pytest

from contracts.regex_risk import LONG_ENOUGH, longest_text
from extractors.bounded_pattern import BoundedPattern

LONGEST_CELL = 10_000_000


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"[a-z]+$", "a" * LONGEST_CELL + "!"),
        (r"(.+) > (.+) > (.+)", "> a " * (LONGEST_CELL // 4)),
        (r"^(.+?) +(?:Kabupaten|Kota) ", " a" * (LONGEST_CELL // 2)),
        (r"(.{15,}), (.{15,}), (.{15,}):", ", " * 499 + "!"),
        (r"^\w{20,}\s?\w{20,}\s?\w{20,}:", "a" * 1_000),
    ],
)
def test_a_text_beyond_the_measure_of_a_pattern_does_not_match(pattern: str, text: str) -> None:
    """Each of these takes days in Python's engine, which nothing can interrupt."""
    assert BoundedPattern(pattern).search(text) is None
    assert longest_text(pattern) >= LONG_ENOUGH


def test_a_pattern_of_one_way_reads_texts_of_any_length() -> None:
    """A measure for all patterns alike would lose the year of a long note."""
    match = BoundedPattern(r"^Tahun (\d{4})").search("TAHUN 2024 " + "x" * LONGEST_CELL)
    assert match
    assert match[1] == "2024"
