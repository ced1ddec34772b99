"""Prevents a code of a region of another level, or of another code system, from standing where no figure will ever find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import BrokenContract
from contracts.load import read_contract
from contracts.reference_files import check_list
from contracts.rules import Surroundings

GOOD = """\
title: Penduduk
source: {kind: file, url: penduduk.csv}
write: snapshot
key: [kode_wilayah]
columns:
  kecamatan: {type: text}
  kode_wilayah: {from: DESA, type: wilayah, level: desa_kelurahan, within: kecamatan}
  jiwa: {type: integer}
"""
NAMED = "columns.kode_wilayah"


@pytest.mark.parametrize(
    ("row", "key", "told"),
    [
        ("35.71,,provinsi", "kode", "`35.71` sepanjang kode kabupaten/kota, bukan kode Kemendagri provinsi"),
        ("35.71.01,357101,kecamatan", "kode_bps", "`357101` berbentuk kode Kemendagri, bukan kode BPS kecamatan"),
        ("3571010,,kecamatan", "kode", "`3571010` berbentuk kode BPS, bukan kode Kemendagri kecamatan"),
        ("35.71.01.1001,3571010,desa_kelurahan", "kode_bps", "`3571010` sepanjang kode kecamatan, bukan kode BPS desa/kelurahan"),
        ("35.71.01.1001,35710100,desa_kelurahan", "kode_bps", "`35710100` bukan kode BPS desa/kelurahan"),
        ("357101,,kecamatan", "kode", "`357101` tanpa titik"),
    ],
)
def test_a_region_whose_code_is_as_long_as_that_of_another_level_is_told(tmp_path: Path, row: str, key: str, told: str) -> None:
    """Else the rows that an agency adds of its own villages are found by no figure of theirs, or by those of others."""
    path = tmp_path / "wilayah.csv"
    path.write_text(f"kode,kode_bps,level,nama\n35,35,provinsi,Jawa Timur\n{row},Mojoroto\n")
    with pytest.raises(BrokenContract) as caught:
        check_list(path)
    assert [(one.line, one.key, one.problem) for one in caught.value.problems] == [(3, key, told)]


@pytest.mark.parametrize(
    ("part", "into", "key", "told"),
    [
        ("within: kecamatan", 'within: "3505010"', "within", "`3505010` (bukan kode Kemendagri) tidak dapat memuat desa/kelurahan"),
        (
            "desa_kelurahan, within: kecamatan",
            "kecamatan, within: 35.05.01.2001",
            "within",
            "`35.05.01.2001` (kode desa/kelurahan) tidak dapat memuat kecamatan",
        ),
        (
            "desa_kelurahan, within: kecamatan",
            'provinsi, within: "35.05"',
            "within",
            "`35.05` (kode kabupaten/kota) tidak dapat memuat provinsi",
        ),
        ("from: DESA", "parts: [PROV, KAB]", "parts", "kode desa/kelurahan tersusun dari 4 bagian, bukan 2"),
        ("from: DESA", 'value: "35.05.01"', "value", "`35.05.01` sepanjang kode kecamatan, bukan kode Kemendagri desa/kelurahan"),
        (
            "from: DESA",
            "from: DESA, system: bps, in: [35.71.01.1001]",
            "in[1]",
            "`35.71.01.1001` berbentuk kode Kemendagri, bukan kode BPS desa/kelurahan",
        ),
        (
            "from: DESA",
            'from: DESA, system: bps, codes: {Bujel: "3571010"}',
            "codes.Bujel",
            "`3571010` sepanjang kode kecamatan, bukan kode BPS desa/kelurahan",
        ),
    ],
)
def test_a_code_of_another_level_than_its_column_states_is_named(part: str, into: str, key: str, told: str) -> None:
    with pytest.raises(BrokenContract) as caught:
        read_contract(GOOD.replace(part, into).encode(), "penduduk.yml", Surroundings())
    assert [(one.line, one.key, one.problem) for one in caught.value.problems] == [(7, f"{NAMED}.{key}", told)]


@pytest.mark.parametrize(
    ("part", "into"),
    [
        ("within: kecamatan", "within: kecamatan"),
        ("within: kecamatan", 'within: "35.71"'),
        ("within: kecamatan", 'within: "357101"'),
        ("from: DESA", "parts: [PROV, KAB, KEC, DESA]"),
        ("from: DESA", "from: DESA, in: [35.71.01.1001, Bujel]"),
        ("from: DESA", 'from: DESA, system: bps, codes: {Bujel: "3571010001"}'),
        ("from: DESA", "from: DESA, system: dapodik, in: [056300]"),
    ],
)
def test_a_code_of_the_level_is_as_good_as_a_name(part: str, into: str) -> None:
    read_contract(GOOD.replace(part, into).encode(), "penduduk.yml", Surroundings())
