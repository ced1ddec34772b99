"""Prevents a small count from being told by figures that bear another name: its sisters below the same total, and a rate made of it; under any threshold."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from contracts.references import SHIPPED, regions_within
from satudata.transform import transform
from tests.conform.conftest import PEMDA, Gudang, tahun
from tests.privacy.attacker import Cell, Seen, found_out

DAY = date(2026, 6, 2)
SEED = 20260602
LIMITS = {"kediri": 10, "serang": 3}
PARTS = {"": "penduduk", "jenis_kelamin=laki_laki": "penduduk_laki_laki", "jenis_kelamin=perempuan": "penduduk_perempuan"}
POOR, RATE = "penduduk_miskin", "persentase_penduduk_miskin"
COUNTS = """concept: indikator
period: {{column: tahun, grain: tahun}}
key: [kode_wilayah, tahun]
columns:
  kode_wilayah: {{type: wilayah, level: {level}, within: "{within}"}}
  tahun: {{type: period, format: YYYY}}
  penduduk: {{type: integer, unit: jiwa, indikator: penduduk}}
  laki: {{type: integer, unit: jiwa, indikator: penduduk_laki_laki}}
  perempuan: {{type: integer, unit: jiwa, indikator: penduduk_perempuan}}
  miskin: {{type: integer, unit: jiwa, indikator: penduduk_miskin}}
  persen: {{type: decimal, unit: persen, indikator: persentase_penduduk_miskin}}
"""
Row = dict[str, Any]


def drawn(folder: str) -> Iterator[Row]:
    """What every kelurahan counts, many of it small, and what its kecamatan and the city come to."""
    dice, code = random.Random(f"{SEED}{folder}"), PEMDA[folder][0]
    leaves = {
        place: (dice.randint(200, 900), dice.choice([1, 2, 4, 7, 9, 40, 300, 500]), dice.choice([0, 2, 4, 8, 30, 60]))
        for place in regions_within(code, "desa_kelurahan")
    }
    for place in (*leaves, *regions_within(code, "kecamatan"), code):
        men, women, poor = (
            sum(figures) for figures in zip(*(those for leaf, those in leaves.items() if leaf.startswith(place)), strict=True)
        )
        rate = round(100 * poor / (men + women), 3)
        yield {
            "kode_wilayah": place,
            "penduduk": men + women,
            "laki": men,
            "perempuan": women,
            "miskin": poor,
            "persen": rate,
            **tahun(2025),
        }


def published(gudang: Gudang, folder: str, indikator: str) -> tuple[dict[str, int], set[str]]:
    """Region -> the true figure, and the regions whose figure nobody but agencies sees."""
    query = f"""select w.kode_wilayah, f.nilai{{}} from {{}}.fct_indikator f join mart.dim_wilayah w using (wilayah_key)
                join mart.dim_indikator i using (indikator_key) where i.kode_indikator = '{indikator}' and w.kode_wilayah like '{PEMDA[folder][0]}%'"""
    true = {code: float(nilai) for code, nilai in gudang.rows(query.format("", "mart_instansi"), "bi_instansi")}
    return true, {code for code, is_missing in gudang.rows(query.format(" is null", "mart")) if is_missing}


def seen(gudang: Gudang, folder: str) -> Seen:
    """The population of a city as everybody reads it: three indicators, of which two are the parts of the third."""
    figures: dict[Cell, int] = {}
    hidden: set[Cell] = set()
    for part, indikator in PARTS.items():
        true, missing = published(gudang, folder, indikator)
        figures |= {(code, part): int(figure) for code, figure in true.items()}
        hidden |= {(code, part) for code in missing}
    return Seen(figures, frozenset(hidden))


@pytest.fixture
def counted(gudang: Gudang) -> Gudang:
    """Two cities with thresholds of their own, each level of which is a dataset."""
    for folder, limit in LIMITS.items():
        code, nama = PEMDA[folder]
        (gudang.sources / folder / "pemda.yml").write_text(f'kode: "{code}"\nnama: {nama}\nbatas_sensor: {limit}\n')
        rows = list(drawn(folder))
        for level, length in (("desa_kelurahan", 13), ("kecamatan", 8), ("kabupaten_kota", 5)):
            gudang.contract(f"{folder}.bps.{level}", COUNTS.format(level=level, within=code))
            gudang.accept(f"{folder}.bps.{level}", [row for row in rows if len(row["kode_wilayah"]) == length])
    return gudang


def test_parts_under_names_of_their_own_and_rates_tell_nothing(counted: Gudang) -> None:
    """Few women are not told by the men and the total, nor few poor by their share; what is small is said by each pemda for itself."""
    transform(DAY)
    for folder, limit in LIMITS.items():
        public = seen(counted, folder)
        small = {cell for cell, figure in public.figures.items() if 0 < figure < limit}
        assert small
        assert small <= public.hidden
        assert not found_out(public)
        poor, hidden = published(counted, folder, POOR)
        assert {code for code, figure in poor.items() if 0 < figure < limit} <= hidden
        assert not found_out(Seen({(code, ""): int(figure) for code, figure in poor.items()}, frozenset((code, "") for code in hidden)))
        assert published(counted, folder, RATE)[1] == hidden
        assert hidden < set(poor)
    public = seen(counted, "serang")
    shown = {figure for cell, figure in public.figures.items() if cell not in public.hidden}
    assert any(LIMITS["serang"] <= figure < LIMITS["kediri"] for figure in shown)  # what Kediri would hide


def test_without_the_relation_the_parts_tell_each_other(counted: Gudang) -> None:
    """The test above can fail: where the list says nothing of men and women, each of them is hidden for itself, and the total gives it away."""
    own = counted.sources / "references"
    shutil.copytree(SHIPPED / "references", own)
    kept = [line for line in (own / "sensor.csv").read_text().splitlines() if ",bagian," not in line and ",turunan," not in line]
    (own / "sensor.csv").write_text("\n".join(kept) + "\n")
    transform(DAY)
    assert found_out(seen(counted, "kediri"))
    assert published(counted, "kediri", POOR)[1]
    assert not published(counted, "kediri", RATE)[1]
