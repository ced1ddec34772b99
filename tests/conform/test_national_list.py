"""Prevents a list of the country's regions from replacing the one that stands unseen: a code under another name, a list cut short, a broken line."""

from __future__ import annotations

import csv
import json
import resource
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from contracts.errors import BrokenContract, WrongUsage
from contracts.references import SHIPPED, broken_lists, reference_rows, regions_within
from satudata.cli import satudata
from satudata.reference_load.load import Loaded, Wanted, load_regions
from tests.conform.conftest import Gudang
from warehouse.references import load_references

PER = date(2026, 7, 1)
VILLAGES = 83_762
FIVE = ("35.71", "35.72", "36.73", "61.05", "61.12")
"""The pemda whose regions are shipped; whoever runs the tests may have added those of others."""
Edit = Callable[[dict[str, str]], None]


@pytest.fixture(autouse=True)
def _archive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", str(tmp_path / "arsip"))


def standing() -> dict[str, str]:
    """Code -> name of the list that stands."""
    return {row["kode"]: row["nama"] for row in reference_rows("wilayah") if not row.get("berlaku_sampai")}


def file_of(path: Path, regions: Iterable[tuple[str, str]], header: str = "kode,nama") -> Path:
    with path.open("w", newline="") as file:
        file.write(header + "\n")
        csv.writer(file, lineterminator="\n").writerows(regions)
    return path


def load(path: Path, *, look_only: bool = False, names: bool = False, ends: bool = False) -> Loaded:
    return load_regions(path, Wanted(PER, "ani", "uji", look_only, names, ends))


def national() -> Iterator[tuple[str, str]]:
    """The list that stands, and made-up kecamatan and desa for the others, up to the counts of the decree."""
    yield from standing().items()
    others = [code for code in standing() if len(code) == 5 and code not in FIVE]
    districts = [f"{others[n % len(others)]}.{n // len(others) + 1:02d}" for n in range(7285 - 35)]
    yield from ((code, f"KECAMATAN BARU {n}") for n, code in enumerate(districts))
    for n in range(VILLAGES - 663):
        yield f"{districts[n % len(districts)]}.{2001 + n // len(districts)}", f"SUMBER MULYA {n // len(districts)}"


