"""Prevents guesses of `source new` that look sure and are wrong: half of a unit, a list that merely has the same letters, a key that counts rows."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from contracts.registry import load_dataset
from satudata.new_contract.codes import reference_of
from satudata.new_contract.units import unit_in
from satudata.source_new import new_contract

REGIONS = ("61.05.01.1001", "61.05.01.1002", "61.05.01.1003")


def drafted(path: Path, content: str) -> str:
    """The text of the contract, which must pass the check."""
    path.write_text(content)
    text = new_contract(str(path), beside=path.parent, trial=False).text
    (path.parent / "kontrak.yml").write_text(text)
    load_dataset(path.parent / "kontrak.yml")
    return text


def test_a_rate_is_no_unit_of_its_last_word(tmp_path: Path) -> None:
    """Fails when tons per hectare are published as hectares."""
    rows = "".join(
        f"{code};0{month}/2026;{7 * month},{number};{month},{number}\n" for month in (1, 2) for number, code in enumerate(REGIONS, 1)
    )
    text = drafted(tmp_path / "padi.csv", "Kode;Bulan;Produksi (ton);Produktivitas (ton/ha)\n" + rows)
    first, rate = (next(line for line in text.splitlines() if f"from: {header} (" in line) for header in ("Produksi", "Produktivitas"))
    assert "unit: ton}" in first
    assert "unit: ha" not in rate
    assert "# periksa: satuan ton/ha tidak ada di daftar satuan" in rate
    assert (unit_in("Harga (Rp/kg)"), unit_in("stok_ton"), unit_in("Luas (ha)")) == ("Rp/kg", "ton", "ha")


@pytest.mark.parametrize(
    ("header", "texts", "reference"),
    [
        ("jenjang", ["SD", "SMP"], None), ("jenjang", ["SD", "SMP", "SMA"], None), ("Indikator", ["SD", "SMP"], "indikator"),
        ("barang", ["Beras", "Telur Ayam Ras"], "komoditas"),
    ],
)  # fmt: skip
def test_letters_that_a_list_also_has_are_no_code_of_it(header: str, texts: list[str], reference: str | None) -> None:
    assert reference_of(header, Counter(texts)) == reference


def test_a_running_number_is_no_key(tmp_path: Path) -> None:
    """Fails when tomorrow's file, numbered anew, ends or overwrites rows of other places."""
    rows = [
        {"id": number, "tanggal": f"2026-12-0{1 + number // 3}", "kode": REGIONS[number % 3], "volume": 900.5 + number}
        for number in range(9)
    ]
    assert "key: [tanggal, kode_wilayah]" in drafted(
        tmp_path / "sampah.json", json.dumps({"data": [{**row, "id": row["id"] + 1} for row in rows]})
    )
    keyed = [{**row, "id": 500 - 7 * row["id"]} for row in rows]
    assert "key: [tanggal, id]" in drafted(tmp_path / "nomor.json", json.dumps({"data": keyed}))


def test_figures_are_told_the_rules_that_the_readme_recommends(tmp_path: Path) -> None:
    """Fails when a drafted contract lets thousands be lost without a word."""
    rows = "".join(f"Pasar {market};0{month}/2026;{9000 + month * market}\n" for month in (1, 2) for market in (1, 2, 3))
    text = drafted(tmp_path / "harga.csv", "Pasar;Bulan;Harga\n" + rows)
    assert "# periksa: tulis di checks: scale_lost, unit_shift, refiled untuk kolom angka yang memerlukannya (harga)" in text
    assert text.splitlines()[-1].startswith("# periksa: harga berkisar dari 9001 sampai 9006 di berkas ini; beri range:")
    still = drafted(tmp_path / "luas.csv", "Desa;Luas\nA;10\nB;21\nC;33\n")
    assert "scale_lost" in still
    assert "refiled" not in still, "without a period there is no other to be filed again"
