"""Prevents an entry of `checks:` that would judge nothing, judge something else, or break a batch, from passing `source check`."""

from __future__ import annotations

import pytest

from contracts.errors import BrokenContract, ContractProblem
from contracts.load import read_contract
from contracts.rules.surroundings import Surroundings

HEAD = """\
title: Uji
source: {kind: file, url: x.csv}
columns:
  id: {type: text}
  t: {type: text}
  n: {type: integer}
  m: {type: decimal}
  d: {type: date}
  e: {type: date}
  w: {type: timestamp}
  kode: {type: wilayah}
  lat: {type: latitude}
  lon: {type: longitude}
write: snapshot
key: [id]
checks:
"""
GOOD = [
    "{rule: date_order, columns: [d, e]}",
    "{rule: mean_of, column: m, parts: [n, m], tolerance: 1}",
    "{rule: max_of, column: m, parts: [n, m]}",
    "{rule: in_box, latitude: lat, longitude: lon}",
    "{rule: in_box, id: kotak, latitude: lat, longitude: lon, box: {latitude: [-8, -7], longitude: [111, 113]}}",
    '{rule: in_box, id: kota, latitude: lat, longitude: lon, within: "35.71"}',
    "{rule: in_box, id: kolom, latitude: lat, longitude: lon, within: kode}",
    "{rule: axes_swapped, latitude: lat, longitude: lon}",
    "{rule: in_set, column: n, values: ['1', '1.5', '99999999999999999999']}",
    "{rule: in_set, id: hari, column: d, values: [2025-01-31]}",
    "{rule: in_set, id: apa_saja, column: t, values: ['dua', '']}",
    "{rule: junk, columns: [t, n, d]}",
    "{rule: personal_data}",
    "{rule: outlier, column: n}",
    "{rule: outlier, id: dekat, column: m, z: 3.5}",
    '{rule: sql, condition: "n > 2 * m", message: Terlalu mahal}',
    "{rule: sql, id: b, condition: \"d > e and t like 'a%'\", message: Terbalik}",
    "{rule: personal_data, columns: [t, n]}",
]
WRONG = [
    # the check, its key, the words
    ("{rule: date_order, columns: [d]}", "columns", "dua kolom sejenis"),
    ("{rule: date_order, columns: [d, e, d]}", "columns", "dua kolom sejenis"),
    ("{rule: date_order, columns: [d, w]}", "columns", "dua kolom sejenis"),
    ("{rule: date_order, columns: [d, n]}", "columns", "tidak dapat diperiksa oleh date_order"),
    ("{rule: date_order}", "columns", "wajib untuk rule date_order"),
    ("{rule: in_set, column: n, values: ['1', dua]}", "values", "`dua` tidak dapat menjadi isi kolom `n`"),
    ("{rule: in_set, column: m, values: [nan]}", "values", "`nan` tidak dapat menjadi isi"),
    ("{rule: in_set, column: d, values: [2025-01-31, now]}", "values", "YYYY-MM-DD"),
    ("{rule: in_set, column: d, values: [2025-02-30]}", "values", "YYYY-MM-DD"),
    ("{rule: in_set, column: w, values: [kemarin]}", "values", "waktu berbentuk"),
    ("{rule: mean_of, column: m, parts: [t]}", "parts", "tidak dapat diperiksa oleh mean_of"),
    ("{rule: mean_of, column: m}", "parts", "wajib untuk rule mean_of"),
    ("{rule: max_of, column: m, parts: [n], percent: 3}", "percent", "tidak berarti untuk rule max_of"),
    ("{rule: max_of, column: m, parts: [x]}", "parts", "kolom `x` tidak ada"),
    ("{rule: in_box, latitude: lat}", "longitude", "kolom bujur"),
    ("{rule: in_box, latitude: t, longitude: lon}", "latitude", "tidak dapat diperiksa oleh in_box"),
    ("{rule: in_box, latitude: lat, longitude: lon, box: {latitude: [-7, -8], longitude: [111, 113]}}", "box.latitude", "[-8, -7]"),
    ("{rule: in_box, latitude: lat, longitude: lon, box: {latitude: [-8, -7]}}", "box.longitude", "bujur"),
    ("{rule: in_box, latitude: lat, longitude: lon, within: Blitar}", "within", "kode Kemendagri"),
    ("{rule: in_box, latitude: lat, longitude: lon, within: t}", "within", "kode Kemendagri"),
    ("{rule: junk}", "columns", "wajib untuk rule junk"),
    ("{rule: junk, columns: [x]}", "columns", "kolom `x` tidak ada"),
    ("{rule: personal_data, columns: [x]}", "columns", "kolom `x` tidak ada"),
    ("{rule: personal_data, columns: [d]}", "columns", "tidak dapat diperiksa oleh personal_data"),
    ('{rule: sql, condition: "n > 2"}', "message", "wajib untuk rule sql"),
    ("{rule: sql, message: x}", "condition", "wajib untuk rule sql"),
    ('{rule: sql, condition: "x > 2", message: x}', "condition", "kolom `x` tidak ada"),
    ('{rule: sql, condition: "n > t", message: x}', "condition", "memerlukan angka, bukan teks"),
    ('{rule: sql, condition: "n", message: x}', "condition", "memerlukan logika, bukan angka"),
    ('{rule: sql, condition: "true", message: x}', "condition", "tidak menyebut kolom"),
    ("{rule: outlier, column: t}", "column", "tidak dapat diperiksa oleh outlier"),
    ("{rule: outlier, column: n, z: 0}", "z", "terlalu kecil"),
    ("{rule: axes_swapped, latitude: lat, longitude: lon, box: {latitude: [1, 2], longitude: [1, 2]}}", "box", "tidak berarti"),
]


def problems(*checks: str) -> list[ContractProblem]:
    text = HEAD + "".join(f"  - {check}\n" for check in checks)
    try:
        read_contract(text.encode(), "uji.yml", Surroundings())
    except BrokenContract as error:
        return list(error.problems)
    return []


def test_what_each_rule_needs_is_enough() -> None:
    assert problems(*GOOD) == []


@pytest.mark.parametrize(("check", "key", "words"), WRONG, ids=[case[0] for case in WRONG])
def test_says_what_is_wrong_with_a_check_and_what_would_be_right(check: str, key: str, words: str) -> None:
    found = [f"{problem.key}: {problem.problem}. Yang benar: {problem.should_be}" for problem in problems(check)]
    assert [one for one in found if one.startswith(f"checks[1].{key}: ") and words in one], found
    assert len(found) <= 2
