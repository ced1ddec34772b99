"""`source check` is the gate before a contract runs: a file it overlooks, or an exit code of 0 over a problem, lets a broken one in."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from contracts.errors import UnknownDataset, WrongUsage
from satudata.cli import satudata
from satudata.source_check import check_sources
from satudata.source_list import list_sources
from tests.sources_tree import PLAIN, write_tree


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "sources"
    monkeypatch.setenv("SATUDATA_SOURCES", str(root))
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path / "home"))  # no warehouse, so nothing of it is missed in the registry
    files = {
        "kediri/dinkes/satu.yml": PLAIN,
        "kediri/dinsos/dua.yml": PLAIN.replace("key: [kode]", "key: [kod]"),
        "kediri/opd.yml": "dinkes: {name: x}\n",
    }
    return write_tree(root, files)


def test_the_whole_registry_is_checked_with_every_problem(tree: Path) -> None:
    report = check_sources()
    assert (report.checked, report.exit_code) == (2, 2)
    assert sorted({Path(problem.file).name for problem in report.problems}) == ["dua.yml", "opd.yml"]
    assert (
        report.lines()[0]
        == f"{tree}/kediri/dinsos/dua.yml:7: key[1]: kolom `kod` tidak ada. Yang benar: mungkin `kode` (yang dikenal: kode, nilai)"
    )
    assert report.lines()[-1].startswith("2 kontrak diperiksa: ")


@pytest.mark.parametrize(
    ("path", "checked", "exit_code"),
    [
        ("kediri/dinkes", 1, 0),
        ("kediri/dinkes/satu.yml", 1, 0),
        ("kediri/dinsos/dua.yml", 1, 2),
        ("kediri/opd.yml", 0, 2),
        ("kediri", 2, 2),
    ],
)
def test_a_part_of_the_registry_is_checked_alone(tree: Path, path: str, checked: int, exit_code: int) -> None:
    report = check_sources([tree / path])
    assert (report.checked, report.exit_code) == (checked, exit_code)


def test_a_part_is_judged_among_all_others(tree: Path) -> None:
    write_tree(tree, {"kediri/dinsos/dua.yml": PLAIN + "id: kediri.dinkes.satu\n"})
    assert check_sources([tree / "kediri/dinkes/satu.yml"]).exit_code == 2


def test_files_and_folders_outside_the_registry_are_checked(tree: Path, tmp_path: Path) -> None:
    write_tree(tmp_path / "luar", {"baik.yml": PLAIN, "rusak.yml": PLAIN + "kunci: 1\n"})
    assert check_sources([tmp_path / "luar"]).checked == 2
    assert [problem.key for problem in check_sources([tmp_path / "luar"]).problems] == ["kunci"]
    assert check_sources([tmp_path / "luar" / "baik.yml"]).lines() == ["1 kontrak diperiksa: tidak ada kesalahan."]


@pytest.mark.parametrize(
    ("name", "checked", "exit_code"),
    [("kediri.dinkes.satu", 1, 0), ("kediri.dinsos.dua", 1, 2), ("kediri.dinkes", 1, 0), ("kediri", 2, 2), ("lain.opd.data", 0, 0)],
)
def test_a_dataset_is_named_by_its_id_or_the_beginning_of_it(tree: Path, name: str, checked: int, exit_code: int) -> None:
    """Else who has just been told an id by `status` has to look for its file before it can be checked."""
    write_tree(tree, {"retired.yml": "lain.opd.data: {sejak: 2026-01-01, alasan: dilebur}\n", "kediri/opd.yml": "dinkes: {nama: x}\n"})
    ran = CliRunner().invoke(satudata, ["source", "check", name])
    assert (ran.exit_code, ran.output.splitlines()[-1].partition(":")[0]) == (exit_code, f"{checked} kontrak diperiksa")


def test_an_id_that_no_contract_has_is_answered_with_those_like_it(tree: Path) -> None:
    with pytest.raises(UnknownDataset, match=r"`kediri\.dinkes\.dua` tidak dikenal.*kediri\.dinkes\.satu"):
        check_sources(["kediri.dinkes.dua"])
    with pytest.raises(UnknownDataset, match="`kedir`"):  # no part of an id
        check_sources(["kedir"])


def test_a_path_that_is_not_there_is_wrong_usage(tree: Path) -> None:
    with pytest.raises(WrongUsage, match="tidak ada"):
        check_sources([tree / "kediri/dinkes/tiga.yml"])


def test_the_list_shows_broken_contracts_among_the_others(tree: Path) -> None:
    lines = {line.id: line for line in list_sources()}
    assert list(lines) == ["", "kediri.dinkes.satu", "kediri.dinsos.dua"]
    assert (lines["kediri.dinkes.satu"].publishers, lines["kediri.dinkes.satu"].problems) == (1, 0)
    assert lines["kediri.dinsos.dua"].problems == 1
    assert "kolom `kod` tidak ada" in lines["kediri.dinsos.dua"].title
