"""Prevents a row of a published file from being lost or counted twice: the counts of the contract page, on the files themselves.

The contracts are those beside the real files; where the files are not there, these tests are skipped and say so.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from contracts.dataset import Dataset
from contracts.errors import IncompletePages
from contracts.models.contract import Contract
from extractors.source_file import SourceFile
from tests.extractors.reading import FETCHED_AT, Read, read_dataset

FILES = {
    "apk": "jabar_angka_partisipasi_kasar.xlsx",
    "bapanas": "bapanas_cadangan_pangan.csv",
    "bkd_golongan": "bandarlampung_bkd_asn_2023.xlsx",
    "bkd_umur": "bandarlampung_bkd_asn_2023.xlsx",
    "bps": "bps_webapi_maluku_var218.json",
    "ckan_extras": "ckan_package_show_muaraenim.json",
    "dinsos": "bandarlampung_dinsos_dtks_2023.xlsx",
    "dssd": "dssd_sidoarjo_bangunan_gedung.xls",
    "gk_csv": "jabar_bps_garis_kemiskinan_provinsi.csv",
    "gk_html": "jabar_bps_garis_kemiskinan_html.xls",
    "industri_a": "bandarlampung_perindustrian_2023.xlsx",
    "jabar_desa": "jabar_desa_pencemaran_air.csv",
    "jkt_kode": "jakarta_kode_wilayah_2014.csv",
    "jkt_penduduk": "jakarta_penduduk_kelurahan_2014.csv",
    "panel": "panelharga_data_pangan.xlsx",
    "pb2019": "pesisirbarat_penduduk_2019_sem1.json",
    "pb2021": "pesisirbarat_penduduk_2021_sem1.json",
    "pihps_grid": "pihps_grid_mingguan.xlsx",
    "pihps_lebar": "pihps_harga_daerah_lebar.xlsx",
    "pos": "jakarta_pos_pemadam_2013.csv",
    "siska": "siskaperbapo_produsen_2016_2026.json",
    "siska_hari": "siskaperbapo_harian_2018_04/2018-04-17.json",
}
COUNTS = {
    "apk": (324, {"read": 28, "fetched": 325, "drop": 1}),
    "bapanas": (418, {"read": 418, "fetched": 418}),
    "bkd_golongan": (160, {"read": 17, "fetched": 161, "total": 1}),
    "bkd_umur": (20, {"read": 11, "fetched": 21, "total": 1}),
    "bps": (54, {"read": 56, "fetched": 56, "drop": 2}),
    "ckan_extras": (3, {"read": 3, "fetched": 3}),
    "dinsos": (20, {"read": 21, "fetched": 21, "total": 1}),
    "dssd": (3, {"read": 3, "fetched": 18, "missing": 15}),  # two of the three are twins
    "gk_csv": (3, {"read": 1, "fetched": 3}),
    "gk_html": (3, {"read": 1, "fetched": 3}),
    "industri_a": (16, {"read": 13, "fetched": 21, "drop": 1, "group": 4}),
    "jabar_desa": (15_936, {"read": 15_936, "fetched": 15_936}),
    "jkt_kode": (267, {"read": 267, "fetched": 267}),
    "jkt_penduduk": (1_068, {"read": 267, "fetched": 1_068}),
    "panel": (1_850, {"read": 2_050, "fetched": 2_050, "drop": 200}),
    "pb2019": (118, {"read": 129, "fetched": 129, "total": 11}),
    "pb2021": (118, {"read": 130, "fetched": 130, "group": 11, "total": 1}),
    "pihps_grid": (2_650, {"read": 70, "fetched": 2_670, "group": 10, "drop": 10}),
    "pihps_lebar": (1_145, {"read": 1, "fetched": 1_162, "missing": 17}),
    "pos": (95, {"read": 95, "fetched": 95}),
    "siska": (62_390, {"read": 62_390, "fetched": 62_390}),
    "siska_hari": (17, {"read": 17, "fetched": 17}),
}
ALSO_MISSING = {"pihps_lebar": ("harga_rp", ("-",))}
"""The contract beside the file leaves its "-" undeclared; there it means that there was no price."""


def read_shared(shared: Path, name: str, file: str) -> Read:
    path = shared / "contracts" / f"{name}.yml"
    contract = Contract.model_validate(yaml.load(path.read_text(), yaml.CBaseLoader))
    if name in ALSO_MISSING:
        column, signs = ALSO_MISSING[name]
        changed = contract.columns[column].model_copy(update={"missing": signs})
        contract = contract.model_copy(update={"columns": contract.columns | {column: changed}})
    source = SourceFile(shared / "data" / file, Path(file).name, f"https://contoh.go.id/{file}", 0, FETCHED_AT)
    return read_dataset(Dataset(contract.id or name, contract, path, "0" * 64), source)


@pytest.mark.real_file
@pytest.mark.parametrize("name", COUNTS)
def test_every_row_of_a_published_file_is_counted_once(shared: Path, name: str) -> None:
    found = read_shared(shared, name, FILES[name])
    assert (len(found.rows), found.counts()) == COUNTS[name]
    assert found.report.fetched == len(found.rows) + sum(found.report.dropped.values())
    assert len({row["_lokasi"] for row in found.rows}) == len(found.rows), "two rows claim the same place"


@pytest.mark.real_file
@pytest.mark.parametrize(("name", "stated"), [("pb2021", 12), ("pb2019", 11), ("dinsos", 1), ("bkd_umur", 2), ("bkd_golongan", 10)])
def test_totals_of_published_files_are_compared_and_agree(shared: Path, name: str, stated: int) -> None:
    totals = [finding for finding in read_shared(shared, name, FILES[name]).report.findings if finding.rule == "total"]
    assert {finding.outcome for finding in totals} == {"pass"}
    columns = {finding.column for finding in totals}
    assert {column: sum(each.checked for each in totals if each.column == column) for column in columns} == dict.fromkeys(columns, stated)


@pytest.mark.real_file
def test_a_published_total_that_does_not_add_up_is_told_with_both_sums(shared: Path) -> None:
    (wrong,) = [finding for finding in read_shared(shared, "industri_a", FILES["industri_a"]).report.findings if finding.outcome == "fail"]
    assert (wrong.rule, wrong.severity, wrong.observed, wrong.expected) == ("total", "fail", "258.555", "255.555")
    assert wrong.lokasi == "Sheet1 baris 16"
    assert (wrong.checked, wrong.failed) == (8, 1)


@pytest.mark.real_file
def test_one_page_of_many_is_incomplete(shared: Path) -> None:
    with pytest.raises(IncompletePages) as caught:
        read_shared(shared, "garut", "garut_api_datasets_halaman.json")
    assert (caught.value.received, caught.value.declared) == (10, 328)


@pytest.mark.real_file
def test_places_lead_back_to_the_published_cell(shared: Path) -> None:
    places = {
        name: [row["_lokasi"] for row in read_shared(shared, name, FILES[name]).rows] for name in ("siska", "bkd_umur", "pb2021", "bps")
    }
    assert places["bkd_umur"][:2] == ["DATA UTK KOMINFO baris 9 kolom PRIA", "DATA UTK KOMINFO baris 9 kolom WANITA"]
    assert "commodities.Beras.prices.2018-04-17[2]" in places["siska"]
    assert places["pb2021"][0] == "[1]"
    assert places["bps"][0] == "datacontent.121801171"


@pytest.mark.real_file
def test_headings_give_their_text_to_the_rows_they_stand_for(shared: Path) -> None:
    after = read_shared(shared, "pb2021", FILES["pb2021"])
    assert after.rows[0]["kecamatan"] == "PESISIR TENGAH"
    assert len(set(after.column("kecamatan"))) == 11
    before = read_shared(shared, "pihps_grid", FILES["pihps_grid"])
    assert before.rows[0] | {"_lokasi": ""} == {
        "komoditas": "Beras", "provinsi": "Papua", "kode_wilayah": "Kota Jayapura", "minggu": "Apr 2025 (I)", "harga_rp": "17,050", "_lokasi": "",
    }  # fmt: skip
