"""Reference lists are facts: a wrong code silently moves figures to another region, so counts and code pairs are held against their sources."""

from __future__ import annotations

import csv
import shutil
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from contracts.errors import BrokenContract, WrongUsage
from contracts.reference_files import check_list
from contracts.references import (
    SHIPPED,
    Row,
    broken_lists,
    holidays,
    reference_codes,
    reference_names,
    reference_rows,
    references_sha256,
    regions_within,
)
from contracts.text import normalise

REGIONS = reference_rows("wilayah", SHIPPED)


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("pemda", "kecamatan", "kelurahan", "desa"),
    [("35.71", 3, 46, 0), ("35.72", 3, 21, 0), ("36.73", 6, 67, 0), ("61.05", 14, 16, 390), ("61.12", 9, 0, 123)],
)
def test_the_five_pemda_have_the_regions_of_the_decree(pemda: str, kecamatan: int, kelurahan: int, desa: int) -> None:
    villages = Counter(row["jenis"] for row in REGIONS if row["level"] == "desa_kelurahan" and row["kode"].startswith(f"{pemda}."))
    assert (len(regions_within(pemda, "kecamatan", SHIPPED)), villages["kelurahan"], villages["desa"]) == (kecamatan, kelurahan, desa)


def test_all_provinces_and_kabupaten_kota_are_there_once() -> None:
    """What an installation adds below a kabupaten of its own is none of this list's business."""
    levels = Counter(row["level"] for row in REGIONS if not row["berlaku_sampai"])
    assert (levels["provinsi"], levels["kabupaten_kota"]) == (38, 514)
    assert max(Counter(row["kode"] for row in REGIONS).values()) == 1


def test_every_region_lies_in_its_parent() -> None:
    codes = {row["kode"] for row in REGIONS}
    assert [row["kode"] for row in REGIONS if row["induk"] != row["kode"].rpartition(".")[0] or row["induk"] not in codes | {""}] == []


def test_bps_codes_are_pairs_of_their_own_and_nested_like_regions() -> None:
    bps = {row["kode"]: row["kode_bps"] for row in REGIONS}
    assert [code for code, count in Counter(filter(None, bps.values())).items() if count > 1] == []
    assert [row["kode"] for row in REGIONS if row["kode_bps"] and not row["kode_bps"].startswith(bps.get(row["induk"], ""))] == []
    assert (bps["61.05"], bps["35.72"], bps["12.12"], bps["93"]) == ("6107", "3572", "1206", "")
    assert all(bps[row["kode"]] for row in REGIONS if row["level"] == "kabupaten_kota")


def test_bps_codes_agree_with_the_published_differences(shared: Path) -> None:
    bps = {row["kode"]: row["kode_bps"] for row in REGIONS}
    listed = rows(shared / "data" / "ref_kode_kabkota_berbeda.csv")
    assert len(listed) == 195
    assert [row["kode_kemendagri"] for row in listed if bps[row["kode_kemendagri"]] != row["kode_bps_2018"]] == []


def test_no_name_was_matched_by_likeness(shared: Path) -> None:
    """The near matches of the source list contain known errors (two desa on one code): those codes stay blank."""
    bps = {row["kode"]: row["kode_bps"] for row in REGIONS}
    matched = rows(shared / "data" / "ref_kemendagri_bps_5_pemda.csv")
    below = [row for row in matched if row["tingkat"] in ("kecamatan", "desa_kelurahan")]
    assert [
        row["kode_kemendagri"] for row in below if bps[row["kode_kemendagri"]] != (row["kode_bps"] if row["match"] == "exact" else "")
    ] == []


@pytest.mark.parametrize("name", sorted(reference_names(SHIPPED) - {"wilayah"}))
def test_no_text_means_two_codes_of_a_list(name: str) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for row in reference_rows(name, SHIPPED):
        for text in (row["kode"], row["nama"], *row.get("sinonim", "").split("|")):
            meanings[normalise(text)].add(row["kode"])
    assert {text: codes for text, codes in meanings.items() if text and len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("name", "column", "other"), [("komoditas", "satuan", "satuan"), ("indikator", "satuan", "satuan"), ("dssd", "urusan", "urusan")]
)
def test_lists_refer_to_codes_that_exist(name: str, column: str, other: str) -> None:
    assert {row[column] for row in reference_rows(name, SHIPPED)} - set(reference_codes(other, SHIPPED)) == set()


