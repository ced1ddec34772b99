"""Prevents rows from waiting for ever for a code, a guess from standing in for a person's decision, and a decision that was taken back from
leaving its figures where they do not belong.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from contracts.errors import WrongUsage
from satudata.cli import satudata
from satudata.conform.inputs import release_input
from satudata.conform.prepare import prepare
from satudata.mapping.assign import Wish, assign
from satudata.mapping.sheet import from_sheet, listed
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.registry import HARGA, STOK, harga, stok
from warehouse.raw_codes import resolve_raw

DAY = date(2026, 6, 2)
PRICES = "sintang.disdagin.harga"
STOCK = "sintang.dkp.stok"
STANDS = "select kode_wilayah, stok_ton::float from mart.neraca_pangan where kode_komoditas = 'beras' order by 1"


def said(*arguments: str) -> str:
    found = CliRunner().invoke(satudata, ["mapping", *arguments], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture(autouse=True)
def _ani(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Who decides, and an archive of this test's own."""
    monkeypatch.setenv("SATUDATA_NAMA", "ani")
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", str(tmp_path / "arsip"))


@pytest.fixture
def waiting(gudang: Gudang) -> Gudang:
    """Texts without a code, seen by a conform that has begun: what a transform does before it starts dbt."""
    gudang.contract(PRICES, HARGA)
    gudang.contract(STOCK, STOK.replace('within: "61.05"', 'within: "61.05", system: kemendagri'))
    gudang.accept(PRICES, [harga("Beras Adan", 21000), harga("Emas", 1), harga("Emas", 2, "2026-05-31")])
    gudang.accept(STOCK, [stok("Kec. Sepauk Hulu", "2026-05-18", 40, 25), stok("6107", "2026-05-18", 40, 7)], penerbit="61.05.09")
    conform(gudang)
    return gudang


def conform(gudang: Gudang) -> None:
    with gudang.database.connect("transformer", autocommit=True) as conn, gudang.database.connect("loader", autocommit=True) as loader:
        prepare(conn, loader, release_input(conn, DAY))


def test_a_decision_brings_waiting_rows_in_and_another_one_moves_their_figures(gudang: Gudang) -> None:
    """Without fetching: nothing but raw and the newest decision is read."""
    gudang.contract(STOCK, STOK)
    gudang.accept(STOCK, [stok("Sepauk", "2026-05-18", 40, 25), stok("Sepauk Hulu", "2026-05-18", 40, 7)])
    assert transform(DAY)["skipped"] is False
    assert gudang.rows(STANDS) == [("61.05.03", 25.0)]
    assert "1 baris menunggu" in said("assign", "Sepauk Hulu", "61.05.01", "--alasan", "nama lama")
    assert (gudang.rows(STANDS), transform(DAY)["skipped"]) == ([("61.05.03", 25.0)], False)
    assert gudang.rows(STANDS) == [("61.05.01", 7.0), ("61.05.03", 25.0)]
    assert "Tidak ada teks" in said("list")
    assert "angka lamanya ikut pindah" in said("assign", "sepauk hulu", "61.05.02", "--oleh", "budi")
    transform(DAY)
    assert gudang.rows(STANDS) == [("61.05.02", 7.0), ("61.05.03", 25.0)]
    assert gudang.rows("select code, by, reason from ops.mapping order by mapping_id", "steward") == [
        ("61.05.01", "ani", "nama lama"),
        ("61.05.02", "budi", None),
    ]
    assert gudang.rows("select kode, oleh, berlaku from quality.padanan where tempat = 'ops.mapping' order by berlaku", "steward") == [
        ("61.05.01", "ani", False),
        ("61.05.02", "budi", True),
    ]


def test_the_list_says_who_waits_since_when_and_what_it_may_mean(waiting: Gudang) -> None:
    found = {one["published"]: one for one in json.loads(said("list", "--json"))["mappings"]}
    assert list(found) == ["emas", "beras adan", "6107", "kec. sepauk hulu"]
    gold, bps = found["emas"], found["6107"]
    assert (gold["dataset"], gold["rows"], gold["reference"], gold["candidates"], gold["penerbit"]) == (PRICES, 2, "komoditas", [], [])
    assert (bps["penerbit"], bps["level"], bps["within"]) == (["61.05.09"], "kecamatan", "61.05")
    assert [one["code"] for one in bps["candidates"]] == ["61.05", "61.07"]  # Sintang in the other system, Bengkayang in this one
    assert gold["first_seen"] is not None
    assert [one["published"] for one in listed(STOCK)] == ["6107", "kec. sepauk hulu"]
    assert "61.05 Kabupaten Sintang" in said("list", STOCK)


