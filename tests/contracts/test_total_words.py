"""Prevents a region whose name sounds like a total from being taken for one: its figures would vanish without a word."""

from __future__ import annotations

import csv
from pathlib import Path

from contracts.total_words import PARTIAL, WHOLE, total_words

REGIONS = Path(__file__).parents[2] / "sources" / "references" / "wilayah.csv"


def test_no_region_of_the_country_is_a_total() -> None:
    with REGIONS.open(encoding="utf-8") as file:
        names = [text for row in csv.DictReader(file) for text in row.values() if text]
    assert len(names) > 1000
    assert [name for name in names if total_words(name)] == []


def test_the_plain_words_are_labels_themselves() -> None:
    """Rules are asked about these words: one that is no label would take nothing."""
    assert {total_words(word) for word in WHOLE} == {WHOLE}
    assert {total_words(word) for word in PARTIAL} == {PARTIAL}
