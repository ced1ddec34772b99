"""Prevents the total that a file carries as one more class from telling what is hidden beside it: 20 in all and 17 women are 3 men."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest

from contracts.total_words import total_words
from satudata.transform import transform
from tests.conform.conftest import Gudang, tahun
from tests.conftest import Database
from tests.privacy.attacker import Cell, Seen, found_out

DAY = date(2026, 6, 2)
CONTRACT = """concept: indikator
period: {column: tahun, grain: tahun}
key: [kode_wilayah, jk, tahun]
columns:
  kode_wilayah: {type: wilayah, level: desa_kelurahan, within: "35.71"}
  kode_indikator: {type: code, reference: indikator}
  jk: {type: text}
  tahun: {type: period, format: YYYY}
  nilai: {type: integer, unit: orang}
"""
SHOWN = """select w.nama_wilayah, k.klasifikasi, f.nilai::integer from mart.fct_indikator f join mart.dim_wilayah w using (wilayah_key)
           join mart.dim_klasifikasi k using (klasifikasi_key)"""
LABELS = {
    "seluruhnya": ["Jumlah", "TOTAL :", "J U M L A H", "j_u_m_l_a_h", "Jml. Keseluruhan", "Grand Total", "L+P", "l_p", "Laki-laki dan Perempuan",
                   "laki_laki_perempuan", "Semua", "seluruhnya"],
    "sebagian": ["Sub Jumlah", "subtotal", "Jumlah Anak", "jumlah_a_b", "semua_umur"],
    None: ["L", "P", "laki_laki", "0_4", "60+", "Anak Terlantar", "pengemis", "Jumlahan", "lp", "totalitas"],
}  # fmt: skip


def counted(kelurahan: str, jk: str, nilai: int) -> dict[str, Any]:
    return {"kode_wilayah": kelurahan, "kode_indikator": "PPKS", "jk": jk, "nilai": nilai, **tahun(2025)}


def released(gudang: Gudang, rows: list[dict[str, Any]]) -> dict[Cell, int | None]:
    """(kelurahan, class) -> the figure that everybody reads."""
    gudang.contract("kediri.dinsos.jk", CONTRACT)
    gudang.accept("kediri.dinsos.jk", rows)
    transform(DAY)
    return {(kelurahan, kelas): nilai for kelurahan, kelas, nilai in gudang.rows(SHOWN)}


@pytest.mark.parametrize("label", ["Jumlah", "L+P", "J u m l a h"])
def test_a_total_that_is_a_class_tells_nothing(gudang: Gudang, label: str) -> None:
    """Solved as a reader would, by whatever word the total goes; where nothing is small, all of it is shown."""
    true = {"Mojoroto": (3, 17), "Pojok": (40, 60), "Bujel": (2, 1), "Ngampel": (6, 9)}
    rows = [
        counted(place, jk, nilai) for place, (men, women) in true.items() for jk, nilai in (("L", men), ("P", women), (label, men + women))
    ]
    shown = released(gudang, rows)
    assert len(shown) == 12
    classes = {kelas: {"jk=l": "jk=l", "jk=p": "jk=p"}.get(kelas, "") for _, kelas in shown}
    figures = {
        (place, part): sum(those) if not part else those[part == "jk=p"] for place, those in true.items() for part in classes.values()
    }
    hidden = frozenset((place, classes[kelas]) for (place, kelas), nilai in shown.items() if nilai is None)
    assert {cell for cell, figure in figures.items() if 0 < figure < 5} <= hidden
    assert not found_out(Seen(figures, hidden))
    assert not {place for place, _ in hidden} & {"Pojok", "Ngampel"}


def test_a_sum_of_some_classes_is_hidden_beside_a_small_one(gudang: Gudang) -> None:
    """It stands in no equation that could be guarded."""
    rows = [counted("Mojoroto", jk, nilai) for jk, nilai in (("L", 3), ("P", 17), ("Anak", 30), ("Sub Jumlah", 20), ("Total", 50))]
    shown = released(gudang, rows)
    assert {kelas for (_, kelas), nilai in shown.items() if nilai is None} >= {"jk=l", "jk=sub_jumlah"}
    assert shown["Mojoroto", "jk=total"] == 50
    assert sum(nilai is None for nilai in shown.values()) == 3


@pytest.mark.parametrize(("kind", "label"), [(kind, label) for kind, labels in LABELS.items() for label in labels])
def test_the_words_of_totals_are_those_of_the_contracts(module_database: Database, kind: str | None, label: str) -> None:
    with module_database.connect("transformer", autocommit=True) as conn:
        assert _kind(conn, label) == kind
        if words := total_words(label):
            assert (_kind(conn, label) == "sebagian") == ("SUBTOTAL" in words)


def _kind(conn: psycopg.Connection, label: str) -> str | None:
    return (conn.execute("select ops.jumlah_kelas(%s)", [label]).fetchone() or (None,))[0]


def test_how_far_reports_are_apart_tells_no_small_one(gudang: Gudang) -> None:
    """102 and 2 persons of one agency: 102 is published, and that the reports are 100 apart would tell the other; reports of many are no secret."""
    rows = {"Mojoroto": (2, 102), "Pojok": (102, 2), "Bujel": (900, 1000), "Ngampel": (700, 700)}
    for number, dataset in enumerate(("kediri.dinsos.awal", "kediri.dinsos.akhir")):
        gudang.contract(dataset, CONTRACT.replace("[kode_wilayah, jk, tahun]", "[kode_wilayah, tahun]").replace("  jk: {type: text}\n", ""))
        reports = [counted(place, "", those[number]) | {"diambil": f"2026-06-0{number + 1}T00:00:00Z"} for place, those in rows.items()]
        gudang.accept(dataset, [{name: value for name, value in row.items() if name != "jk"} for row in reports])
    transform(DAY)
    query = "select nama_wilayah, nilai::integer, selisih_laporan::integer from {}.fct_indikator join mart.dim_wilayah using (wilayah_key) order by 1"
    assert gudang.rows(query.format("mart")) == [("Bujel", 1000, 100), ("Mojoroto", 102, None), ("Ngampel", 700, 0), ("Pojok", None, None)]
    assert gudang.rows(query.format("mart_instansi"), "bi_instansi")[1] == ("Mojoroto", 102, 100)
