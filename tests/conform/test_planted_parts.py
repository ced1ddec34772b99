"""Exactly the planted contradictions of parts and totals are found: seeded random figures of desa, kecamatan and city, within and beyond the tolerance."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
import yaml

from contracts.references import reference_codes, regions_within
from tests.conform.conftest import PEMDA, Gudang, tahun
from tests.conform.disputed import OPD, STANDARD
from tests.conform.test_across import judge, pins

ANGKA = """concept: indikator
period: {{column: tahun, grain: tahun}}
key: [kode_wilayah, kode_indikator, tahun]
columns:
  kode_wilayah: {{type: wilayah, level: {level}, within: "{within}"}}
  kode_indikator: {{type: code, reference: indikator}}
  tahun: {{type: period, format: YYYY}}
  nilai: {{type: decimal, unit: {unit}}}
"""
TOLERANCE = Decimal("0.01")
"""Of the total that is stated."""
KINDS = ("tepat", "dalam", "lewat", "kurang", "diam", "diam_kurang")
"""Of a kecamatan: it says the sum, as much else as is let pass, one person more than that, or the sum though a desa is missing; or nothing, with or without
all desa."""
Found = dict[tuple[str, str, str], str]
"""Dataset, publisher and indicator -> outcome; nothing of what cannot be compared."""


@dataclass
class City:
    """What a city's desa, kecamatan and the city itself say, and what is to be found in it."""

    folder: str
    draw: random.Random
    desa: list[dict[str, Any]] = field(default_factory=list)
    kecamatan: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    kota: list[dict[str, Any]] = field(default_factory=list)
    expected: Found = field(default_factory=dict)

    def plant(self, indikator: str) -> None:
        """Figures of one indicator, of all three levels."""
        code = PEMDA[self.folder][0]
        parts = [self._kecamatan(place, indikator) for place in regions_within(code, "kecamatan")]
        known = [part for part in parts if part is not None]
        rounded, kind = Decimal(round(sum(known) / 100)) / 10, self.draw.choice(["bulat", "lewat"])
        self.kota.append(angka(code, indikator, rounded if kind == "bulat" else rounded + self.draw.choice([-1, 1]) * Decimal("0.2")))
        if len(known) == len(parts):
            self.expected[f"{self.folder}.bps.kota", "", indikator] = "pass" if kind == "bulat" else "fail"

    def _kecamatan(self, place: str, indikator: str) -> int | None:
        """What it comes to as a part of the city; None where nobody knows."""
        figures = {desa: self.draw.randrange(50, 9_000) for desa in regions_within(place, "desa_kelurahan")}
        (kind,), sign = self.draw.choices(KINDS, (2, 3, 3, 3, 2, 1)), self.draw.choice([-1, 1])
        figures[max(figures)] += -sum(figures.values()) % (100 - sign)  # so that the tolerance is a whole number of persons
        total = sum(figures.values())
        if kind.endswith("kurang"):
            figures.pop(self.draw.choice(list(figures)))
        self.desa += [angka(desa, indikator, figure) for desa, figure in figures.items()]
        if kind.startswith("diam"):
            return total if kind == "diam" else None
        stated = {"tepat": total, "kurang": total}.get(kind) or apart(total, sign, kind == "lewat")
        self.kecamatan.setdefault(place, []).append(angka(place, indikator, stated))
        if kind != "kurang":
            self.expected[f"{self.folder}.kecamatan.rekap", place, indikator] = "fail" if kind == "lewat" else "pass"
        return stated


def apart(total: int, sign: int, is_beyond: bool) -> int:
    """The figure that is as far from the sum as the tolerance lets pass; or the next one, which is further."""
    stated = total * 100 // (100 - sign)
    assert abs(stated - total) == TOLERANCE * stated
    return stated + sign * is_beyond


def angka(place: str, indikator: str, nilai: object) -> dict[str, Any]:
    """One figure."""
    return {"kode_wilayah": place, "kode_indikator": indikator, "nilai": Decimal(str(nilai)), **tahun(2025)}


def write_contracts(gudang: Gudang, folder: str) -> None:
    """One agency knows the desa, each kecamatan hands in its own total, and a third counts the city in thousands with one digit."""
    item = {"kode": "rekap", "nama": "Rekap", **STANDARD, "produsen_data": "kecamatan", "rekonsiliasi": {"tolerance": str(TOLERANCE)}}
    (gudang.sources / folder / "daftar_data.yml").write_text(yaml.safe_dump([item]))
    (gudang.sources / folder / "opd.yml").write_text(yaml.safe_dump(OPD))
    within = PEMDA[folder][0]
    gudang.contract(f"{folder}.dkp.desa", ANGKA.format(level="desa_kelurahan", within=within, unit="jiwa"))
    rekap = ANGKA.format(level="kecamatan", within=within, unit="jiwa") + "item: [rekap]\nfor_each: kecamatan\n"
    gudang.contract(f"{folder}.kecamatan.rekap", rekap)
    path = gudang.sources / folder / "kecamatan" / "rekap.yml"
    path.write_text(path.read_text().replace("berkas.csv", "{penerbit}.csv"))
    gudang.contract(f"{folder}.bps.kota", ANGKA.format(level="kabupaten_kota", within=within, unit="ribu jiwa"))


def found(gudang: Gudang) -> Found:
    """What was judged, and how."""
    query = "select dataset, penerbit, rule_id, outcome from ops.check_result where scope = 'lintas'"
    return {(dataset, penerbit, rule.removeprefix("parts.")): outcome for dataset, penerbit, rule, outcome in gudang.rows(query, "loader")}


@pytest.mark.parametrize("seed", [20260601, 20260602])
def test_exactly_the_planted_contradictions_are_found(gudang: Gudang, seed: int) -> None:
    """No total is blamed whose parts are not all there, and none passes that is one person beyond the tolerance; whoever is wrong is held, and nobody else."""
    expected: Found = {}
    indicators = reference_codes("indikator", ukuran="Jumlah", satuan="jiwa")
    for folder in ("serang", "kediri"):
        city = City(folder, random.Random(f"{seed}{folder}"))
        write_contracts(gudang, folder)
        for indikator in indicators:
            city.plant(indikator)
        gudang.accept(f"{folder}.dkp.desa", city.desa)
        for place, rows in city.kecamatan.items():
            gudang.accept(f"{folder}.kecamatan.rekap", rows, penerbit=place)
        gudang.accept(f"{folder}.bps.kota", city.kota)
        expected |= city.expected
    judge(gudang)
    assert found(gudang) == expected
    assert set(pins(gudang)) == {(dataset, penerbit) for (dataset, penerbit, _), outcome in expected.items() if outcome == "fail"}
    _every_kind_was_there(expected)


def _every_kind_was_there(expected: Mapping[tuple[str, str, str], str]) -> None:
    """Else the draw has become too small to say anything."""
    for level in ("rekap", "kota"):
        assert {outcome for (dataset, *_), outcome in expected.items() if dataset.endswith(level)} == {"pass", "fail"}
