"""Prevents a list of codes edited in Excel, or a name in sources/ that leads nowhere, from stopping every dataset with a fault of the program:
each is a problem of its own file, found by `source check`, and the contracts beside it stay readable.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from contracts.errors import BrokenContract
from contracts.reference_files import read_list
from contracts.references import SHIPPED, reference_codes
from contracts.registry import load_registry
from tests.sources_tree import PLAIN, write_tree

GOOD = "kode,nama,sinonim\na,Beras,\nb,Gula,\n"
WRONG = {
    "latin": (b"kode,nama\na,Beras\nb,Caf\xe9\n", 3, "(berkas)", "bukan UTF-8"),
    "utf16": (GOOD.encode("utf-16"), 1, "(berkas)", "bukan UTF-8"),
    "byte_nol": (b"kode,nama\na,Be\0ras\n", 2, "(berkas)", "byte nol"),
    "kosong": (b"", 1, "kode", "kolom tidak ada"),
    "tanpa_kode": (b"code,name\na,Beras\n", 1, "kode", "kolom tidak ada"),
    "hanya_judul": (b"kode,nama\n\n", 1, "kode", "tanpa satu baris pun"),
    "kode_kembar": (b"kode,nama\na,Beras\nb,Gula\na,Garam\n", 4, "kode", "sudah ada di baris 2"),
    "kode_kosong": (b"kode,nama\n,Beras\n", 2, "kode", "kosong"),
    "nama_kosong": (b"kode,nama\na, \n", 2, "nama", "kosong"),
    "sel_lebih": (b"kode,nama\na,Beras, medium\n", 2, "(baris)", "3 sel"),
    "sel_kurang": (b"kode,nama,sinonim\na,Beras\n", 2, "(baris)", "2 sel"),
    "sel_raksasa": (b"kode,nama\na," + b"x" * 200_000 + b"\n", 2, "(berkas)", "CSV tidak terbaca"),
    "kutip": (b'kode,nama\na,"Beras\n' + b"b,Gula\n" * 30_000, 2, "(berkas)", "CSV tidak terbaca"),
    "tanggal": (b"kode,nama,berlaku_dari\na,Beras,1 Juni 2026\n", 2, "berlaku_dari", "bukan tanggal"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_list_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    content, line, key, words = WRONG[name]
    path = tmp_path / "komoditas.csv"
    path.write_bytes(content)
    with pytest.raises(BrokenContract) as caught:
        read_list(path)
    assert [(p.line, p.key) for p in caught.value.problems] == [(line, key)]
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("hari_libur", "tanggal,nama\n17-08-2026,Merdeka\n", "bukan tanggal"),
        ("wilayah", "kode,nama,level\n61.05,Sintang,kab\n", "bukan tingkat wilayah"),
        ("satuan", "kode,nama,faktor\nkg,kilogram,nan\n", "bukan angka"),
        ("satuan", "kode,nama,faktor\nkg,kilogram,0\n", "bukan angka"),
    ],
)
def test_lists_with_a_meaning_of_their_own_are_held_to_it(name: str, text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_text(text)
    with pytest.raises(BrokenContract, match=words):
        read_list(path)


@pytest.mark.parametrize("text", [GOOD, "\ufeff" + GOOD, GOOD.replace(",", ";"), GOOD.replace("\n", "\r\n"), GOOD + "\n,,\n"])
def test_a_list_as_excel_saves_it_is_the_same_list(text: str, tmp_path: Path) -> None:
    path = tmp_path / "komoditas.csv"
    path.write_bytes(text.encode())
    assert [(row["kode"], row["nama"], row["sinonim"]) for row in read_list(path)] == [("a", "Beras", ""), ("b", "Gula", "")]


@pytest.mark.parametrize("path", sorted((SHIPPED / "references").glob("*.csv")), ids=lambda path: path.stem)
def test_the_shipped_lists_are_right(path: Path) -> None:
    assert read_list(path)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "sources"
    monkeypatch.setenv("SATUDATA_SOURCES", str(root))
    for part in ("concepts", "references"):
        shutil.copytree(SHIPPED / part, root / part)
    return write_tree(root, {"kediri/dinkes/satu.yml": PLAIN})


def broken(root: Path) -> list[str]:
    registry = load_registry()
    assert list(registry.datasets) == ["kediri.dinkes.satu"], "a broken file hid a dataset"
    return [Path(error.file).relative_to(root).as_posix() for error in registry.broken]


def test_a_broken_list_is_found_by_the_check_and_hides_no_contract(tree: Path) -> None:
    assert broken(tree) == []
    (tree / "references" / "komoditas.csv").write_text("kode;nama\na;b;c\n")
    assert broken(tree) == ["references/komoditas.csv"]
    with pytest.raises(BrokenContract, match=r"komoditas\.csv:2"):
        reference_codes("komoditas")


@pytest.mark.parametrize("place", ["kediri/dinkes/hilang.yml", "concepts/hilang.yml", "references/hilang.csv"])
def test_a_link_that_leads_nowhere_is_a_problem_of_its_own(tree: Path, place: str) -> None:
    (tree / place).symlink_to(tree / "tak_ada")
    assert broken(tree) == [place]


def test_a_folder_with_the_name_of_a_contract_is_a_problem_of_its_own(tree: Path) -> None:
    (tree / "kediri" / "dinkes" / "folder.yml").mkdir()
    assert broken(tree) == ["kediri/dinkes/folder.yml"]


def test_a_path_out_of_the_registry_is_refused_by_the_check(tree: Path) -> None:
    """It never was fetched, but passed the check and failed every night."""
    write_tree(tree, {"kediri/dinkes/luar.yml": PLAIN.replace("data.csv", "../../../../etc/passwd")})
    assert broken(tree) == ["kediri/dinkes/luar.yml"]


def test_a_concept_has_a_name_that_a_table_can_have(tree: Path) -> None:
    shutil.copy(tree / "concepts" / "indikator.yml", tree / "concepts" / "a.b; drop.yml")
    assert broken(tree) == ["concepts/a.b; drop.yml"]
