"""One contract makes many requests; an address filled wrongly fetches the wrong month, or reads a file it has no business with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.errors import BrokenContract, UnresolvedVariable, UnsafeUrl, WrongUsage
from contracts.registry import load_dataset, load_registry
from tests.sources_tree import PLAIN, write_tree

PEMDA = 'kode: "35.71"\nnama: Kota Kediri\nsitus: {SITUS: "http://data.contoh.go.id"}\n'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "sources"
    monkeypatch.setenv("SATUDATA_SOURCES", str(root))
    return write_tree(root, {"kediri/pemda.yml": PEMDA})


def url_contract(url: str) -> str:
    return PLAIN.replace("data.csv", url)


@pytest.mark.parametrize(
    ("url", "nilai", "wanted"),
    [
        ("${SITUS}/a/{tanggal}.csv", {"tanggal": "2024-02-29"}, "http://data.contoh.go.id/a/2024-02-29.csv"),
        ("${SITUS}/a?t={tahun}&b={bulan}", {"bulan": "2024-02"}, "http://data.contoh.go.id/a?t=2024&b=02"),
        ("${SITUS}/a?b={bulan}", {"bulan": "2024-02"}, "http://data.contoh.go.id/a?b=2024-02"),
        ("${SITUS}/{tahun}/{tanggal}", {"tanggal": "2024-02-29"}, "http://data.contoh.go.id/2024/2024-02-29"),
    ],
)
def test_an_address_is_filled_from_pemda_yml_and_the_request(tree: Path, url: str, nilai: dict[str, str], wanted: str) -> None:
    write_tree(tree, {"kediri/dinkes/satu.yml": url_contract(url)})
    assert load_dataset("kediri.dinkes.satu").url_for("", nilai) == wanted


def test_the_environment_goes_before_pemda_yml(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tree, {"kediri/dinkes/satu.yml": url_contract("${SITUS}/a"), "kediri/dinkes/tiga.yml": url_contract("${LAIN}/a")})
    monkeypatch.setenv("SITUS", "http://127.0.0.1:8080")
    assert load_dataset("kediri.dinkes.satu").url_for() == "http://127.0.0.1:8080/a"
    with pytest.raises(UnresolvedVariable, match="situs.LAIN"):
        load_dataset("kediri.dinkes.tiga").url_for()


@pytest.mark.parametrize("value", ["/etc", "file:///etc", "ftp://a.go.id", "../../..", "http:///"])
def test_no_address_leads_to_other_files_of_this_machine(tree: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    write_tree(tree, {"kediri/dinkes/satu.yml": url_contract("${SITUS}/passwd")})
    monkeypatch.setenv("SITUS", value)
    with pytest.raises(UnsafeUrl):
        load_dataset("kediri.dinkes.satu").url_for()


def test_a_link_does_not_lead_out_of_the_registry(tree: Path, tmp_path: Path) -> None:
    write_tree(tmp_path, {"rahasia/data.csv": "x"})
    write_tree(tree, {"kediri/dinkes/satu.yml": url_contract("luar/data.csv"), "kediri/dinsos/dua.yml": url_contract("data.csv")})
    loaded = load_dataset("kediri.dinkes.satu")
    (tree / "kediri" / "dinkes" / "luar").symlink_to(tmp_path / "rahasia")
    assert load_dataset("kediri.dinsos.dua").url_for() == (tree / "kediri/dinsos/data.csv").as_uri()
    with pytest.raises(UnsafeUrl):
        loaded.url_for()
    with pytest.raises(BrokenContract, match="keluar dari folder sources"):
        load_dataset("kediri.dinkes.satu")


@pytest.mark.parametrize(
    ("more", "url", "requests"),
    [
        ("", "${SITUS}/a", [("", {})]),
        ("", "${SITUS}/{tanggal}", [("", {"tanggal": "2024-03-01"})]),
        ("for_each: [x, y]\n", "${SITUS}/{penerbit}", [("x", {}), ("y", {})]),
        ("for_each: kecamatan\n", "${SITUS}/{penerbit}", [("35.71.01", {}), ("35.71.02", {}), ("35.71.03", {})]),
        ("for_each: [x]\n", "${SITUS}/{penerbit}/{tahun}/{bulan}", [("x", {"bulan": "2024-03"})]),
    ],
)
def test_a_run_asks_for_every_publisher_and_every_value(
    tree: Path, more: str, url: str, requests: list[tuple[str, dict[str, str]]]
) -> None:
    write_tree(tree, {"kediri/dinkes/satu.yml": url_contract(url) + more})
    assert list(load_dataset("kediri.dinkes.satu").requests(date(2024, 3, 1))) == requests


@pytest.mark.parametrize(
    ("each", "values"),
    [
        ("tanggal: 3d", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("bulan: 3m", ["2024-01", "2024-02", "2024-03"]),
        ("tahun: 2", ["2023", "2024"]),
    ],
)
def test_each_asks_for_the_last_n_up_to_the_run(tree: Path, each: str, values: list[str]) -> None:
    name = each.split(":")[0]
    text = (
        url_contract(f"${{SITUS}}/{{{name}}}")
        .replace("kind: file,", f"kind: file, each: {{{each}}},")
        .replace("write: snapshot", "write: append")
    )
    write_tree(tree, {"kediri/dinkes/satu.yml": text})
    assert [request.nilai[name] for request in load_dataset("kediri.dinkes.satu").requests(date(2024, 3, 1))] == values


def test_publishers_by_level_and_agency_come_from_the_pemda(tree: Path) -> None:
    files = {
        "kediri/opd.yml": "dinkes: {nama: Dinas Kesehatan}\ndinsos: {nama: Dinas Sosial}\n",
        "kediri/dinkes/a.yml": url_contract("${SITUS}/{penerbit}") + "for_each: kelurahan\n",
        "kediri/dinkes/b.yml": url_contract("${SITUS}/{penerbit}") + "for_each: opd\n",
        "kosong/dinkes/c.yml": url_contract("${SITUS}/{penerbit}") + "for_each: kelurahan\n",
    }
    registry = load_registry(write_tree(tree, files))
    kelurahan = registry.dataset("kediri.dinkes.a").publishers()
    assert (len(kelurahan), kelurahan[0]) == (46, "35.71.01.1001")
    assert registry.dataset("kediri.dinkes.b").publishers() == ("dinkes", "dinsos")
    with pytest.raises(WrongUsage, match="butuh pemda"):
        registry.dataset("kosong.dinkes.c").publishers()


def test_a_snapshot_of_several_days_is_refused(tree: Path) -> None:
    """Each day's batch would end the rows of the day before: a week asked for, one day kept."""
    text = url_contract("${SITUS}/{tanggal}").replace("kind: file,", "kind: file, each: {tanggal: 2d},")
    write_tree(tree, {"kediri/dinkes/a.yml": text})
    (error,) = load_registry(tree).broken
    assert [problem.key for problem in error.problems] == ["write"]