def as_shipped(sources: Path) -> None:
    """A registry whose own list knows the regions of the five pemda alone."""
    shutil.copytree(SHIPPED / "references", sources / "references")
    with (SHIPPED / "references" / "wilayah.csv").open(newline="", encoding="utf-8") as shipped:
        rows = [row for row in csv.reader(shipped) if row[0] == "kode" or len(row[0]) <= 5 or row[0][:5] in FIVE]
    with (sources / "references" / "wilayah.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_the_whole_country_is_taken_in_little_memory(gudang: Gudang, tmp_path: Path) -> None:
    """91,599 codes: loaded, judged by `source check` and asked by a contract."""
    as_shipped(gudang.sources)
    path = file_of(tmp_path / "nasional.csv", national())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = load(path)
    assert (found.tally["ditambah"], sum(found.tally.values())) == (VILLAGES - 663 + 7285 - 35, VILLAGES - 663 + 7285 - 35)
    assert [one.incoming for one in found.counts] == [38, 514, 7285, VILLAGES]
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 250_000  # kilobytes, the changes themselves included
    assert list(broken_lists()) == []
    assert (len(regions_within("61.05", "desa_kelurahan")), len(regions_within("32.73", "kecamatan"))) == (406, 14)
    assert gudang.value("select count(*) from ops.reference_item where reference = 'wilayah'", "steward") == 38 + 514 + 7285 + VILLAGES
    assert sum(load(path).tally.values()) == 0  # the same list once more


def test_what_changes_is_told_and_what_has_ended_keeps_its_row(gudang: Gudang, tmp_path: Path) -> None:
    """A desa moves to another kecamatan, one is new, one has ended, one is spelt anew; figures of the past keep their codes."""
    regions = {code: name for code, name in standing().items() if code.startswith("61.05") or len(code) <= 5}
    moved, ended, renamed = "61.05.03.2001", "61.05.03.2002", "61.05.01.1001"
    name = regions.pop(moved)
    regions |= {"61.05.01.2099": name, "61.05.01.2098": "DESA BARU II", renamed: "Tanjung Baru"}
    regions.pop(ended)
    path = file_of(tmp_path / "sintang.csv", regions.items())
    looked = load(path, look_only=True)
    assert {kind: [one.code for one in looked.of(kind)] for kind, number in looked.tally.items() if number} == {
        "ditambah": ["61.05.01.2098"], "berganti nama": [renamed], "pindah": [moved], "berakhir": [ended],
    }  # fmt: skip
    assert (looked.of("pindah")[0].detail, looked.path) == ("menjadi 61.05.01.2099", None)
    with pytest.raises(WrongUsage, match=r"1 kode memakai nama lain: 61\.05\.01\.1001 Tanjung Baru \(sebelumnya"):
        load(path)
    assert not (gudang.sources / "references").exists()
    was = standing()[renamed]
    load(path, names=True)
    rows = {row["kode"]: row for row in reference_rows("wilayah")}
    assert (rows[moved]["berlaku_sampai"], rows[moved]["pengganti"], rows[ended]["berlaku_sampai"]) == (
        "2026-06-30",
        "61.05.01.2099",
        "2026-06-30",
    )
    assert (rows["61.05.01.2098"]["nama"], rows["61.05.01.2098"]["berlaku_dari"], rows["61.05.01.2098"]["jenis"]) == (
        "Desa Baru II",
        "2026-07-01",
        "desa",
    )
    assert (rows[renamed]["nama"], rows[renamed]["sinonim"]) == ("Tanjung Baru", was)  # texts with the old name are still understood
    assert rows["35.71.01.1001"]["berlaku_sampai"] == ""  # Kediri is not in this file
    assert len(reference_rows("ppks")) == 26  # a registry of its own got all lists
    assert sorted(path.name for path in (gudang.sources / "references").iterdir()) == sorted(
        p.name for p in (SHIPPED / "references").iterdir()
    )


def test_a_list_that_is_cut_short_ends_nothing(gudang: Gudang, tmp_path: Path) -> None:
    """Half of the villages of a kabupaten are missing: more likely a broken download than the end of two hundred desa."""
    regions = [(code, name) for code, name in standing().items() if code.startswith("61.05")]
    path = file_of(tmp_path / "sintang.csv", regions[:200])
    with pytest.raises(WrongUsage, match=r"\d+ dari \d+ .* tidak ada di berkas ini.*--setujui-berakhir"):
        load(path)
    assert not (gudang.sources / "references").exists()
    assert load(path, ends=True).tally["berakhir"] > 200


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("61.5", "Sintang")], "baris|2: kode: `61.5` bukan kode Kemendagri"),
        ([("99.01.01", "Entah")], "induk `99.01` tidak ada"),
        ([("61.05", "Kabupaten Sintang"), ("61.05", "Kabupaten Sintang")], "3: kode: `61.05` sudah ada di baris 2"),
        ([("61.05", " ")], "2: nama: kosong"),
        ([("61.05", "Kabupaten Sintang", "61")], "bukan kode BPS pada level itu"),
        ([("61.05", "Kabupaten Sintang", "6105")], "juga milik 61.03"),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_written(gudang: Gudang, tmp_path: Path, rows: list[tuple[str, ...]], words: str) -> None:
    path = file_of(tmp_path / "wilayah.csv", rows, "kode,nama,kode_bps" if len(rows[0]) == 3 else "kode,nama")  # type: ignore[arg-type]
    with pytest.raises(BrokenContract, match=words):
        load(path)
    assert not (gudang.sources / "references").exists()


def test_a_code_that_has_ended_is_never_used_again(gudang: Gudang, tmp_path: Path) -> None:
    regions = {code: name for code, name in standing().items() if code.startswith("61.05")}
    name = regions.pop("61.05.03.2001")
    load(file_of(tmp_path / "satu.csv", regions.items()))
    with pytest.raises(BrokenContract, match="kode tidak dipakai ulang"):
        load(file_of(tmp_path / "dua.csv", {**regions, "61.05.03.2001": name}.items()))


def test_the_command_takes_a_zip_and_says_where_the_list_stands(gudang: Gudang, tmp_path: Path) -> None:
    """Names in capitals and other words for a level are no new names; the act stands in the journal with the bytes it rests on."""
    regions = [(code.replace(".", ""), name.upper().replace("KABUPATEN", "KAB.")) for code, name in standing().items()]
    regions.append(("6105012098", "DESA BARU"))
    plain = file_of(tmp_path / "wilayah.csv", regions)
    packed = tmp_path / "wilayah.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.write(plain, "wilayah.csv")
    arguments = ["reference", "load", "wilayah", str(packed), "--per", "2026-07-01", "--oleh", "ani", "--alasan", "keputusan menteri"]
    told = CliRunner().invoke(satudata, [*arguments, "--lihat", "--json"], catch_exceptions=False)
    assert json.loads(told.output)["tally"] == {"ditambah": 1, "berganti nama": 0, "pindah": 0, "berakhir": 0, "kode BPS": 0}
    told = CliRunner().invoke(satudata, arguments, catch_exceptions=False)
    assert f"Ditulis ke {gudang.sources / 'references' / 'wilayah.csv'}" in told.output
    assert regions_within("61.05.01", "desa_kelurahan")[-1] == "61.05.01.2098"
    ((kind, subject),) = gudang.rows("select kind, subject from ops.act", "steward")
    assert (kind, subject["ditambah"]) == ("reference.load", 1)
    for name in (subject["sha256"], subject["list_sha256"]):
        assert (tmp_path / "arsip" / "sha256" / name[:2] / name).is_file()
    with gudang.database.connect("loader", autocommit=True) as conn:
        assert load_references(conn) == []