@pytest.mark.parametrize(
    ("text", "within", "level", "candidates"),
    [
        ("Sei Radak I", "61.12", "desa_kelurahan", ["61.12.04.2007"]),
        ("KEL. TELUK PAKEDAI SATU (baru)", "61.12", "desa_kelurahan", ["61.12.08.2002"]),
        ("Kec. Mojoroto", "35.71", "desa_kelurahan", ["35.71.01.1011", "35.71.01"]),
        ("semuntai", "61.05", "desa_kelurahan", ["61.05.03.2011", "61.05.04.2009"]),
        ("Simba Jaya", "61.05", "desa_kelurahan", []),
        ("Kediri", "35", "kabupaten_kota", ["35.06", "35.71"]),
    ],
)
def test_candidates_are_exact_in_another_writing_and_never_alike(
    waiting: Gudang, text: str, within: str, level: str, candidates: list[str]
) -> None:
    """`Simba Raya` is not `Simba Jaya`; a name borne at two places is two proposals."""
    found = waiting.rows(f"select code from ops.candidates('wilayah', '{text.lower()}', '{level}', '{within}', null, 5)", "loader")
    assert [code for (code,) in found] == candidates


def test_a_proposal_is_never_taken_by_itself(waiting: Gudang) -> None:
    with waiting.database.connect("transformer") as conn:
        resolve_raw(conn, conn.execute("select '2026-06-02'::timestamptz").fetchall()[0][0])
        assert conn.execute("select code from ops.resolved_code where published = '6107'").fetchall() == [(None,)]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish("Kec. Sepauk Hulu", "61.05.99"), "tidak ada di daftar wilayah"),
        (Wish("Kec. Sepauk Hulu", "6107"), "kode BPS Kabupaten Sintang.*61.05"),
        (Wish("Kec. Sepauk Hulu", "61.05.03.2011"), "level desa_kelurahan"),
        (Wish("Kec. Sepauk Hulu", "61.12.01"), "di luar induk"),
        (Wish("tak pernah ada", "61.05.03"), "tidak pernah dibaca"),
        (Wish("Beras Adan", "beras", dataset=STOCK), "tidak pernah dibaca sebagai kode di dataset"),
        (Wish("Beras Adan", "61.05.03"), "tidak ada di daftar komoditas"),
    ],
)
def test_a_code_that_cannot_be_meant_is_refused(waiting: Gudang, wish: Wish, words: str) -> None:
    with pytest.raises(WrongUsage, match=words):
        assign([wish], "ani")
    assert waiting.rows("select count(*) from ops.mapping", "loader") == [(0,)]


def test_what_already_has_that_code_is_not_decided_twice(waiting: Gudang) -> None:
    assign([Wish("Beras Adan", "beras_premium")], "ani")
    with pytest.raises(WrongUsage, match="sudah berarti beras_premium"):
        assign([Wish("Beras Adan", "beras_premium")], "ani")


def test_many_at_once_or_none(waiting: Gudang, tmp_path: Path) -> None:
    """A sheet with one wrong line changes nothing; mended, all of it counts, and what was left empty still waits."""
    sheet = tmp_path / "padanan.csv"
    rows = list(csv.DictReader(said("list", "--csv").splitlines()))
    assert {row["teks"]: row["calon"] for row in rows}["6107"] == "61.05 Kabupaten Sintang; 61.07 Kabupaten Bengkayang"
    for row in rows:
        row["kode"] = {"beras adan": "beras_premium", "kec. sepauk hulu": "61.05"}.get(row["teks"], "")
    write(sheet, rows)
    with pytest.raises(WrongUsage, match=r"(?s)1 dari 2 padanan.*Tidak satu pun"):
        assign(from_sheet(sheet), "ani")
    assert waiting.rows("select count(*) from ops.mapping", "loader") == [(0,)]
    write(sheet, [{**row, "kode": row["kode"].replace("61.05", "61.05.03")} for row in rows])
    assert "61.05.03 Sepauk" in said("assign", "--csv", str(sheet))
    conform(waiting)
    assert [one["published"] for one in listed()] == ["emas", "6107"]


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_decision_stands_in_the_journal_and_is_never_edited(waiting: Gudang, tmp_path: Path) -> None:
    said("assign", "Kec. Sepauk Hulu", "61.05.03")
    (path,) = (tmp_path / "arsip").rglob("journal/**/*.json")
    record = json.loads(path.read_bytes())
    assert (record["kind"], record["content"]["by"]) == ("mapping.assign", "ani")
    assert record["content"]["subject"] == {
        "reference": "wilayah", "published": "kec. sepauk hulu", "level": "kecamatan", "within": "61.05", "system": "kemendagri", "code": "61.05.03",
    }  # fmt: skip
    for role in ("loader", "steward"):
        with waiting.database.connect(role) as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("update ops.mapping set code = '61.05.01'")
