"""Prevents `source new` from writing a contract that does not work: on the published files it must give the rows that the contracts written
by hand give, and on files of every kind that nobody prepared it must at least pass `source check`, and say what it did not know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from contracts.registry import load_dataset
from satudata.cli import satudata
from satudata.new_contract.given import Given, without_secrets
from satudata.new_contract.proof import read
from satudata.source_check import check_sources
from satudata.source_new import new_contract
from satudata.source_try import try_source
from tests.satudata import source_new_files as made
from tests.satudata import source_new_sheets as sheets
from tests.servers.file_site import FileSite
from tests.sources_tree import write_tree

ROOT = Path(__file__).parents[2]
BY_HAND = ROOT / "tests" / "contracts"
EXPECTED: dict[str, dict[str, Any]] = yaml.load((ROOT / "tests" / "extractors" / "real_files.yml").read_text(), yaml.BaseLoader)
FLAT = (
    "cadangan_pangan", "sertifikat_keamanan", "organisasi", "bangunan_gedung", "rehab_rumah_dinas", "tanggap_bencana", "opd",
    "situs_pemerintah", "apk", "garis_kemiskinan_csv", "pencemaran_air", "penduduk_jenis_kelamin", "penduduk_miskin_2021",
    "penduduk_miskin_2023", "kode_wilayah", "penduduk_kelurahan", "pos_pemadam", "panel_harga", "penduduk_2019", "penduduk_2021",
    "harga_mingguan", "harga_daerah", "telur_pasar", "peta_provinsi", "komoditas",
)  # fmt: skip
"""Contracts of files that hold one table."""
MOST_LINES = 40


def published(contract: str, shared: Path) -> Path:
    """The published file of a contract written by hand."""
    text = (BY_HAND / f"{contract}.yml").read_text()
    return shared / "data" / text.partition("${DATA}/")[2].partition('"')[0]


def parsed(text: str) -> dict[str, Any]:
    """A contract as plain data."""
    data: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return data


@pytest.mark.real_file
@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("contract", FLAT)
def test_a_guessed_contract_gives_the_rows_of_the_one_written_by_hand(contract: str, shared: Path, tmp_path: Path) -> None:
    found = new_contract(str(published(contract, shared)), beside=tmp_path)
    counts = EXPECTED[contract]["counts"]
    assert found.tried is not None
    assert (found.tried.state, found.tried.message) == ("accepted", None), found.text
    assert (str(found.tried.read), str(found.tried.accepted)) == (counts["read"], counts["accepted"]), found.text
    assert {reason: str(rows) for reason, rows in found.tried.dropped.items()} == counts.get("dropped", {})
    assert len(found.text.splitlines()) <= MOST_LINES


@pytest.mark.real_file
@pytest.mark.parametrize("contract", sorted(set(EXPECTED) - set(FLAT)))
def test_a_file_beyond_guessing_still_gets_a_contract_that_passes_the_check(contract: str, shared: Path, tmp_path: Path) -> None:
    found = new_contract(str(published(contract, shared)), beside=tmp_path, trial=False)
    (tmp_path / "kontrak.yml").write_text(found.text)
    load_dataset(tmp_path / "kontrak.yml")
    assert "# periksa:" in found.text


@pytest.mark.parametrize(
    ("cells", "numbers", "asked"),
    [
        (("523.114", "5.09"), "plain", "523.114"),
        (("523.114", "5.090"), "id", "523.114"),
        (("0.114", "5.09"), "plain", None),
        (("523.114,5", "5,09"), "id", None),
    ],
)
def test_a_dot_before_three_digits_is_asked_about(cells: tuple[str, ...], numbers: str, asked: str | None, tmp_path: Path) -> None:
    """Fails when 523.114 people become 523 without a word."""
    (tmp_path / "angka.csv").write_text("Nama;Nilai\n" + "".join(f"n{i};{cell}\n" for i, cell in enumerate(cells)))
    text = new_contract(str(tmp_path / "angka.csv"), beside=tmp_path, trial=False).text
    assert parsed(text)["columns"]["nilai"]["numbers"] == numbers
    assert (f"# periksa: numbers id atau plain? {asked}" in text) == bool(asked)


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("a.csv", "PEMERINTAH KOTA X;;\nDINAS SOSIAL;;\nData Penduduk per RW;;\nNama;Umur;Kota\na;20;X\nb;30;Y\n", "Data Penduduk per RW"),
        ("b.csv", "PEMERINTAH KOTA X;;\nNama;Umur;Kota\na;20;X\nb;30;Y\n", "Pemerintah kota x"),
        ("c.html", "<title>Portal</title><h3>Harga eceran</h3><p>Diperbarui tiap hari kerja</p>{}", "Harga eceran"),
        ("d.html", "<title>Daftar harga</title><p>Diperbarui tiap hari kerja</p>{}", "Daftar harga"),
    ],
)
def test_the_title_names_the_data(name: str, content: str, title: str, tmp_path: Path) -> None:
    table = "<table><tr><th>Nama</th><th>Harga</th></tr><tr><td>Beras</td><td>12000</td></tr><tr><td>Gula</td><td>17000</td></tr></table>"
    (tmp_path / name).write_text(content.replace("{}", table))
    assert parsed(new_contract(str(tmp_path / name), beside=tmp_path, trial=False).text)["title"] == title


@pytest.mark.parametrize("kind", made.FILES | sheets.FILES)
def test_a_file_that_nobody_prepared(kind: str, tmp_path: Path) -> None:
    one = (made.FILES | sheets.FILES)[kind]
    path = tmp_path / one.name
    path.write_bytes(one.content())
    found = new_contract(str(path), beside=tmp_path, trial=False)
    (tmp_path / "kontrak.yml").write_text(found.text)
    contract = parsed(found.text)
    assert contract["source"]["url"] == one.name
    for key, value in one.contract.items():
        part = contract["source"] if key == "records" else contract if "." not in key else contract["columns"]
        assert part[key.rpartition(".")[2]] == value, found.text
    reading = read(load_dataset(tmp_path / "kontrak.yml"), Given(path, one.name, ""))
    assert (reading.rows.num_rows, reading.faults) == (one.rows, {}), found.text


@pytest.mark.parametrize(
    "content", ["[[1, 2], [3, 4]]", '{"a": 1}', "<html><body><p>Belum ada data</p></body></html>", "satu\n", '[{"a b": null}]']
)
def test_what_cannot_be_guessed_still_passes_the_check_and_says_so(content: str, tmp_path: Path) -> None:
    (tmp_path / "aneh").write_text(content)
    try:
        text = new_contract(str(tmp_path / "aneh"), beside=tmp_path, trial=False).text
    except Exception as error:  # a sentence of ours, never a fault
        assert type(error).__module__.startswith("contracts.errors")  # noqa: PT017
        return
    (tmp_path / "kontrak.yml").write_text(text)
    load_dataset(tmp_path / "kontrak.yml")
    assert "# periksa:" in text


def test_doubts_are_told(tmp_path: Path) -> None:
    (tmp_path / "ragu.csv").write_text("Barang;Berat;Tanggal\nBatu;1.250;3/4/2025\nPasir;2.500;5/6/2025\n")
    text = new_contract(str(tmp_path / "ragu.csv"), beside=tmp_path, trial=False).text
    weight, day = (next(line for line in text.splitlines() if f"from: {header}" in line) for header in ("Berat", "Tanggal"))
    assert "numbers: id" in weight
    assert "# periksa: numbers id atau plain? 1.250 dibaca dengan numbers id: ribuan atau desimal?" in weight
    assert "# periksa: hari atau bulan dahulu?" in day


@pytest.mark.parametrize("name", ["kaki.csv", "kaki.html"])
def test_a_footnote_sign_is_no_number(name: str, tmp_path: Path) -> None:
    """Fails with a fault of ours where a raised two stands alone: Python calls it a digit, and no number can be made of it."""
    rows = [["No", "Kecamatan", "Tahun"], ["²", "²", "²"], ["1", "Sintang", "2024"], ["2", "Dedai", "2025"]]
    page = "".join(f"<tr>{''.join(f'<td rowspan=²>{cell}</td>' for cell in row)}</tr>" for row in rows)
    content = f"<table>{page}</table>" if name.endswith("html") else "".join(";".join(row) + "\n" for row in rows)
    (tmp_path / name).write_text(content)
    (tmp_path / "kontrak.yml").write_text(new_contract(str(tmp_path / name), beside=tmp_path, trial=False).text)
    load_dataset(tmp_path / "kontrak.yml")


def test_a_month_of_marked_figures_is_a_month_like_the_others(tmp_path: Path) -> None:
    """Else December, provisional as it is, is a text beside eleven months of figures, and nobody is told that it is missing."""
    (tmp_path / "wisatawan.csv").write_text(
        "Objek;Okt 2025;Nop 2025;Des 2025\nPantai;1.200;1.310;2.405*\nGoa;310;-;402*\nBukit;90;85;77*\n"
    )
    made = new_contract(str(tmp_path / "wisatawan.csv"), beside=tmp_path)
    assert "flags: {'*': sementara}  # periksa:" in made.text
    assert made.tried is not None
    assert (made.tried.accepted, made.tried.quarantined) == (8, 0)


def test_figures_of_two_conventions_are_told(tmp_path: Path) -> None:
    """Fails when prices become texts without a word because half of them have commas where the others have dots."""
    (tmp_path / "campur.csv").write_text("Pasar;Harga\nA;12.500,50\nB;17,250.50\nC;11.000,25\nD;9,100.75\n")
    text = new_contract(str(tmp_path / "campur.csv"), beside=tmp_path, trial=False).text
    assert "dua cara tulis" in next(line for line in text.splitlines() if line.strip().startswith("harga:"))


def test_a_total_that_does_not_add_up_is_dropped_and_told(tmp_path: Path) -> None:
    (tmp_path / "salah.csv").write_text("Desa;Jiwa\nA;10\nB;20\nC;40\nJUMLAH;99\n")
    text = new_contract(str(tmp_path / "salah.csv"), beside=tmp_path, trial=False).text
    assert parsed(text)["rows"][0]["is"] == "drop"
    assert "tidak cocok" in text


@pytest.mark.parametrize("total", ["J U M L A H", "TOTAL :", "Jumlah Total Keseluruhan"])
def test_a_total_is_proposed_however_its_word_is_set(tmp_path: Path, total: str) -> None:
    """Fails when a draft publishes the total of a file as one more village."""
    (tmp_path / "ejaan.csv").write_text(f"Desa;Jiwa\nA;10\nB;20\nC;40\n{total};70\n")
    text = new_contract(str(tmp_path / "ejaan.csv"), beside=tmp_path, trial=False).text
    assert parsed(text)["rows"] == [{"is": "total", "where": {"Desa": f"^{total}$"}, "of": ["jiwa"]}]


@pytest.mark.usefixtures("server")
def test_the_example_of_the_readme(tmp_path: Path) -> None:
    out = tmp_path / "kontrak.yml"
    ran = CliRunner().invoke(satudata, ["source", "new", str(ROOT / "docs/contoh/harga_pasar.csv"), "--out", str(out), "--id", "uji.harga"])
    assert (ran.exit_code, out.read_text().splitlines()[0]) == (0, "id: uji.harga")
    assert "Percobaan: akan diterima; dibaca 30" in ran.stderr
    tried = try_source(out)
    assert (tried.state, tried.read, tried.accepted) == ("accepted", 30, 30)


def test_a_file_out_of_reach_comes_by_the_inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when the draft of a file on somebody's disk has an address that `source check` refuses."""
    sources = write_tree(tmp_path / "sources", {"kediri/pemda.yml": 'kode: "35.71"\nnama: Kota Kediri\n'})
    monkeypatch.setenv("SATUDATA_SOURCES", str(sources))
    monkeypatch.setenv("SATUDATA_INBOX", str(tmp_path / "masuk"))
    (tmp_path / "jiwa.csv").write_text("Desa;Jiwa\nA;10\nB;20\nC;40\n")
    out = sources / "kediri" / "dinkes" / "jiwa.yml"
    ran = CliRunner().invoke(satudata, ["source", "new", str(tmp_path / "jiwa.csv"), "--no-try", "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    assert check_sources([out]).problems == ()
    assert parsed(out.read_text())["source"] == {"kind": "inbox"}
    assert f"salin {tmp_path / 'jiwa.csv'} ke {tmp_path / 'masuk' / 'kediri.dinkes.jiwa'}/" in ran.stderr


def test_nothing_is_overwritten_unless_forced(tmp_path: Path) -> None:
    source, out = str(ROOT / "docs/contoh/harga_pasar.csv"), tmp_path / "kontrak.yml"
    out.write_text("milik orang")
    assert CliRunner().invoke(satudata, ["source", "new", source, "--no-try", "--out", str(out)]).exit_code == 2
    assert out.read_text() == "milik orang"
    assert CliRunner().invoke(satudata, ["source", "new", source, "--no-try", "--out", str(out), "--force"]).exit_code == 0
    assert load_dataset(out).contract.key == ("tanggal", "pasar", "komoditas")


def test_an_address_is_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    one = made.FILES["api"]
    site = FileSite({"/api/posyandu": one.content()})
    try:
        found = new_contract(f"{site.url}/api/posyandu?page=1", beside=tmp_path)
    finally:
        site.close()
    assert [path for path in site.asked if path != "/robots.txt"] == ["/api/posyandu"]
    assert parsed(found.text)["source"]["url"] == f"{site.url}/api/posyandu?page=1"
    assert found.tried is None
    assert "halaman pertama" in found.text


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://contoh.go.id/d?token=abc&tahun=2025", "https://contoh.go.id/d?tahun=2025"),
        ("https://nama:sandi@contoh.go.id/d.csv", "https://contoh.go.id/d.csv"),
        ("https://contoh.go.id/v1/key/abc/var/2", "https://contoh.go.id/v1/var/2"),
    ],
)
def test_no_secret_is_written(url: str, written: str) -> None:
    assert without_secrets(url) == (written, "contoh_go_id")
    assert without_secrets(written) == (written, None)
