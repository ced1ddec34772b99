"""A broken file must show as itself and hide nothing: one bad YAML among 600 once took every DAG of an installation with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import BrokenContract, UnknownDataset, WrongUsage
from contracts.registry import Registry, load_dataset, load_registry
from tests.sources_tree import PLAIN, write_tree

PEMDA = 'kode: "35.71"\nnama: Kota Kediri\nsitus: {SITUS: "http://data.contoh.go.id"}\n'
ITEM = "- {kode: a, nama: A, produsen_data: dinkes, konsep: x, definisi: x, klasifikasi: x, ukuran: x, satuan: x}\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "sources"
    monkeypatch.setenv("SATUDATA_SOURCES", str(root))
    return write_tree(root, {"kediri/pemda.yml": PEMDA, "kediri/dinkes/satu.yml": PLAIN, "kediri/dinsos/dua.yml": PLAIN})


def said(registry: Registry) -> dict[str, str]:
    """Path below sources/ -> all that is wrong there."""
    return {Path(error.file).relative_to(registry.sources).as_posix(): "\n".join(map(str, error.problems)) for error in registry.broken}


def test_datasets_are_named_by_their_place(tree: Path) -> None:
    registry = load_registry()
    assert list(registry.datasets) == ["kediri.dinkes.satu", "kediri.dinsos.dua"]
    dataset = registry.dataset("kediri.dinkes.satu")
    assert (dataset.pemda_id, dataset.opd, dataset.raw_table, dataset.zone) == (
        "kediri",
        "dinkes",
        "raw.kediri__dinkes__satu",
        "Asia/Jakarta",
    )
    assert dataset.pemda is not None
    assert dataset.pemda.nama == "Kota Kediri"


def test_a_broken_contract_hides_no_other_and_stays_visible(tree: Path) -> None:
    write_tree(tree, {"kediri/dinkes/rusak.yml": "title: [\n", "kediri/dinkes/salah.yml": PLAIN + "kunci: x\nid: lama.dinkes.salah\n"})
    registry = load_registry()
    assert list(registry.datasets) == ["kediri.dinkes.satu", "kediri.dinsos.dua"]
    assert [(error.dataset, error.pemda_id, error.opd) for error in registry.broken] == [
        ("kediri.dinkes.rusak", "kediri", "dinkes"),
        ("lama.dinkes.salah", "kediri", "dinkes"),
    ]
    for load in (registry.dataset, load_dataset):
        with pytest.raises(BrokenContract, match="kunci `kunci` tidak dikenal"):
            load("lama.dinkes.salah")


def test_a_broken_contract_is_judged_among_the_others_at_once(tree: Path) -> None:
    """Fails when its author hears that the id is taken, and the partner missing, only after mending everything else."""
    text = PLAIN.replace("title:", "tittle:") + "id: kediri.dinkes.satu\nmenggantikan: [kediri.tidak.ada]\n"
    write_tree(tree, {"kediri/dinsos/banyak.yml": text})
    found = said(load_registry())
    assert list(load_registry().datasets) == ["kediri.dinkes.satu", "kediri.dinsos.dua"]
    for words in ("`tittle` tidak dikenal", "juga dipakai di", "dataset `kediri.tidak.ada` tidak ada"):
        assert words in found["kediri/dinsos/banyak.yml"]
    assert len(found["kediri/dinsos/banyak.yml"].splitlines()) == 3


@pytest.mark.parametrize("load", [lambda name: load_registry().dataset(name), load_dataset])
def test_one_id_in_two_files_is_wrong_in_both(tree: Path, load: object) -> None:
    write_tree(tree, {"kediri/dinsos/kembar.yml": PLAIN + "id: kediri.dinkes.satu\n"})
    found = said(load_registry())
    assert "juga dipakai di" in found["kediri/dinkes/satu.yml"]
    assert "dinkes/satu.yml" in found["kediri/dinsos/kembar.yml"]
    assert ":8: id: " in found["kediri/dinsos/kembar.yml"]
    with pytest.raises(BrokenContract):
        load("kediri.dinkes.satu")  # type: ignore[operator]


BESIDE = {
    "a dataset that was retired": ({"retired.yml": "kediri.dinkes.satu: {sejak: 2024-01-01, alasan: dilebur}\n"}, "dinkes/satu.yml", "dipensiunkan"),
    "a folder too deep": ({"kediri/dinkes/bidang/tiga.yml": PLAIN}, "dinkes/bidang/tiga.yml", "bukan tempat kontrak"),
    "a file at the top": ({"tiga.yml": PLAIN}, "tiga.yml", "bukan tempat kontrak"),
    "the other suffix": ({"kediri/dinkes/tiga.yaml": PLAIN}, "dinkes/tiga.yaml", "bukan tempat kontrak"),
    "the name of another table's version": ({"kediri/dinkes/posyandu_v3.yml": PLAIN}, "dinkes/posyandu_v3.yml", "nama versi lain sebuah tabel terbit"),
    "a name that is no id": ({"kediri/dinkes/Tiga-1.yml": PLAIN}, "dinkes/Tiga-1.yml", "tidak dapat menjadi id"),
    "same_as without partner": (
        {"kediri/dinkes/tiga.yml": PLAIN.replace('url: "data.csv"', "same_as: kediri.dinkes.stu")}, "dinkes/tiga.yml", "mungkin `kediri.dinkes.satu`",
    ),
    "same_as of another rhythm": (
        {"kediri/dinkes/tiga.yml": PLAIN.replace('url: "data.csv"', "same_as: kediri.dinkes.satu") + "for_each: [a]\n"},
        "dinkes/tiga.yml", "`for_each` atau `each` berbeda",
    ),
    "a predecessor nobody knows": (
        {"kediri/dinkes/tiga.yml": PLAIN + "menggantikan: [kediri.dinkes.nol]\n"}, "dinkes/tiga.yml", "`kediri.dinkes.nol` tidak ada",
    ),
    "a region that is none": (
        {"kediri/dinkes/tiga.yml": PLAIN.replace("{type: text}", '{type: wilayah, level: kecamatan, within: "35.98"}')},
        "dinkes/tiga.yml", "kode wilayah `35.98` tidak dikenal",
    ),
    "a broken pemda.yml": ({"kediri/pemda.yml": "kode: 3571\nnama: x\n"}, "dinkes/satu.yml", "pemda.yml rusak"),
    "a pemda by its code of BPS": ({"kediri/pemda.yml": "kode: 3571\nnama: x\n"}, "pemda.yml", "kode Kemendagri dengan titik, PP.KK"),
    "a pemda by the code of a village": ({"kediri/pemda.yml": "kode: 3571010001\nnama: x\n"}, "pemda.yml", "kode kecamatan atau desa, bukan kode sebuah pemda"),
    "an unknown time zone": ({"kediri/pemda.yml": PEMDA + "timezone: Asia/Kediri\n"}, "pemda.yml", "zona waktu `Asia/Kediri`"),
    "a secret in situs": ({"kediri/pemda.yml": PEMDA.replace("http://", "http://a:b@")}, "pemda.yml", "memuat kata sandi"),
    "a data item with two producers": ({"kediri/daftar_data.yml": ITEM * 2}, "daftar_data.yml", "didaftar dua kali"),
    "an excluded item without uji konsekuensi": (
        {"kediri/daftar_data.yml": ITEM.replace("nama: A", "nama: A, kelas_informasi: dikecualikan")}, "daftar_data.yml", "tanpa uji konsekuensi",
    ),
    "an OPD that opd.yml does not have": (
        {"kediri/opd.yml": "dinsos: {nama: Dinas Sosial}\n", "kediri/dinkes/tiga.yml": PLAIN + "produsen_data: dinsso\n"},
        "dinkes/tiga.yml", "mungkin `dinsos`",
    ),
    "a concept whose key it does not have": (
        {"concepts/harga.yml": "description: x\nfact: fct_x\nkey: [b]\ncolumns: {a: {type: text, description: x}}\n"},
        "concepts/harga.yml", "kolom `b` tidak ada",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_around_a_contract_is_checked_too(tree: Path, case: str) -> None:
    files, file, words = BESIDE[case]
    write_tree(tree, files)
    registry = load_registry()
    assert words in next(text for path, text in said(registry).items() if path.endswith(file))
    assert "kediri.dinsos.dua" in registry.datasets or "pemda" in case or "time zone" in case or "situs" in case


def test_a_predecessor_that_was_retired_is_known(tree: Path) -> None:
    write_tree(
        tree, {"retired.yml": "a.b.c: {sejak: 2024-01-01, alasan: x}\n", "kediri/dinkes/tiga.yml": PLAIN + "menggantikan: [a.b.c]\n"}
    )
    assert load_registry().broken == []


def test_an_unknown_id_hears_the_nearest(tree: Path) -> None:
    for load in (load_registry().dataset, load_dataset):
        with pytest.raises(UnknownDataset) as caught:
            load("kediri.dinkes.stu")
        assert caught.value.closest[0] == "kediri.dinkes.satu"
        assert caught.value.exit_code == 2


def test_the_fingerprint_follows_the_contract_and_its_concept(tree: Path) -> None:
    concept = "description: x\nfact: fct_x\nkey: [kode]\ncolumns: {kode: {type: text, description: x}}\n"
    write_tree(tree, {"concepts/harga.yml": concept, "kediri/dinkes/satu.yml": PLAIN + "concept: harga\n"})
    first = load_dataset("kediri.dinkes.satu")
    assert first.raw_table == "raw.harga"
    write_tree(tree, {"concepts/harga.yml": concept.replace("description: x\nfact", "description: y\nfact")})
    second = load_dataset("kediri.dinkes.satu")
    write_tree(tree, {"kediri/dinkes/satu.yml": PLAIN + "concept: harga\n# catatan\n"})
    assert len({first.sha256, second.sha256, load_dataset("kediri.dinkes.satu").sha256}) == 3


def test_a_long_id_keeps_a_table_name_that_postgres_keeps(tree: Path) -> None:
    long = "kediri.dinas_pemberdayaan_perempuan_dan_perlindungan_anak"
    write_tree(
        tree, {"kediri/dinkes/a.yml": PLAIN + f"id: {long}.kekerasan_2023\n", "kediri/dinkes/b.yml": PLAIN + f"id: {long}.kekerasan_2024\n"}
    )
    tables = [load_dataset(f"{long}.kekerasan_{year}").raw_table.removeprefix("raw.") for year in (2023, 2024)]
    assert [len(table) for table in tables] == [63, 63]
    assert len(set(tables)) == 2


def test_a_contract_may_lie_anywhere(tree: Path, tmp_path: Path) -> None:
    write_tree(tmp_path / "unduhan", {"harga.yml": PLAIN, "rusak.yml": PLAIN + "kunci: 1\n"})
    dataset = load_dataset(tmp_path / "unduhan" / "harga.yml")
    assert (dataset.id, dataset.pemda, dataset.publishers()) == ("harga", None, ("",))
    assert dataset.url_for() == (tmp_path / "unduhan" / "data.csv").as_uri()
    with pytest.raises(BrokenContract, match="rusak.yml:8: kunci"):
        load_dataset(tmp_path / "unduhan" / "rusak.yml")
    with pytest.raises(WrongUsage, match="tidak ada"):
        load_dataset(tmp_path / "tak_ada.yml")


def test_no_registry_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="SATUDATA_SOURCES"):
        load_registry(tmp_path / "tak_ada")
