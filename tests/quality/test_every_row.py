"""Prevents an agency from being told of the first wrong row only, or of a row without what is wrong in it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from expectations.violations import MOST_LISTED
from satudata.finding_report.report import write_reports
from satudata.run import run
from tests.conftest import Database
from tests.quality.conftest import AGENCIES, FIRST, NAME, PEMDA, REPO, City

HELD = """
title: Izin
source: {kind: file, url: izin.csv}
columns:
  nomor: {from: nomor, type: text}
  mulai: {from: mulai, type: date}
  selesai: {from: selesai, type: date}
  jumlah: {from: jumlah, type: integer}
  pemohon: {from: pemohon, type: text, pribadi: nama}
  catatan: {from: catatan, type: text}
write: snapshot
key: [nomor]
guards: {max_quarantined: 0.9}
checks:
  - {rule: range, column: jumlah, range: [0, 10], severity: hold}
  - {rule: date_order, columns: [mulai, selesai], severity: warn}
  - {rule: personal_data, severity: warn}
  - {rule: junk, columns: [catatan]}
  - {rule: sql, condition: "jumlah > 3 and catatan = 'ganda'", message: Ganda tidak boleh lebih dari tiga.}
"""
NIK = "3571014107900001"
LISTED = """
title: Titik
source: {kind: file, url: titik.json}
columns:
  id: {from: id, type: text}
  lat: {from: lat, type: decimal, numbers: en}
  lon: {from: lon, type: decimal, numbers: en}
write: snapshot
key: [id]
guards: {max_quarantined: 0.9}
checks: [{rule: in_box, latitude: lat, longitude: lon}]
"""
MANY = 250
ROWS = [
    ("A1", "2026-05-01", "2026-04-01", 1, f"NIK {NIK}"), ("A2", "2026-01-01", "2026-02-01", 2, "asdf"), ("A3", "2026-01-01", "2026-02-01", 9, "ganda"),
    ("A4", "2026-01-01", "2026-02-01", 3, "satu"), ("A4", "2026-01-01", "2026-02-01", 4, "satu"),
    *((f"B{n}", "2026-01-01", "2026-02-01", 11, "biasa") for n in range(MANY)),
]  # fmt: skip


@pytest.fixture(scope="module")
def town(module_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    root = tmp_path_factory.mktemp("desa")
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, root / "sources" / part)
    folder = root / "sources" / "uji"
    (folder / "dagang").mkdir(parents=True)
    (folder / "opd.yml").write_text(AGENCIES)
    (folder / "pemda.yml").write_text(PEMDA)
    (folder / "dagang" / "izin.yml").write_text(HELD)
    (folder / "dagang" / "titik.yml").write_text(LISTED)
    lines = [";".join(map(str, (number, first, last, count, NAME, note))) for number, first, last, count, note in ROWS]
    (folder / "dagang" / "izin.csv").write_text("nomor;mulai;selesai;jumlah;pemohon;catatan\n" + "\n".join(lines) + "\n")
    points = [{"id": "p1", "lat": -7.8, "lon": 112.0}, {"id": "p2", "lat": 51.5, "lon": 0.1}]
    (folder / "dagang" / "titik.json").write_text(json.dumps(points))
    with pytest.MonkeyPatch.context() as patch, module_database.connect("steward", autocommit=True) as conn:
        patch.setenv("SATUDATA_SOURCES", str(root / "sources"))
        patch.setenv("SATUDATA_ARCHIVE_URL", (root / "arsip").as_uri())
        run(["uji.dagang.izin", "uji.dagang.titik"], FIRST)
        yield City(module_database, folder, conn)


def test_every_row_of_a_rule_that_holds_is_listed_up_to_a_limit(town: City) -> None:
    found = town.ask(
        "select baris, nilai, baris_lain, akibat from quality.baris_melanggar where aturan = 'range.jumlah' order by urutan nulls last"
    )
    assert found[:2] == [("7", "11", None, "batch ditahan"), ("8", "11", None, "batch ditahan")]
    assert (len(found), found[-1]) == (MOST_LISTED + 1, (f"dan {MANY - MOST_LISTED} baris lain", None, MANY - MOST_LISTED, "batch ditahan"))


def test_a_warning_names_its_rows_too(town: City) -> None:
    assert town.ask("select baris, kunci, kolom, nilai, tenggat from quality.baris_melanggar where aturan like 'date_order%'") == [
        ("2", "nomor: A1", "mulai, selesai", "mulai: 2026-05-01; selesai: 2026-04-01", None)
    ]


@pytest.mark.parametrize(
    ("rule", "row", "columns", "values"),
    [
        ("junk.catatan", 3, "catatan", "asdf"),
        ("sql", 4, "jumlah, catatan", "jumlah: 9; catatan: ganda"),
        ("unique.nomor", 5, "nomor", "A4"),
        ("in_box.lat_lon", 2, "lat, lon", "lat: 51.5; lon: 0.1"),
    ],
)
def test_a_rule_on_several_columns_says_which_and_what_stands_there(town: City, rule: str, row: int, columns: str, values: str) -> None:
    """A row of JSON has its place among the records."""
    found = town.ask(f"select baris_ke, kolom, nilai from quality.baris_dikarantina where aturan = '{rule}' order by baris_id limit 1")
    assert found == [(row, columns, values)]


def test_a_double_names_its_twin(town: City) -> None:
    (told,) = town.ask("select pesan from quality.baris_dikarantina where aturan = 'unique.nomor' order by baris_id limit 1")
    assert str(told[0]).endswith("Juga di baris 6; yang berbeda: jumlah 3 / 4.")


def test_whose_number_stands_where_is_told_without_the_number(town: City) -> None:
    assert town.ask("select baris, kolom, nilai from quality.baris_melanggar where aturan = 'personal_data'") == [
        ("2", "catatan", "NIK (disamarkan)")
    ]
    shown = str(town.ask("select string_agg(v::text, ' ') from quality.baris_melanggar v")[0][0])
    assert NIK not in shown
    assert NAME not in shown


def test_the_report_counts_a_row_once(town: City, tmp_path: Path) -> None:
    """A row set aside by two rules is one row: the report adds up to what the ledger holds."""
    town.conn.execute(
        """update ops.quarantined_row set rule_ids = rule_ids || array['junk.catatan'], messages = messages || array['Isian percobaan.']
           where rule_ids = array['sql']"""
    )
    write_reports(town.conn, tmp_path, "dagang")
    with (tmp_path / "35.71_dagang" / "3_baris_yang_salah.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    aside = sum(int(row["Banyaknya"]) for row in rows if row["Akibat"] == "baris dikarantina")
    assert town.ask(f"select count(*) = {aside}, sum(cardinality(rule_ids)) = {aside} from ops.quarantined_row") == [(True, False)]
    held = [row for row in rows if row["Aturan"] == "range.jumlah"]
    assert sum(int(row["Banyaknya"]) for row in held) == MANY
    assert held[-1]["Semua baris"] == f"dan {MANY - MOST_LISTED} baris lain"
