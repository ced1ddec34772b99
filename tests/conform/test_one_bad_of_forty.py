"""One dataset that fails its tests costs the other thirty-nine nothing, and readers of its own figures keep yesterday's."""

from __future__ import annotations

from datetime import date
from itertools import islice, product

from contracts.references import reference_rows
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.registry import STOK, stok

DAY = date(2026, 6, 2)
COMMODITIES = ("Beras", "Gula Pasir", "Beras Medium")
PUBLISHED = "select dataset, count(*) from mart.fct_neraca_pangan join mart.dim_sumber using (_dataset_id) group by 1"


def forty(gudang: Gudang) -> dict[str, tuple[str, str]]:
    """Forty datasets, each about another commodity in another kecamatan of Sintang."""
    kecamatan = [row["nama"] for row in reference_rows("wilayah") if row["level"] == "kecamatan" and row["kode"].startswith("61.05")]
    found = {f"sintang.dkp.stok_{n:02d}": place for n, place in enumerate(islice(product(kecamatan, COMMODITIES), 40))}
    for dataset in found:
        gudang.contract(dataset, STOK)
    return found


def test_thirty_nine_are_released(gudang: Gudang) -> None:
    datasets = forty(gudang)
    for number, (dataset, (kecamatan, komoditas)) in enumerate(datasets.items()):
        gudang.accept(dataset, [stok(kecamatan, "2026-05-25", 40, 20 + number) | {"komoditas": komoditas}])
    assert transform(DAY)["kept_back"] == []
    assert len(gudang.rows(PUBLISHED)) == 40
    bad = "sintang.dkp.stok_17"
    for number, (dataset, (kecamatan, komoditas)) in enumerate(datasets.items()):
        gudang.accept(dataset, [stok(kecamatan, "2026-05-25", 40, -1 if dataset == bad else 60 + number) | {"komoditas": komoditas}])
    found = transform(DAY)
    assert (found["kept_back"], found["changes"]["fct_neraca_pangan"]["changed"]) == ([bad], 39)
    stock = dict(gudang.rows("""select dataset, nilai_ton::integer from mart.fct_neraca_pangan join mart.dim_sumber using (_dataset_id)
                                where ukuran = 'stok'"""))  # fmt: skip
    assert stock == {dataset: 20 + 17 if dataset == bad else 60 + number for number, dataset in enumerate(datasets)}
