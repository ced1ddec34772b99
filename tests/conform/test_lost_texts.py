"""Prevents an edited reference list from taking figures out of a release: a renamed code, a synonym taken away, a second row of the same name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from contracts.errors import TextsInUse
from contracts.references import SHIPPED
from satudata.reference_load.load import Wanted, load_regions
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.lists import DEDAI, SEPAUK, STOCK, Row, accept_stock, edit, load, resolved
from tests.conform.registry import STOK, stok
from warehouse.references import load_references

DAY = date(2026, 6, 2)


def named(code: str, **new: str) -> Callable[[Row], Row]:
    return lambda row: row | new if row["kode"] == code else row


@pytest.fixture
def stock(gudang: Gudang) -> Gudang:
    accept_stock(gudang)
    resolved(gudang, DAY)
    return gudang


def test_a_renamed_code_stops_the_release_until_the_old_name_is_a_synonym(
    stock: Gudang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", str(tmp_path / "arsip"))
    transform(DAY)
    before = stock.published()
    edit(stock, "wilayah", named(SEPAUK, nama="Sepauk Hulu"))
    with pytest.raises(
        TextsInUse, match=r'acuan "wilayah" tidak dimuat.*: "sepauk \(kode 61\.05\.03, 1 baris: nama tidak dikenal.*`sinonim`'
    ):
        transform(DAY)
    assert stock.published() == before
    edit(stock, "wilayah", named(SEPAUK, sinonim="Sepauk"))
    transform(DAY)
    stands = "select kode_wilayah, stok_ton::float from mart.neraca_pangan where kode_komoditas = 'beras' order by 1"
    assert stock.rows(stands) == [(SEPAUK, 25.0), (DEDAI, 7.0)]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(named("beras_bawah_1", nama="Beras Patah"), id="renamed"),
        pytest.param(named("beras_bawah_2", sinonim="Beras Kualitas Bawah I"), id="two codes of one name"),
    ],
)
def test_a_text_that_means_no_code_or_two_keeps_its_list_and_the_others_are_loaded(gudang: Gudang, change: Callable[[Row], Row]) -> None:
    gudang.contract(STOCK, STOK)
    gudang.accept(STOCK, [stok(code, "2026-05-18", 40, 25) | {"komoditas": "Beras Kualitas Bawah I"} for code in (SEPAUK, DEDAI)])
    resolved(gudang, DAY)
    edit(gudang, "komoditas", change)
    edit(gudang, "wilayah", named(DEDAI, nama="Dedai Hilir"))
    forms = "select reference, level, form, code from ops.reference_form where reference = 'komoditas' order by 1, 2, 3, 4"
    spelled = "select reference, code, synonym, by from ops.reference_synonym where reference = 'komoditas' order by 1, 2, 3"
    before = gudang.rows(forms, "steward"), gudang.rows(spelled, "steward")
    for _ in range(2):
        with pytest.raises(TextsInUse) as refused:
            load(gudang)
        assert refused.value.lists == ("komoditas",)
        assert [text.split(":")[0] for text in refused.value.texts] == ["beras kualitas bawah i (kode beras_bawah_1, 2 baris"]
        assert (gudang.rows(forms, "steward"), gudang.rows(spelled, "steward")) == before
    assert gudang.value(f"select name from ops.reference_item where code = '{DEDAI}'", "steward") == "Dedai Hilir"
    shutil.copy(SHIPPED / "references" / "komoditas.csv", gudang.sources / "references" / "komoditas.csv")
    load(gudang)


def test_a_synonym_of_the_file_that_names_people_is_kept_as_well(stock: Gudang) -> None:
    rows = "daftar,kode,sinonim,oleh,tanggal,alasan\n"
    edit(stock, "wilayah", named(SEPAUK, nama="Sepauk Hulu"))
    synonyms = stock.sources / "references" / "sinonim.csv"
    own = synonyms.read_text(encoding="utf-8") if synonyms.is_file() else rows
    synonyms.write_text(own + f"wilayah,{SEPAUK},Sepauk,ani,2026-05-01,nama lama\n", encoding="utf-8")
    load(stock)
    synonyms.write_text(own, encoding="utf-8")
    with pytest.raises(TextsInUse, match="sepauk"):
        load(stock)
    assert stock.value("select by from ops.reference_synonym where synonym = 'Sepauk'", "steward") == "ani"


def test_a_text_that_a_person_gave_a_code_needs_no_name(stock: Gudang) -> None:
    """And one that no row asks any more is lost to nobody."""
    with stock.database.connect("loader") as conn:
        conn.execute(
            """insert into ops.mapping (reference, published, level, within, system, code, by, at)
               values ('wilayah', 'sepauk', 'kecamatan', '61.05', 'kemendagri', %s, 'ani', '2026-06-01')""",
            [SEPAUK],
        )
    with stock.database.connect("transformer") as conn:
        conn.execute(
            """insert into ops.resolved_code select reference, 'dedai', level, within, system, bare_name_is, %s, %s, null, false
               from ops.resolved_code where published = 'sepauk'""",
            [DEDAI, DEDAI],
        )
    edit(stock, "wilayah", lambda row: named(SEPAUK, nama="Sepauk Hulu")(named(DEDAI, nama="Dedai Hilir")(row)))
    load(stock)


def test_a_list_of_the_country_that_has_the_name_twice_leaves_the_old_one_in_its_place(
    gudang: Gudang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A contract that names no parent: the name is one only as long as few regions are loaded."""
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", str(tmp_path / "arsip"))
    gudang.contract(STOCK, STOK.replace(', within: "61.05"', ""))
    gudang.accept(STOCK, [stok("Sepauk", "2026-05-18", 40, 25)])
    resolved(gudang, DAY)
    regions = tmp_path / "wilayah.csv"
    regions.write_text("kode,nama\n61.06,Kabupaten Kapuas Hulu\n61.06.01,Sepauk\n", encoding="utf-8")
    with pytest.raises(TextsInUse, match="sepauk .*lebih dari satu calon.*`within`"):
        load_regions(regions, Wanted(date(2026, 7, 1), "ani", "uji", names_agreed=True))
    assert (gudang.sources / "references" / "wilayah.csv").read_bytes() == (SHIPPED / "references" / "wilayah.csv").read_bytes()
    assert gudang.rows("select kind from ops.act where kind = 'reference.load'", "steward") == []
    load(gudang)


def test_a_rebuild_takes_the_lists_as_they_were(stock: Gudang) -> None:
    with stock.database.connect("owner") as conn:
        conn.execute("insert into ops.rebuild (archive, begun_at) values ('x', '2026-06-01')")
    edit(stock, "wilayah", named(SEPAUK, nama="Sepauk Hulu"))
    with stock.database.connect("loader", autocommit=True) as conn:
        assert [change.changed for change in load_references(conn) if change.reference == "wilayah"] == [1]
