"""Prevents the failures that users of published figures complain of from going through: each on the very rows in which it was published."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook

from satudata.run import Outcome, run
from tests.conftest import Database

REPO = Path(__file__).parents[2]
POOR = """
title: Penduduk miskin
source: {{kind: file, url: {file}}}
period: {{column: tahun, grain: tahun}}
write: snapshot
columns:
  kode: {{from: kode_kabupaten_kota, type: text}}
  nilai: {{from: jumlah_penduduk_miskin, type: decimal, numbers: plain, required: true}}
  tahun: {{type: period, format: YYYY}}
extra: ignore
key: [kode, tahun]
"""
SAME = "checks: [{{rule: same_as_dataset, dataset: x.opd.lama, column: nilai, tolerance: {tolerance}, severity: quarantine}}]\n"
JUNK_TABLE = """
title: Pegawai menurut pendidikan
source: {kind: file, url: bkd_pendidikan.csv}
write: snapshot
columns:
  pendidikan: {from: pendidikan, type: text}
  pria: {from: pria, type: integer}
  wanita: {from: wanita, type: integer}
  jumlah: {from: jumlah, type: integer}
key: [pendidikan]
checks: [{rule: junk, columns: [pendidikan, pria, wanita, jumlah]}]
"""
INTERNET = """
title: Akses internet
source: {kind: file, url: akses_internet.csv}
write: snapshot
columns:
  lokasi: {from: lokasi, type: text}
  penyedia: {from: penyedia, type: text}
  tahun: {from: tahun, type: text}
key: [lokasi]
checks: [{rule: junk, columns: [lokasi, penyedia, tahun]}]
"""
SHELLS = """
title: Data SSD
source: {kind: file, url: dssd_sidoarjo_bangunan_gedung.xls}
period: {column: tahun, grain: tahun}
write: snapshot
unpivot: {headers: '^data_(?P<tahun>\\d{4})$', value: nilai, missing: keep}
same_rows: collapse
columns:
  kode: {from: kode_dssd, type: text}
  definisi: {from: definisi_operasional, type: text, optional: true}
  tahun: {header: tahun, type: period, format: YYYY}
  nilai: {type: decimal, required: true}
extra: ignore
key: [kode, tahun]
guards: {max_quarantined: 1}
checks: [{rule: required, column: definisi, severity: warn}]
"""
EMPTY_AGENCIES = """
title: Jumlah dataset per OPD
source: {kind: json_api, url: garut_api_opd.json, records: "data.*"}
write: snapshot
columns:
  id: {from: id, type: text}
  nama: {from: name, type: text}
  dataset: {from: total_dataset, type: integer, range: [1, null]}
extra: ignore
key: [id]
guards: {max_quarantined: 1}
"""
SITES = """
title: Situs OPD
source: {kind: file, url: ref_situs_opd_serang_2019.csv}
write: snapshot
columns:
  opd: {from: opd, type: text}
  terakhir: {from: update_terakhir, type: period, format: MMMM YYYY}
  batas: {value: "April 2019", type: period, format: MMMM YYYY}
extra: ignore
key: [opd]
guards: {max_quarantined: 1}
checks: [{rule: date_order, columns: [batas, terakhir], message: "Situs tidak diperbarui tiga bulan terakhir."}]
"""
PRODUCTS = """
title: Garis kemiskinan
source: {kind: file, url: garis.csv}
period: {column: tahun, grain: tahun}
write: snapshot
columns:
  kode: {from: kode_kabupaten_kota, type: text}
  nilai: {from: garis_kemiskinan_perkapita, type: integer}
  tahun: {type: period, format: YYYY}
