"""Prevents the benchmark from fooling us: damage that is none, damage in another row than it says, and injectors that share our misreadings."""

from __future__ import annotations

import ast
import csv
import io
import json
import random
from pathlib import Path

import pytest

from bench.corruption.case import Case
from bench.corruption.delimited import read_delimited
from bench.corruption.document import Document, NotApplicable, Roles
from bench.corruption.json_shapes import read_cube, read_leaves, read_records
from bench.corruption.kinds import KINDS, Kind
from bench.corruption.workbook import cells_of, read_table, saved
from bench.quality.meant import MEANT
from bench.quality.trial import same_place

CORRUPTION = Path(__file__).parents[2] / "bench" / "corruption"
OURS = {"contracts", "warehouse", "extractors", "expectations", "satudata", "samples", "dags"}
LINES = ["kode,kecamatan,jenis,tanggal,pria,wanita,jumlah"] + [
    f"61.05.{n:02d},Kecamatan {'abcdefghijklmnopqrstuvwxyz'[n]},{'ADA' if n % 2 else 'TIDAK'},{n:02d}/03/2023,{100 + n}.5,{200 + 2 * n}.5,{301 + 3 * n}.0"
    for n in range(1, 21)
]
BYTES = ("\r\n".join(LINES) + "\r\n").encode()
ROLES = Roles(
    figure="jumlah", decimals=True, texts=["kecamatan"], region="kode", codes=True, day="tanggal", day_format="%d/%m/%Y", category="jenis",
    parts=["pria", "wanita"], identity=["kode"],
)  # fmt: skip
POINTS = Roles(latitude="lintang", longitude="bujur")


def case(document: Document, roles: Roles = ROLES, count: int = 2) -> Case:
    before = read_delimited(BYTES.replace(b".0\r\n", b".1\r\n"))
    return Case(document, roles, random.Random(7), count, before)


def named(kind: Kind) -> list[str]:
    return [f"{kind.name}: {variant}" for variant in kind.variants or ()]


def test_injectors_know_nothing_of_the_product() -> None:
    imported = {
        (alias.name if isinstance(node, ast.Import) else node.module or "").split(".")[0]
        for path in CORRUPTION.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported & OURS == set()
    assert {name for path in CORRUPTION.glob("*.py") for name in [path.read_text()] if "from bench.quality" in name} == set()


def test_what_is_not_hurt_keeps_its_bytes() -> None:
    document = read_delimited(BYTES)
    assert document.render() == (BYTES, [])
    document.rows[4].cells[6] = "1"
    after = document.render()[0].split(b"\r\n")
    assert [n for n, (old, new) in enumerate(zip(BYTES.split(b"\r\n"), after, strict=True)) if old != new] == [5]


@pytest.mark.parametrize("label", [label for kind in KINDS if kind.rows for label in named(kind) if kind.name != "koordinat_salah"])
def test_a_row_kind_hurts_the_rows_it_names_and_no_others(label: str) -> None:
    name, variant = label.split(": ")
    document, kind = read_delimited(BYTES), next(kind for kind in KINDS if kind.name == name)
    assert kind.variants
    try:
        kind.variants[variant](case(document))
    except NotApplicable:
        assert variant in ("ejaan lain", "wilayah di luar daftar", "kode alih-alih nama")  # of publishers that write names
        return
    data, places = document.render()
    lines = list(csv.reader(io.StringIO(data.decode())))
    known = [next(csv.reader([line])) for line in LINES]
    strange = {f"baris {number}" for number, line in enumerate(lines, start=1) if line not in known}
    assert places
    assert strange <= set(places)
    twins = 1 if name in ("baris_bertentangan",) else 0  # of two rivals the published one is in doubt too
    assert len(set(places) - strange) <= twins * len(places)


@pytest.mark.parametrize("label", [label for kind in KINDS if not kind.rows for label in named(kind)])
def test_a_file_kind_changes_the_file(label: str) -> None:
    name, variant = label.split(": ")
    document, kind = read_delimited(BYTES), next(kind for kind in KINDS if kind.name == name)
    assert kind.variants
    try:
        kind.variants[variant](case(document))
    except NotApplicable:
        assert name in ("pemisah_ribuan_hilang",)
        return
    assert document.render()[0] != BYTES


@pytest.mark.parametrize("label", [f"{kind.name}: {variant}" for kind in KINDS for variant in kind.bytes_variants or ()])
def test_a_kind_of_bytes_changes_them(label: str) -> None:
    name, variant = label.split(": ")
    kind = next(kind for kind in KINDS if kind.name == name)
    assert kind.bytes_variants
    assert kind.bytes_variants[variant](BYTES, random.Random(1)) != BYTES


def test_swapped_axes_are_swapped() -> None:
    document = read_delimited(b"nama,lintang,bujur\na,-6.2,106.8\nb,-6.3,106.9\n")
    next(kind for kind in KINDS if kind.name == "koordinat_salah").variants["tertukar"](case(document, POINTS, 1))  # type: ignore[index]
    data, places = document.render()
    assert len(places) == 1
    assert [line for line in data.decode().split("\n")[1:3] if line.split(",")[2].startswith("-")] == [
        data.decode().split("\n")[int(places[0].split()[1]) - 1]
    ]


def test_every_kind_has_three_variants_and_rules_meant_for_it() -> None:
    assert [kind.name for kind in KINDS if len({**(kind.variants or {}), **(kind.bytes_variants or {})}) < 3] == []
    assert [name for name, rules in MEANT.items() if not rules] == []


def test_documents_of_other_formats_come_back_whole() -> None:
    book = saved("Data", [["a", "b"], [1, "x"], [2.5, None]])
    assert cells_of(read_table(book).render()[0]) == cells_of(book)
    cube = {"source": "s", "commodities": {"Beras": {"columns": ["A", "B"], "prices": {"2018-01-01": [1, 2], "2018-01-02": [3, 4]}}}}
    assert json.loads(read_cube(json.dumps(cube).encode()).render()[0]) == cube
    leaves = {"date": "2018-01-01", "Beras": {"A": 1, "B": 2}}
    assert json.loads(read_leaves(json.dumps(leaves).encode()).render()[0]) == leaves
    records = [{"a": "1", "b": None}, {"a": "2", "b": "x"}]
    assert json.loads(read_records(json.dumps(records).encode()).render()[0]) == records


def test_a_place_is_found_whatever_stands_around_it() -> None:
    assert same_place("Sheet1 baris 12 kolom 03/ 01/ 2022", "baris 12")
    assert same_place("commodities.Beras.prices.2018-01-01[2]", "commodities.Beras.prices.2018-01-01[2]")
    assert not same_place("baris 123", "baris 12")
