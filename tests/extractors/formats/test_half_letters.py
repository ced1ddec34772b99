"""Prevents half a letter in a JSON text from being called a fault of the program, or from keeping figures back that it does not touch."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import BadJson
from tests.extractors.formats.test_json import contract
from tests.extractors.reading import read

HALVES = {
    "cell": ('{"d": [{"a": "utuh"}, {"a": "\\ud800x"}]}', r"d\[2\], a: `\\ud800x` memuat separuh huruf"),
    "cell that is an object": ('{"d": [{"a": {"b": "\\udc00"}}]}', r"d\[1\], a: .* memuat separuh huruf"),
    "name of a field": ('{"d": [{"a": "1", "k\\ud800": 1}]}', r"nama bidang: `k\\ud800`"),
    "field outside": ('{"tgl": "\\ud800", "d": [{"a": "1"}]}', r"tgl: `\\ud800`"),
    "key twice": ('{"d": [{"\\ud800": "1", "\\ud800": 2}]}', r'kunci "\\ud800" dua kali'),
}


@pytest.mark.parametrize(("document", "told"), HALVES.values(), ids=HALVES)
def test_half_a_letter_is_the_fault_of_the_file(tmp_path: Path, document: str, told: str) -> None:
    """Fails when a text that nothing can store is called a fault of the program, or the sentence itself cannot be stored."""
    with pytest.raises(BadJson, match=told) as caught:
        read(tmp_path, contract("d.*", "  a: {type: text}\n  tgl: {document: tgl, type: text, optional: true}\n"), document)
    assert caught.value.message.encode()


def test_half_a_letter_that_nobody_reads_costs_nothing(tmp_path: Path) -> None:
    """Fails when a greeting cut inside an emoji keeps an agency's figures back, or whole pairs are taken for halves."""
    document = '{"salam": "\\ud83d", "d": [{"a": "\\ud83d\\ude00", "b": "\\ud83d"}]}'
    assert read(tmp_path, contract("d.*", "  a: {type: text}\n"), document).column("a") == ["\U0001f600"]