extra: ignore
key: [kode, tahun]
"""


@dataclass
class Hall:
    """A registry of one agency beside the published files."""

    folder: Path
    database: Database
    shared: Path

    def deliver(self, name: str, contract: str, **files: str) -> Outcome:
        """Hand in files under a contract; real ones are taken as they were published."""
        url = yaml.safe_load(contract)["source"]["url"]
        if not files:
            shutil.copyfile(self.shared / "data" / url, self.folder / url)
        for text in files.values():
            (self.folder / url).write_text(text)
        (self.folder / f"{name}.yml").write_text(contract)
        (outcome,) = run([f"x.opd.{name}"], date(2025, 6, 30))
        return outcome

    def aside(self, rule: str) -> list[dict[str, Any]]:
        """The rows a rule has set aside, as they were published."""
        with self.database.connect("owner") as conn:
            return [
                row[0]
                for row in conn.execute("select raw from ops.quarantined_row where %s = any(rule_ids) order by lokasi", [rule]).fetchall()
            ]

    def failed(self, rule: str) -> int:
        """How many rows of the last batch broke a rule."""
        with self.database.connect("owner") as conn:
            return conn.execute(
                "select failed from ops.check_result where rule_id = %s order by check_result_id desc limit 1", [rule]
            ).fetchone()[0]


@pytest.fixture
def hall(database: Database, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hall:
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    folder = tmp_path / "sources" / "x" / "opd"
    folder.mkdir(parents=True)
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    return Hall(folder, database, shared)


@pytest.mark.real_file
@pytest.mark.parametrize(("tolerance", "differ"), [(0, 48), (0.05, 0)])
def test_two_releases_that_differ_by_rounding(hall: Hall, tolerance: float, differ: int) -> None:
    """48 of 513 cells, all of 2019 and 2020, by 0.05 thousand at most: a tolerance tells rounding from another figure."""
    assert hall.deliver("lama", POOR.format(file="jabar_penduduk_miskin_2023.csv")).state == "accepted"
    contract = POOR.format(file="jabar_penduduk_miskin_2021.csv") + SAME.format(tolerance=tolerance) + "guards: {max_quarantined: 1}\n"
    assert hall.deliver("baru", contract).state == "accepted"
    rows = hall.aside("same_as_dataset.nilai")
    assert len(rows) == hall.failed("same_as_dataset.nilai") == differ
    assert {row["tahun"] for row in rows} <= {"2019", "2020"}


def test_a_renamed_column_is_another_matter_than_another_figure(hall: Hall) -> None:
    """garis_kemiskinan_perkapita became garis_kemiskinan: no figure is compared, the sentence names what is missing."""
    head, row = "kode_kabupaten_kota,{},satuan,tahun\n", "3201,410988,RUPIAH/KAPITA/BULAN,2020\n"
    assert hall.deliver("garis", PRODUCTS, isi=head.format("garis_kemiskinan_perkapita") + row).state == "accepted"
    outcome = hall.deliver("garis", PRODUCTS, isi=head.format("garis_kemiskinan") + row)
    assert (outcome.state, outcome.error_class) == ("failed", "MissingColumn")
    assert "garis_kemiskinan_perkapita" in (outcome.message or "")


@pytest.mark.real_file
def test_a_form_whose_cells_were_never_filled(hall: Hall) -> None:
    """15 of 18 cells; the definition stands nowhere."""
    hall.deliver("dssd", SHELLS)
    assert len(hall.aside("required.nilai")) + hall.failed("required.nilai") > 0
    assert {row["tahun"] for row in hall.aside("required.nilai")} >= {"2019", "2020", "2021"}
    assert hall.failed("required.definisi") > 0


@pytest.mark.real_file
def test_agencies_that_never_handed_in_anything(hall: Hall) -> None:
    """43 of 75, and 42 of them are kecamatan."""
    hall.deliver("garut", EMPTY_AGENCIES)
    rows = hall.aside("range.dataset")
    assert len(rows) == 43
    assert sum("kecamatan" in row["nama"].lower() for row in rows) == 42


@pytest.mark.real_file
def test_two_agencies_of_one_city_that_spell_a_kecamatan_differently(hall: Hall) -> None:
    """Seven of twenty would be lost by a join on the name."""
    book = CalamineWorkbook.from_path(str(hall.shared / "data" / "bandarlampung_dinsos_dtks_2023.xlsx"))
    names = [str(row[2]).strip() for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)[5:25]]
    listed = [name.replace("TANJUNGKARANG", "TANJUNG KARANG").replace("TELUKBETUNG", "TELUK BETUNG") for name in names]
    contract = (hall.shared / "contracts" / "dinsos.yml").read_text().replace("${DINSOS}/dtks.xlsx", "bandarlampung_dinsos_dtks_2023.xlsx")
    contract = contract.replace("id: x.dinsos.dtks\n", "").replace("concept: indikator\n", "guards: {max_quarantined: 1}\n")
    contract = contract.replace('type: wilayah, level: kecamatan, within: "18.71"}', f"type: text, in: [{', '.join(listed)}]}}")
    hall.deliver("dtks", contract)
    rows = hall.aside("in_set.kode_wilayah")
    assert len(rows) == 7
    assert {row["kode_wilayah"].split()[0] for row in rows} == {"TANJUNGKARANG", "TELUKBETUNG"}


@pytest.mark.parametrize(
    ("name", "contract", "text", "rule", "junk"),
    [
        ("pendidikan", JUNK_TABLE, "pendidikan,pria,wanita,jumlah\nSMA,120,98,218\nfd,23,32,23\n12,12,12,12\nS1,301,322,623\n",
         "junk.pendidikan_pria_wanita_jumlah", {"fd", "12"}),
        ("internet", INTERNET, "lokasi,penyedia,tahun\nBalai Kota,Satu,2019\nhh,hh,0000\nAlun-alun,Dua,2020\n", "junk.lokasi_penyedia_tahun", {"hh"}),
    ],
)  # fmt: skip
def test_trials_that_were_left_in_production(hall: Hall, name: str, contract: str, text: str, rule: str, junk: set[str]) -> None:
    """bkd_pendidikan ('fd',23,32,23), ('12',12,12,12); akses_internet ('hh','hh'), year 0000."""
    hall.deliver(name, contract + "guards: {max_quarantined: 1}\n", isi=text)
    assert {next(iter(row[key] for key in ("pendidikan", "lokasi") if key in row)) for row in hall.aside(rule)} == junk


@pytest.mark.real_file
def test_sites_called_active_that_nobody_has_touched(hall: Hall) -> None:
    """Eleven, last updated four to eleven months before they were looked at; and a contract's own words are what the agency reads."""
    hall.deliver("situs", SITES)
    assert len(hall.aside("date_order.batas_terakhir")) == 11


def test_a_server_that_answers_with_a_page_for_a_file(hall: Hall) -> None:
    """A portal behind a new gate, or one that is down, answers 200 with a page: what was published stays."""
    text = "kode_kabupaten_kota,garis_kemiskinan_perkapita,tahun\n3201,410988,2020\n"
    assert hall.deliver("garis", PRODUCTS, isi=text).state == "accepted"
    page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
    outcome = hall.deliver("garis", PRODUCTS, isi=page)
    assert outcome.state == "failed"
    with hall.database.connect("owner") as conn:
        assert conn.execute("select count(*) from raw.x__opd__garis where _to_batch is null").fetchone() == (1,)
