"""Exactly what was planted is found: seeded random figures of several agencies, in several units, rounded, within the tolerance, and really different."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from contracts.references import reference_rows
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.disputed import harga, penduduk, stok, write_registry

DAY = date(2026, 6, 2)
CENT = Decimal("0.01")
Objek = tuple[str, str, str, str]
"""Fact, code, region, first day."""
STATUS = {"sama": "sama", "pembulatan": "pembulatan", "beda": "ditahan", "beda_bulat": "ditahan"}


def places(level: str, within: str) -> list[str]:
    return [row["kode"] for row in reference_rows("wilayah") if row["level"] == level and row["kode"].startswith(within)]


def planted(draw: random.Random) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(class, one agency's figure, the other's): equal, equal at the coarser one's published digits, and really different by as little as a cent."""
    while True:
        a = Decimal(draw.randrange(1_000, 50_000)) * CENT
        unit = Decimal(draw.choice(["0.1", "1"]))
        kind, coarse = draw.choice(["sama", "pembulatan", "beda", "beda_bulat"]), a.quantize(unit, ROUND_HALF_EVEN)
        if kind == "sama":
            yield kind, a, a
        elif kind == "pembulatan" and coarse != a:
            yield kind, *draw.sample([a, coarse], 2)
        elif kind == "beda":
            yield kind, a, a + draw.choice([-1, 1]) * draw.randrange(1, 900) * CENT
        elif kind == "beda_bulat":
            yield kind, a, coarse + draw.choice([-2, 2]) * unit


@pytest.mark.parametrize("seed", [20260601])
def test_exactly_the_planted_conflicts_are_found(gudang: Gudang, seed: int) -> None:
    """Every class over hundreds of objects, three facts and up to three agencies, after conversion from tons and thousands: no conflict more, none fewer."""
    draw, expected = random.Random(seed), {}
    write_registry(gudang)
    figures, ours, theirs, reports = planted(draw), [], [], 0
    for kecamatan in places("kecamatan", "61.05"):
        own = []
        for komoditas, code in (("Beras", "beras"), ("Gula Pasir", "gula"), ("Kedelai", "kedelai"), ("Bawang Merah", "bawang_merah")):
            kind, a, b = next(figures)
            third = draw.choice([None, None, a, a + 7])
            expected["neraca_pangan", code, kecamatan, "2026-06-01"] = status = "ditahan" if third == a + 7 else STATUS[kind]
            reports += (2 if third is None else 3) * (status == "ditahan")
            ours.append(stok(kecamatan, f"{a:f}", komoditas))
            theirs.append(stok(kecamatan, f"{b:f}", komoditas, diambil="2026-05-30T00:00:00Z"))
            own += [] if third is None else [stok(kecamatan, f"{third:f}", komoditas)]
        if own:
            gudang.accept("sintang.kecamatan.stok", own, penerbit=kecamatan)
    gudang.accept("sintang.dkp.stok", ours)
    gudang.accept("sintang.bulog.stok", theirs)
    expected |= people(gudang, draw) | prices(gudang, draw)
    transform(DAY)
    unknown = set(gudang.rows("select published from ops.unmapped_code", "owner"))
    assert not unknown
    found = {
        (fakta, kode, wilayah, mulai): status
        for fakta, kode, wilayah, mulai, status in gudang.rows(
            "select fakta, kode_objek, kode_wilayah, mulai::text, status from kandidat.rujuk_silang", "owner"
        )
    }
    assert found == expected
    conflicts = set(gudang.rows("select fakta, kode_objek, kode_wilayah, mulai::text from ops.conflict where state = 'terbuka'", "owner"))
    assert conflicts == {objek for objek, status in expected.items() if status in ("ditahan", "kebijakan")}
    assert 20 < len(conflicts) < len(expected) - 20
    # All figures of each conflict, and nothing of a held one among what is published: nothing was released before.
    assert gudang.value("select count(*) from quality.konflik_angka", "owner") == reports + 2 * sum(
        objek[0] != "neraca_pangan" for objek in conflicts
    )
    assert gudang.rows("select distinct nilai_ton is null from mart.fct_neraca_pangan where status_rekonsiliasi = 'ditahan'") == [(True,)]
    assert gudang.rows("select count(*) from mart.fct_neraca_pangan where status_rekonsiliasi <> 'ditahan' and nilai_ton is null") == [(0,)]


def prices(gudang: Gudang, draw: random.Random) -> dict[Objek, str]:
    """One agency per kilogram, the other per ton; apart by less than what daftar_data.yml lets pass, or by more."""
    expected, ours, theirs = {}, [], []
    for day in (f"2026-05-{number:02}" for number in range(1, 16)):
        for komoditas, code in (("Beras Medium", "beras_medium"), ("Gula Pasir", "gula")):
            number, kind = draw.randrange(100, 900) * 100, draw.choice(["sama", "pembulatan", "kebijakan"])
            permille = {"sama": 0, "pembulatan": draw.randrange(1, 10), "kebijakan": draw.randrange(12, 300)}[kind] * draw.choice([-1, 1])
            expected["harga_komoditas", code, "61.05", day] = kind
            ours.append(harga(komoditas, number, day))
            theirs.append(harga(komoditas, number * (1000 + permille), day))
    gudang.accept("sintang.disdagin.harga", ours)
    gudang.accept("sintang.dkp.harga", theirs)
    return expected


def people(gudang: Gudang, draw: random.Random) -> dict[Objek, str]:
    """One agency counts people, the other thousands of them with one digit, two, or three behind the comma."""
    expected, ours, theirs = {}, [], []
    for kelurahan in places("desa_kelurahan", "36.73"):
        number, digits = draw.randrange(1_000, 30_000), draw.choice([1, 2, 3])
        rounded = (Decimal(number) / 1000).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
        kind = draw.choice(["gleich", "beda"])
        stated = rounded if kind == "gleich" else rounded + draw.choice([-2, 2]) * Decimal(1).scaleb(-digits)
        status = "ditahan" if kind == "beda" else "sama" if stated * 1000 == number else "pembulatan"
        expected["indikator", "penduduk", kelurahan, "2025-01-01"] = status
        ours.append(penduduk(kelurahan, number))
        theirs.append(penduduk(kelurahan, f"{stated:f}"))
    gudang.accept("serang.bps.penduduk", ours)
    gudang.accept("serang.disdukcapil.penduduk", theirs)
    return expected
