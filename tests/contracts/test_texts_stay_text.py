"""YAML's guesses about scalars have broken region codes and headers in every tool that trusted them; here a scalar stays what was written."""

from __future__ import annotations

import pytest

from contracts.load import read_contract
from contracts.models.contract import Contract
from contracts.rules import Surroundings
from contracts.yaml_tree import read_tree


def contract(columns: str, more: str = "") -> Contract:
    text = f"title: x\nsource: {{kind: inbox}}\ncolumns:\n{columns}\nwrite: snapshot\nkey: [a]\n{more}"
    return read_contract(text.encode(), "x.yml", Surroundings())


@pytest.mark.parametrize("header", ["NO", "Yes", "null", "~", "2023", "1e3", "0x1F", "12:30", "2023-01-31", ".5", "TRUE"])
def test_a_header_that_yaml_would_read_as_something_else_stays_text(header: str) -> None:
    assert contract(f"  a: {{from: {header}, type: text}}").columns["a"].from_ == (header,)


@pytest.mark.parametrize("code", ["61.10", "08", "35.71.01.1001", "3571"])
def test_a_code_keeps_its_zeros(code: str) -> None:
    assert contract(f"  a: {{type: wilayah, within: {code}}}").columns["a"].within == code


def test_numbers_and_booleans_are_read_where_the_language_wants_them() -> None:
    found = contract("  a: {type: integer, required: yes, range: [1, null]}", "guards: {min_share: 0.25, of_last: 3}\n")
    assert (found.columns["a"].required, found.columns["a"].range) == (True, (1.0, None))
    assert (found.guards.min_share, found.guards.of_last, found.guards.max_quarantined) == (0.25, 3, 0.05)


def test_one_text_and_a_list_of_texts_are_the_same() -> None:
    assert contract("  a: {from: A, type: text}").columns == contract("  a: {from: [A], type: text}").columns


def test_a_sign_that_is_empty_or_a_tilde_is_a_sign() -> None:
    assert contract("  a: {type: text}", 'missing: ["-", "~", ""]\n').missing == ("-", "~", "")


def test_places_count_lines_from_one_and_elements_from_one() -> None:
    tree = read_tree(b"a:\n  - x\n  -\n    b: {c: 1}\n")
    assert tree.place(("a", 1, "b", "c")) == (4, "a[2].b.c")
    assert tree.place(("a", 7, "b")) == (1, "a[8].b")
