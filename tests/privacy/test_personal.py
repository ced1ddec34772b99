"""Nothing personal goes past raw: what a contract calls personal by its class, numbers of persons and families wherever they stand."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.errors import PersonalDataFound
from satudata.transform import transform
from tests.conform.candidate import Candidate
from tests.conform.conftest import Gudang, hari
from tests.conform.registry import (
    BANTUAN,
    HARGA,
    PPKS,
    SITUS,
    STOK,
    TITIK,
    accept_first_batches,
    bantuan,
    harga,
    ppks,
    stok,
    titik,
    write_contracts,
)

DAY = date(2026, 6, 2)
SECRET = "Siti Rahasia"
NIK = "3571014101900001"
EXTRA = "  pencatat: {type: text, pribadi: nama}\n"
CLASSED = {
    "kediri.dinsos.tertutup": PPKS.replace("jenis_ppks: {type: text}", "jenis_ppks: {type: text, pribadi: nama}"),
    "sintang.disdagin.tertutup": HARGA.replace("pasar: {type: text}", "pasar: {type: text, pribadi: nama}"),
    "sintang.dkp.tertutup": STOK + EXTRA,
    "kediri.dinkes.tertutup": TITIK + "  alamat: {type: text, pribadi: alamat}\n" + EXTRA,
    "serang.diskominfo.tertutup": SITUS + "  alamat_situs: {type: text, pribadi: alamat}\n",
    "sintang.dinsos.tertutup": BANTUAN + "akses: terbatas\n",
}
"""One dataset per concept, and a restricted one, each with a column of its own concept or beside it that is personal."""


def everything_published(gudang: Gudang) -> str:
    """All that stands in both published schemas, in one text."""
    tables = gudang.rows("select schemaname, tablename from pg_tables where schemaname in ('mart', 'mart_instansi')", "owner")
    return "\n".join(str(gudang.rows(f'select to_jsonb(t)::text from {schema}."{name}" t', "owner")) for schema, name in tables)


def test_what_is_classed_personal_is_published_of_no_concept(gudang: Gudang) -> None:
    """Neither as a column, nor as a part of how a figure is broken down; and a number nobody has classed keeps its dataset back, not the others."""
    write_contracts(gudang)
    accept_first_batches(gudang)
    for dataset, text in CLASSED.items():
        gudang.contract(dataset, text)
    gudang.accept("kediri.dinsos.tertutup", [ppks("Bandar Lor", SECRET, 44)])
    gudang.accept("sintang.disdagin.tertutup", [harga("Beras Medium", 14000, "2026-05-31") | {"pasar": SECRET}])
    gudang.accept("sintang.dkp.tertutup", [stok("Tempunak", "2026-05-18", 40, 25) | {"pencatat": SECRET}])
    gudang.accept("kediri.dinkes.tertutup", [titik("Anggrek", "Bujel") | {"alamat": SECRET, "pencatat": SECRET}])
    gudang.accept("serang.diskominfo.tertutup", [{"opd": "Dinkes", "status": "aktif", "alamat_situs": SECRET, **hari("2026-05-30")}])
    gudang.accept("sintang.dinsos.tertutup", [bantuan("6105010101010003", "Sepauk") | {"nama": SECRET}])
    gudang.contract("kediri.dinkes.nomor", TITIK)
    gudang.accept("kediri.dinkes.nomor", [titik(f"Rumah {NIK}", "Bujel")])
    gudang.contract("sintang.pasar.nomor", HARGA)
    gudang.accept("sintang.pasar.nomor", [harga("Gula Pasir", 15000, "2026-05-30") | {"pasar": f"Lapak {NIK}"}])
    first = transform(DAY)
    assert first["kept_back"] == ["kediri.dinkes.nomor", "sintang.pasar.nomor"]
    told = everything_published(gudang).lower()
    assert SECRET.lower() not in told
    assert "rahasia" not in told
    assert NIK not in told
    for shown in ("anggrek", "tempunak", "14000"):
        assert shown in told
    assert gudang.rows("select distinct dataset, rule, outcome from ops.check_result where rule_id = 'tanpa_data_pribadi' order by 1", "owner") == [
        (dataset, "personal_data", "fail") for dataset in first["kept_back"]]  # fmt: skip
    gudang.accept("kediri.dinkes.nomor", [titik("Rumah Sehat", "Bujel")])
    assert transform(DAY)["kept_back"] == []
    assert gudang.value("select count(*) from mart.titik_layanan where nama_titik = 'Rumah Sehat'") == 1


def test_the_words_of_one_contract_stop_no_release(gudang: Gudang) -> None:
    """Registered before contracts were looked at for numbers of persons: masked, where a title would keep back all that is new."""
    write_contracts(gudang)
    accept_first_batches(gudang)
    with gudang.database.connect("owner") as owner:
        owner.execute(
            "insert into ops.reference_item (reference, code, name, level) values ('wilayah', '35.71', 'Kediri', 'kabupaten_kota') on conflict do nothing"
        )
        owner.execute("update ops.dataset set title = title || %s", [f" milik {NIK}"])
        owner.execute("update ops.contract_version set title = title || %s", [f" milik {NIK}"])
        owner.execute("update ops.dataset_column set description = %s", [f"milik {NIK}"])
        owner.execute(
            'update ops.contract_version set columns = replace(columns::text, \'"description": "\', %s)::jsonb', [f'"description": "{NIK} ']
        )
    first = transform(DAY)
    assert (first["skipped"], first["kept_back"]) == (False, [])
    told = everything_published(gudang)
    assert NIK not in told
    assert "milik (disamarkan)" in told


@pytest.mark.parametrize(
    ("figure", "note"),
    [
        (20, "NIK 6105014101900001"),
        (6105014101900001, "kode"),
        (20, "６１０５０１４１０１９００００１"),
        (20, "610501/410190/0001"),
        (20, "6105014101900001.0"),
    ],
)
def test_a_number_leaves_the_last_release_as_it_was(candidate: Candidate, figure: int, note: str) -> None:
    """Whatever the release had already written when it was found, and however it is set; the error names the datasets."""
    with candidate.gudang.database.connect("owner") as owner:
        owner.execute(
            "insert into ops.reference_item (reference, code, name, level) values ('wilayah', '61.05', 'Sintang', 'kabupaten_kota') on conflict do nothing"
        )
    candidate.released({1: 10})
    before = candidate.gudang.published()
    with pytest.raises(PersonalDataFound, match=r"mart\.fct_b.*kota\.dinas\.ganjil"):
        candidate.released({1: 10, 2: 20, 3: figure}, note=note)
    assert candidate.gudang.published() == before


def test_a_number_is_found_in_a_table_that_is_new(candidate: Candidate) -> None:
    """All its rows are read, its figures as well as its texts."""
    with candidate.gudang.database.connect("owner") as owner:
        owner.execute(
            "insert into ops.reference_item (reference, code, name, level) values ('wilayah', '61.05', 'Sintang', 'kabupaten_kota') on conflict do nothing"
        )
    with pytest.raises(PersonalDataFound, match=r"mart\.fct_b"):
        candidate.released({1: 10, 2: 6105014101900001})