def test_parents_of_commodities_exist_and_every_staple_of_the_law_is_there(shared: Path) -> None:
    commodities = reference_rows("komoditas", SHIPPED)
    assert {row["induk"] for row in commodities} - {""} <= {row["kode"] for row in commodities}
    assert {row["jenis"] for row in rows(shared / "data" / "ref_bapok_perpres_59_2020.csv")} == {row["bapok"] for row in commodities} - {""}


@pytest.mark.parametrize(("name", "count"), [("ppks", 26), ("urusan", 34)])
def test_lists_of_the_law_are_complete(name: str, count: int) -> None:
    assert len(reference_codes(name, SHIPPED)) == count


def test_units_of_one_dimension_convert() -> None:
    factors = {row["kode"]: (row["dimensi"], float(row["faktor"])) for row in reference_rows("satuan", SHIPPED)}
    assert factors["ton"][1] / factors["kg"][1] == 1000
    assert factors["ribu jiwa"] == ("orang", 1000.0)
    assert factors["km2"][1] / factors["ha"][1] == 100


def test_every_indicator_says_over_what_it_may_be_summed_up() -> None:
    """A ratio is never added; what counts or weighs may be added over regions at least."""
    for row in reference_rows("indikator", SHIPPED):
        assert (row["penjumlahan"] == "tidak") == (row["ukuran"] in ("Persentase", "Indeks", "Nilai")), row["kode"]


def test_a_way_of_summing_up_that_nobody_knows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "indikator.csv"
    path.write_text("kode,nama,penjumlahan\na,A,\nb,B,tidak\nc,C,boleh\n")
    with pytest.raises(BrokenContract, match="`boleh` bukan cara menjumlahkan") as told:
        check_list(path)
    assert "antarwilayah dan antarperiode" in str(told.value)


def test_holidays_are_dates() -> None:
    assert {date(2026, 8, 17), date(2024, 1, 1)} <= holidays(SHIPPED)
    assert "hari_libur" not in reference_names(SHIPPED)


def test_an_edited_list_is_seen_at_once_and_changes_the_fingerprint(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "references", tmp_path / "references")
    before = references_sha256(tmp_path)
    assert before == references_sha256(SHIPPED)
    assert "99.99" not in reference_codes("urusan", tmp_path)
    with (tmp_path / "references" / "urusan.csv").open("a") as file:
        file.write("99.99,Uji\n")
    assert "99.99" in reference_codes("urusan", tmp_path)
    assert references_sha256(tmp_path) != before


def test_a_registry_without_lists_uses_the_shipped_ones(tmp_path: Path) -> None:
    assert reference_codes("ppks", tmp_path) == reference_codes("ppks", SHIPPED)
    with pytest.raises(WrongUsage, match="`tak_ada`"):
        reference_rows("tak_ada", tmp_path)


def test_a_spelling_of_a_list_or_code_that_is_not_there_is_told(tmp_path: Path) -> None:
    """It would never be found, and nobody would know."""
    shutil.copytree(SHIPPED / "references", tmp_path / "references")
    assert list(broken_lists(tmp_path)) == []
    with (tmp_path / "references" / "sinonim.csv").open("a") as file:
        file.write("komoditi,beras,Padi,ani,2026-06-01,\nkomoditas,padi,Padi,ani,2026-06-01,\nkomoditas,beras,Padi,ani,1 Juni,\n")
    (error,) = broken_lists(tmp_path)
    assert [problem.key for problem in error.problems] == ["tanggal"]
    path = tmp_path / "references" / "sinonim.csv"
    path.write_text(path.read_text().replace("1 Juni", "2026-06-01"))
    (error,) = broken_lists(tmp_path)
    assert [(problem.line, problem.key) for problem in error.problems] == [(4, "daftar"), (5, "kode")]


def test_validity_is_stated_and_successors_exist() -> None:
    codes = {row["kode"]: row for row in REGIONS}
    assert (codes["36.73"]["berlaku_dari"], codes["96"]["berlaku_dari"], codes["61.05"]["berlaku_dari"]) == ("2007-08-10", "2022-12-08", "")
    assert [row["kode"] for row in REGIONS if row["pengganti"] and row["pengganti"] not in codes] == []
