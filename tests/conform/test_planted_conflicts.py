"""Exactly what was planted is found: seeded random figures of several agencies, in several units, rounded, within the tolerance, and really different."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from contracts.references import reference_rows
from satudata.transform import transform
from tests.conform.conftest import Gudang, tahun
from tests.conform.disputed import harga, penduduk, stok, write_registry

DAY = date(2026, 6, 2)
CENT = Decimal("0.01")
DIGITS = {
    ("Beras", "beras"): ("2026-05-29", "0.01", "0.1"), ("Gula Pasir", "gula"): ("2026-05-30", "1", "0.01"),
    ("Kedelai", "kedelai"): ("2026-05-31", "0.1", "1"), ("Bawang Merah", "bawang_merah"): ("2026-06-01", "0.01", "0.01"),
}  # fmt: skip
"""Commodity -> its day, and the last digit of either agency's column on that day."""
Objek = tuple[str, str, str, str]
"""Fact, code, region, first day."""
STATUS = {"sama": "sama", "pembulatan": "pembulatan", "beda": "ditahan", "beda_bulat": "ditahan"}


def places(level: str, within: str) -> list[str]:
    return [row["kode"] for row in reference_rows("wilayah") if row["level"] == level and row["kode"].startswith(within)]


def planted(draw: random.Random, ours: Decimal, theirs: Decimal) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(class, one agency's figure, the other's), each to the last digit of its column (`ours`, `theirs`): equal, equal at the coarser one's digits, and
    really different by as little as a cent."""
    coarse, fine = max(ours, theirs), min(ours, theirs)
    while True:
        a = Decimal(draw.randrange(1_000, 50_000)) * CENT
        rounded, kind = a.quantize(coarse, ROUND_HALF_EVEN), draw.choice(["sama", "pembulatan", "beda", "beda_bulat"])
        exact = (rounded if kind == "sama" else a).quantize(fine, ROUND_HALF_EVEN)
        if kind == "pembulatan" and exact == rounded:
            continue
        moved = {"beda": draw.choice([-1, 1]) * draw.randrange(2, 900) * coarse, "beda_bulat": draw.choice([-2, 2]) * coarse}
        if fine == coarse:
            moved["beda"] = draw.choice([-1, 1]) * draw.randrange(1, 900) * CENT
        pair = (exact, rounded + moved.get(kind, 0))
        yield kind, *(pair if ours == fine else pair[::-1])


@pytest.mark.parametrize("seed", [20260601])
def test_exactly_the_planted_conflicts_are_found(gudang: Gudang, seed: int) -> None:
    """Every class over hundreds of objects, three facts and up to three agencies, after conversion from tons and thousands: no conflict more, none fewer."""
    draw, expected = random.Random(seed), {}
    write_registry(gudang)
    figures = {code: planted(draw, Decimal(ours), Decimal(theirs)) for (_, code), (_, ours, theirs) in DIGITS.items()}
    ours, theirs, reports = [], [], 0
    for kecamatan in places("kecamatan", "61.05"):
        own = []
        for (komoditas, code), (day, *_) in DIGITS.items():
            kind, a, b = next(figures[code])
            third = draw.choice([None, None, a, a + 7])
            expected["neraca_pangan", code, kecamatan, day] = status = "ditahan" if third == a + 7 else STATUS[kind]
            reports += (2 if third is None else 3) * (status == "ditahan")
            ours.append(stok(kecamatan, f"{a:f}", komoditas, day))
            theirs.append(stok(kecamatan, f"{b:f}", komoditas, day, diambil="2026-05-30T00:00:00Z"))
            own += [] if third is None else [stok(kecamatan, f"{third:f}", komoditas, day)]
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
    """One agency counts people, the other thousands of them: one digit behind the comma in the first year, two in the next, three in the last."""
    expected, ours, theirs = {}, [], []
    for kelurahan, digits in itertools.product(places("desa_kelurahan", "36.73"), (1, 2, 3)):
        number, year = draw.randrange(1_000, 30_000), tahun(2022 + digits)
        rounded = (Decimal(number) / 1000).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
        kind = draw.choice(["gleich", "beda"])
        stated = rounded if kind == "gleich" else rounded + draw.choice([-2, 2]) * Decimal(1).scaleb(-digits)
        status = "ditahan" if kind == "beda" else "sama" if stated * 1000 == number else "pembulatan"
        expected["indikator", "penduduk", kelurahan, f"{2022 + digits}-01-01"] = status
        ours.append(penduduk(kelurahan, number) | year)
        theirs.append(penduduk(kelurahan, f"{stated:f}") | year)
    gudang.accept("serang.bps.penduduk", ours)
    gudang.accept("serang.disdukcapil.penduduk", theirs)
    return expected
