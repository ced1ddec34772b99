"""Prevents a source from being wired into the code: agencies, their files and their headers stand in contracts, where a data engineer
can change them, and in tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CODE = ("contracts", "warehouse", "extractors", "expectations", "satudata", "dags", "dbt_project")
AGENCIES = (
    "siskaperbapo", "pihps", "bapanas", "panelharga", "panel harga", "bandar ?lampung", "tanjung ?karang", "pesisir ?barat", "sidoarjo",
    "muara ?enim", "garut", "maluku", "jabar", "jawa barat", "dki", "gulkarmat", "dpmdes", "perindustrian", "disdukcapil", "dukcapil", "goid",
)  # fmt: skip
GENERIC = {
    "bulan", "harga", "harga (rp)", "jumlah", "kecamatan", "key", "komoditas", "latitude", "level", "longitude", "name", "nilai", "no",
    "pasar", "provinsi", "satuan", "show", "status", "tahun", "tahun_label", "tanggal", "title", "value", "wilayah", "alamat", "id",
    "jenis_kelamin", "updated_at", "uuid", "slug", "golongan", "pendidikan", "created", "judul", "penduduk", "turtahun", "turvar", "var",
    "vervar", "kotamadya", "turtahun_label", "turvar_label", "vervar_label", "var_label", "kelurahan", "desa", "kode_wilayah", "column", "tempat",
    "kode_provinsi", "nama_provinsi", "kode_kabupaten_kota", "nama_kabupaten_kota", "nama_kecamatan", "nama_kelurahan", "kode_dssd",
}  # fmt: skip
"""Words of the language, of open standards (CKAN, BPS WebAPI) and of our own dimensions, not anyone's header alone."""


def code() -> Iterator[Path]:
    """Every file of code; YAML and CSV are data."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".sql", ".html", ".js", ".css") and not {"target", "logs", "__pycache__"} & set(path.parts):
                yield path


def headers() -> set[str]:
    """Headers of the published files, as the contracts for them name them."""
    found: set[str] = set()
    for path in (ROOT / "tests" / "contracts").glob("*.yml"):
        contract = yaml.load(path.read_text(), yaml.BaseLoader)
        found |= set(contract.get("ignore", []))
        for column in contract["columns"].values():
            origin = column.get("from", [])
            found |= set([origin] if isinstance(origin, str) else origin) | set(column.get("parts", []))
    return {header.strip() for header in found if header.strip().lower() not in GENERIC and len(header) > 2}


def occurrences(names: set[str], *, patterns: bool = False) -> list[str]:
    wanted = "|".join(sorted((name if patterns else re.escape(name) for name in names), key=len, reverse=True))
    search = re.compile(rf"(?<![\w-])(?:{wanted})(?![\w-])", re.IGNORECASE)
    hits = []
    for path in code():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            hits += [f"{path.relative_to(ROOT)}:{number}: {match[0]}" for match in search.finditer(line)]
    return hits


def test_the_search_reads_the_code_and_knows_the_headers() -> None:
    assert len(list(code())) > 100
    assert {"JUMLAH INDIVIDU", "bps_kode_desa_kelurahan", "Kota / Kelurahan"} <= headers()


def test_no_agency_is_named_in_code() -> None:
    assert occurrences(set(AGENCIES), patterns=True) == []


def test_no_header_of_a_published_file_is_named_in_code() -> None:
    assert occurrences(headers()) == []


@pytest.mark.real_file
def test_no_published_file_is_named_in_code(shared: Path) -> None:
    names = {path.name for path in (shared / "data").rglob("*") if path.is_file() and path.name != "README.md"}
    assert occurrences(names | {name.rsplit(".", 1)[0] for name in names}) == []
