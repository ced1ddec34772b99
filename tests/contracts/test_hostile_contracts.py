"""Prevents one YAML file from taking down the loader that reads all of them, and a contract from passing the check that no table, no request
and no pattern engine can take: each is one problem with its line, in moments.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from contracts.errors import BrokenContract
from contracts.load import read_contract
from contracts.regex_risk import may_run_for_ever
from contracts.rules import Surroundings
from satudata.new_contract.column_names import free
from tests.contracts.test_contract_problems import GOOD, problems

REPO = Path(__file__).parents[2]
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9))
HUGE = {
    "bersarang": ("title: " + "[" * 200_000, 1, "bersarang"),
    "bersarang_garis": ("- " * 200_000 + "x", 1, "bersarang"),
    "bersarang_di_baris_kelima": (GOOD + "x: " + "[" * 3_000 + "]" * 3_000 + "\n", GOOD.count("\n") + 1, "bersarang"),
    "sedikit_bersarang": (GOOD + "x: " + "[" * 40 + "]" * 40 + "\n", GOOD.count("\n") + 1, "bersarang"),
    "bom_jangkar": (BOMB, 1, "100.000 nilai"),
    "lima_megabyte": (GOOD + "# x\n" * 1_200_000, 1, "MB"),
    "kunci_asing": (GOOD + "".join(f"k{i}: v\n" for i in range(49_000)), GOOD.count("\n") + 1, "tidak dikenal"),
    "kunci_kembar": (GOOD + "title: x\n" * 40_000, GOOD.count("\n") + 1, "ditulis dua kali"),
    "kolom": (
        GOOD.replace("period:", "".join(f"  k{i}: {{type: text}}\n" for i in range(30_000)) + "period:", 1),
        19,
        "paling banyak 1500",
    ),
    "aturan": (GOOD + "".join(f"  - {{rule: required, column: satuan, id: a{i}}}\n" for i in range(9_000)), 33, "paling banyak 1000"),
}


@pytest.mark.parametrize("name", HUGE)
def test_no_file_keeps_the_loader_busy(name: str) -> None:
    """In a process of its own: what is prevented ends the process or fills the memory."""
    code = "import sys; from tests.contracts.test_contract_problems import problems; print(*problems(sys.stdin.read()), sep='\\n')"
    text, line, words = HUGE[name]
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], input=text, cwd=REPO, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-500:]
    assert any(told.startswith(f"harga.yml:{line}: ") and words in told for told in done.stdout.splitlines()), done.stdout[:500]
    assert len(done.stdout.splitlines()) <= 700
    assert time.monotonic() - begun < 60


CASES = [
    ("title: Harga bahan pokok", 'title: "a\\0b"', 2, "(yaml)", "karakter kendali"),
    ("title: Harga bahan pokok", 'title: "\\e[31mmerah"', 2, "(yaml)", "karakter kendali"),
    ("title: Harga bahan pokok", '"ti\\0tle": x', 2, "(yaml)", "karakter kendali"),
    ("title: Harga bahan pokok", "title:", 2, "title", "kosong"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"https://a.go.id/{tanggal}?h=${SATUDATA_CRED_BPS}"', 10, "source.url", "pengaturan program ini"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"https://a.go.id/{tanggal}?h=${API_TOKEN}"', 10, "source.url", "tersimpan terbuka"),
    ("kind: file", "kind: file\n  params: {h: '${AIRFLOW_CONN_BPS}'}", 10, "source.params.h", "pengaturan program ini"),
    ("title: Harga bahan pokok", f"title: {'x' * 400}", 2, "title", "paling banyak 300 huruf"),
    ('"0 7 * * *"', f'"*/{"9" * 5000} * * * *"', 6, "schedule", "bagian menit"),
    ('"0 7 * * *"', '"٣ * * * *"', 6, "schedule", "bagian menit"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"http://[::1/{tanggal}"', 10, "source.url", "alamat http(s) yang sah"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"http://a.go.id:99999/{tanggal}"', 10, "source.url", "alamat http(s) yang sah"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"http:///{tanggal}"', 10, "source.url", "alamat http(s) yang sah"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"http://a.go.id/\\r\\nX: {tanggal}"', 10, "source.url", "alamat http(s) yang sah"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"${}/{tanggal}"', 10, "source.url", "bukan nama variabel"),
    ("encoding: cp1252", "encoding: base64", 12, "source.encoding", "tidak dikenal"),
    ("encoding: cp1252", "encoding: rot13", 12, "source.encoding", "tidak dikenal"),
    ("encoding: cp1252", "encoding: idna", 12, "source.encoding", "misalnya utf-8, cp1252"),
    ("encoding: cp1252", "encoding: Punycode", 12, "source.encoding", "misalnya utf-8, cp1252"),
    ("encoding: cp1252", "encoding: raw-unicode-escape", 12, "source.encoding", "misalnya utf-8, cp1252"),
    ("encoding: cp1252", "encoding: utf-7", 12, "source.encoding", "misalnya utf-8, cp1252"),
    ("encoding: cp1252", 'delimiter: "\\n"', 12, "source.delimiter", "kutip atau akhir baris"),
    ("encoding: cp1252", "delimiter: '日'", 12, "source.delimiter", "satu huruf ASCII"),
    ("encoding: cp1252", "headers: {X: '日'}", 12, "source.headers.X", "header HTTP"),
    ("encoding: cp1252", 'headers: {"X\\r\\nY": z}', 12, "source.headers.X\r\nY", "header HTTP"),
    ("encoding: cp1252", "credentials: ../../etc/passwd", 12, "source.credentials", "tidak berbentuk semestinya"),
    ("where: {NO: '^\\d$'}", "where: {NO: 'a{99999999999}'}", 15, "rows[1].where.NO", "tidak sah"),
    ("where: {NO: '^\\d$'}", f"where: {{NO: '{'(' * 480}{')' * 480}'}}", 15, "rows[1].where.NO", "terlalu bertingkat"),
    ("where: {NO: '^\\d$'}", f"where: {{NO: '{'a' * 2000}'}}", 15, "rows[1].where.NO", "paling banyak 1000"),
    ("where: {NO: '^\\d$'}", "where: {NO: '(x+x+)+y'}", 15, "rows[1].where.NO", "tanpa akhir"),
    ("(?P<tahun>\\d{4})", "(?P<tahun>\\d{99999999999})", 18, "unpivot.headers", "tidak sah"),
    ("modal_rp: {", "Modal Rp: {", 27, "columns.Modal Rp", "tidak dapat menjadi nama kolom"),
    ("modal_rp: {", "\"m'; drop table x --\": {", 27, "columns.m'; drop table x --", "tidak dapat menjadi nama kolom"),
    ("modal_rp: {", f"{'m' * 64}: {{", 27, f"columns.{'m' * 64}", "tidak dapat menjadi nama kolom"),
    ("modal_rp: {", "_no: {", 27, "columns._no", "tidak dapat menjadi nama kolom"),
    ("modal_rp: {", "ctid: {", 27, "columns.ctid", "sudah dipakai"),
    ("[100, 1000000]", "[nan, 5]", 26, "columns.harga_rp.range[1]", "bukan angka"),
    ("[100, 1000000]", "[1, 1e400]", 26, "columns.harga_rp.range[2]", "bukan angka"),
    ("D MMMM YYYY", "[]", 23, "columns.tanggal.format", "kosong"),
    ("modal_rp: {from: MODAL,", "modal_rp: {from: MODAL, blank: nan,", 27, "columns.modal_rp.blank", "bukan angka"),
    ("of: [harga_rp]}\nunpivot", "of: [harga_rp], tolerance: -5}\nunpivot", 17, "rows[3].tolerance", "terlalu kecil"),
    ("ignore: [KET]", "guards: {of_last: 99999999999999999999}", 31, "guards.of_last", "paling banyak 1000"),
    ("other: modal_rp}", "other: nan}", 34, "checks[1].other", "tidak ada"),
    ("other: modal_rp}", "other: satuan}", 34, "checks[1].other", "tidak dapat dibandingkan"),
    ("other: modal_rp}", f"other: modal_rp, id: {'a' * 300}}}", 34, "checks[1].id", "terlalu panjang"),
    ("rule: not_future, column: tanggal", "rule: length, column: satuan, length: [-1, 3]", 35, "checks[2].length[1]", "terlalu kecil"),
    ("rule: not_future, column: tanggal", "rule: change_within, column: modal_rp, percent: inf", 35, "checks[2].percent", "bukan angka"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "into", "line", "key", "words"), CASES, ids=[f"{n}: {case[3][:40]}" for n, case in enumerate(CASES)])
def test_what_nothing_could_run_is_named_before_it_runs(part: str, into: str, line: int, key: str, words: str) -> None:
    """Every one of these passed for a contract once, and failed at night as a fault of the program."""
    assert GOOD.count(part) >= 1, "the case no longer changes anything"
    found = problems(GOOD.replace(part, into, 1))
    spoken = [f"{problem.problem}. {problem.should_be}" for problem in found if (problem.line, problem.key) == (line, key)]
    assert [sentence for sentence in spoken if words in sentence], "\n".join(map(str, found))


@pytest.mark.parametrize("name", ["penerbit", "status_angka", "baris_ke", "diperbarui_pada"])
def test_a_table_of_its_own_has_no_column_twice(name: str) -> None:
    """Published tables have these columns already: a second one would stop every release of every dataset."""
    plain = GOOD.replace("concept: harga_komoditas\n", "").replace("modal_rp", name)
    assert [problem.problem for problem in problems(plain)] == [f"nama kolom `{name}` sudah dipakai gudang data sendiri"]
    restricted = GOOD.replace("modal_rp", name) + "akses: terbatas\n"
    assert [problem.problem for problem in problems(restricted)] == [f"nama kolom `{name}` sudah dipakai gudang data sendiri"]


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(a|a)*$", r"^(.*?,){25}P", r"(x+x+)+y", r"(?:a?){60}a{60}", r"(\s*\S*)*X", r"(\d{1,3}\.?)+$", r"( ?[a-z]+)+$",
     r"((a{1,9}){1,9}){1,99}x", r"(?P<x>(?:\w+-?)+)!", r"^(a|aa)+$", r"(a*)*b", r"a*a*a*a*b", r"(\w+\s?)+$", r"(a|b|ab)*c", r".*.*.*.*.*=",
     r"(\w{1,9} ?){8}!", r"(?=(a+)+$)a", r"(ab|Ab)+$", "a?" * 25 + "a" * 25, r"\w{1,4}" * 13 + "!", r"^x(?:(a+)+b|.*)$", r"(–|.)+x", r"(a+)+b|",
     r"(ab)*(ab)*(ab)*(ab)*c", r"^((ab|ab)c)*d", r"^(?:(?=(a+)+c)b|a)*", r"(\w)*\1*\1*\1*x", r"(?:a{1,200}){1,200}b",
     r"^((?:[a-i]x|ıx)+)$", r"^(?:σa|ςa)+$", r"(?:µa|μa)+$"],
)  # fmt: skip
def test_a_pattern_without_end_is_known(pattern: str) -> None:
    """Each of them takes years on one cell that nearly matches."""
    assert may_run_for_ever(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"(?:\w+,)+", r"(\d{1,3}\.)+\d", r"(?:\d{3})+", r"^\d{1,3}(?:\.\d{3})*(?:,\d+)?$", r"(a|b)*", r"^KEC\. (.+)$", r"^(?:\w+ )*\w+$", r"(.+) \((.+)\)",
     r"^[^(]*(?:\([^)]*\)[^(]*)*$", r"(ab|cd)+", r"^\s*(.*?)\s*$", r"^(.+?) +(?:Kabupaten|Kota) ", r"^(.+?)\s*\((.+?)\)\s*$", r"(.+) > (.+) > (.+)",
     r"JUMLAH .* MENURUT .* TAHUN (\d{4})", r"^(.+) - (.+) - (.+) - (.+)$", r"(?:\d{6} ?)+", r"^(\d{2}\.?){1,4}$", r"^\d{16}$", r"(a?|b?)c", r"(a?){2}b",
     r"^[A-Z]{1,3} ?\d{1,4} ?[A-Z]{0,3}$", r"^\S+@\S+\.\S+$", r"^(?!.*total).*$", r"^(https?://)?[\w.-]+(/.*)?$", r"^[A-Z]\d{3}(, ?[A-Z]\d{3})*$",
     r"^(?=.*jumlah)(?=.*penduduk)", r"^(?!.*jumlah)(?!.*total)(?!.*rata).*$", r"^RT\s*\.?\s*\d+\s*/\s*RW\s*\.?\s*\d+$",
     r"^\s*(?:Kec(?:amatan)?\.?)\s*(?P<kec>[A-Z ]+)\s*$", r"Bulan\s*:?\s*(\w+)\s*Tahun\s*:?\s*(\d{4})",
     r"^(Desa|Kelurahan)\s+(.+?)\s*,\s*(Kecamatan|Kec\.?)\s+(.+?)\s*$"],
)  # fmt: skip
def test_a_pattern_that_ends_is_let_through(pattern: str) -> None:
    """A check that cries at honest patterns is switched off."""
    assert not may_run_for_ever(pattern)


def test_case_counts_only_where_the_engine_looks_at_it() -> None:
    """Rules on rows are run without regard to case, checks are not: a name of capitalised words can be split in one way only."""
    names = r"^(?:[A-Z][a-z]+ ?)+$"
    assert may_run_for_ever(names)
    assert not may_run_for_ever(names, fold=False)


def test_bytes_that_are_not_utf8_are_named_with_their_line() -> None:
    with pytest.raises(BrokenContract) as caught:
        read_contract(b"title: a\nlicence: \xe9\n", "a.yml", Surroundings())
    assert [(problem.line, problem.problem) for problem in caught.value.problems] == [(2, "berkas bukan UTF-8")]


def test_a_guessed_contract_avoids_the_names_the_warehouse_gives() -> None:
    """A file with a header `Penerbit` must not lead to a contract that its own check refuses."""
    assert [free(name, ()) for name in ("penerbit", "ctid", "nilai")] == ["penerbit_2", "ctid_2", "nilai"]
