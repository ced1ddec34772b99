"""A mistake in a contract must be named where it stands, with what would be right: never swallowed, never a stack trace.

Each case changes one valid contract in one way and says on which line, at which key and with which words the author hears of it.
"""

from __future__ import annotations

import pytest

from contracts.errors import BrokenContract, ContractProblem
from contracts.load import read_contract
from contracts.models.concept import Concept
from contracts.models.data_item import DataItem
from contracts.models.pemda import Opd
from contracts.rules import Surroundings

GOOD = """\
id: sintang.disdagin.harga
title: Harga bahan pokok
concept: harga_komoditas
produsen_data: disdagin
item: [harga_beras]
schedule: "0 7 * * *"
freshness: {warn_after: 2d, error_after: 7d}
source:
  kind: file
  url: "${SITUS}/harga_{tanggal}.xlsx"
  each: {tanggal: 7d}
  encoding: cp1252
table: {title: '^HARGA', header_rows: 2, ends_at: blank_row}
rows:
  - {is: drop, where: {NO: '^\\d$'}, why: nomor kolom}
  - {is: group, where: {NAMA: '^KEC\\. (.+)$'}, gives: kecamatan, total_of: [harga_rp]}
  - {is: total, where: {NAMA: ^JUMLAH$}, of: [harga_rp]}
unpivot: {headers: '^data_(?P<tahun>\\d{4})$', value: harga_rp}
columns:
  komoditas: {from: NAMA, type: code, reference: komoditas}
  kecamatan: {group: kecamatan, type: text}
  kode_wilayah: {from: DESA, type: wilayah, level: desa_kelurahan, within: kecamatan}
  tanggal: {title: '^PER (.+)$', type: date, format: D MMMM YYYY}
  tahun: {header: tahun, type: period, format: YYYY}
  satuan: {from: SATUAN, type: unit}
  harga_rp: {type: integer, numbers: id, unit_from: satuan, range: [100, 1000000]}
  modal_rp: {from: MODAL, type: integer, numbers: id}
period: {column: tahun, grain: tahun}
write: replace_period
key: [komoditas, kode_wilayah, tahun]
ignore: [KET]
expect: {every: komoditas, in: komoditas, per: [period]}
checks:
  - {rule: compare, column: harga_rp, op: ">=", other: modal_rp}
  - {rule: not_future, column: tanggal}
  - {rule: regex, column: satuan, pattern: '^\\w+$'}
"""
STANDARD = {"konsep": "x", "definisi": "x", "klasifikasi": "x", "ukuran": "x", "satuan": "x"}
AROUND = Surroundings(
    concepts={
        "harga_komoditas": Concept.model_validate(
            {
                "description": "Harga",
                "fact": "fct_harga_komoditas",
                "key": ["komoditas"],
                "columns": {
                    "komoditas": {"type": "code", "reference": "komoditas", "required": "true", "description": "Komoditas"},
                    "harga_rp": {"type": "decimal", "required": "true", "description": "Harga"},
                    "stok_ton": {"type": "decimal", "unit": "ton", "description": "Stok"},
                },
            }
        )
    },
    references=frozenset({"komoditas", "indikator"}),
    units={"kg": "massa", "ton": "massa", "liter": "volume"},
    opd={"disdagin": Opd(nama="Dinas Perdagangan"), "ketapang": Opd(nama="Dinas Ketahanan Pangan")},
    items={
        code: DataItem.model_validate(
            {"kode": code, "nama": code, "produsen_data": "disdagin", "kelas_informasi": kelas, "uji_konsekuensi": "1/2024", **STANDARD}
        )
        for code, kelas in (("harga_beras", "berkala"), ("harga_rahasia", "dikecualikan"))
    },
)


def problems(text: str) -> list[ContractProblem]:
    try:
        read_contract(text.encode(), "harga.yml", AROUND)
    except BrokenContract as error:
        return list(error.problems)
    return []


def test_the_contract_that_the_cases_change_is_valid() -> None:
    assert problems(GOOD) == []


CASES = [
    # what is changed, into what, line, key, words
    ("title: Harga bahan pokok", "judul: Harga bahan pokok", 2, "judul", "tidak dikenal"),
    ("title: Harga bahan pokok\n", "", 1, "title", "belum diisi"),
    ("concept: harga_komoditas", "concept: harga_komoditi", 3, "concept", "mungkin `harga_komoditas`"),
    ("produsen_data: disdagin", "produsen_data: disdag", 4, "produsen_data", "mungkin `disdagin`"),
    ("item: [harga_beras]", "item: [harga_bras]", 5, "item[1]", "mungkin `harga_beras`"),
    ("item: [harga_beras]", "item: [harga_rahasia]", 1, "akses", "dikecualikan"),
    ('"0 7 * * *"', '"0 7 * *"', 6, "schedule", "4 bagian, bukan 5"),
    ('"0 7 * * *"', '"0 27 * * *"', 6, "schedule", "bagian jam"),
    ("warn_after: 2d", "warn_after: 2 hari", 7, "freshness.warn_after", "bukan lama waktu"),
    ("warn_after: 2d", "warn_after: 9d", 7, "freshness.warn_after", "setelah kesalahan"),
    ("kind: file", "kind: fle", 9, "source.kind", "`fle` tidak dikenal"),
    ("kind: file", "kind: bps_webapi", 8, "source.domain", "wajib untuk kind bps_webapi"),
    ("kind: file", "kind: file\n  domain: 8100", 10, "source.domain", "tidak berarti untuk kind file"),
    ("kind: file", "kind: file\n  pages: {by: page}", 10, "source.pages", "tidak berarti untuk kind file"),
    ("kind: file", "kind: json_api\n  pages: {by: cursor}", 10, "source.pages.next", "wajib untuk by: cursor"),
    ("kind: file", "kind: inbox", 10, "source.url", "kotak masuk tidak punya alamat"),
    ('  url: "${SITUS}/harga_{tanggal}.xlsx"\n', "", 8, "source.url", "tepat sekali"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', "/etc/passwd_{tanggal}", 10, "source.url", "jalur mutlak"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"file:///etc/{tanggal}"', 10, "source.url", "skema `file:`"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"http://a.go.id/{tanggal}?token=abc123"', 10, "source.url", "kata sandi, token, atau kunci"),
    ('"${SITUS}/harga_{tanggal}.xlsx"', '"http://siti:rahasia@a.go.id/{tanggal}"', 10, "source.url", "kata sandi, token, atau kunci"),
    ("kind: file", "kind: file\n  headers: {X-Api-Key: abc123}", 10, "source.headers.X-Api-Key", "memuat rahasia"),
    ("kind: file", "kind: file\n  params: {kata_sandi: abc123}", 10, "source.params.kata_sandi", "`credentials: <id>`"),
    ("harga_{tanggal}", "harga_{tgl}", 10, "source.url", "`{tgl}` tidak dikenal"),
    ("harga_{tanggal}", "harga_{penerbit}_{tanggal}", 1, "for_each", "tanpa `for_each`"),
    ("produsen_data: disdagin", "produsen_data: disdagin\nfor_each: kelurahan", 11, "source.url", "alamat yang sama"),
    ("produsen_data: disdagin", "produsen_data: disdagin\nfor_each: [../x]", 5, "for_each[1]", "tidak dapat menjadi kode penerbit"),
    ("each: {tanggal: 7d}", "each: {tanggal: 7m}", 11, "source.each.tanggal", "bukan jumlah tanggal"),
    ("each: {tanggal: 7d}", "each: {tanggal: 7d, bulan: 2m}", 11, "source.each", "lebih dari satu nilai waktu"),
    ("each: {tanggal: 7d}", "each: {bulan: 2m}", 11, "source.each.bulan", "lebih halus daripada"),
    ("encoding: cp1252", "encoding: cp12525", 12, "source.encoding", "tidak dikenal"),
    ("encoding: cp1252", 'encoding: cp1252\n  delimiter: ";;"', 13, "source.delimiter", "satu huruf"),
    ("header_rows: 2", "header_rows: dua", 13, "table.header_rows", "`dua` bukan bilangan bulat"),
    ("header_rows: 2", "header_rows: 0", 13, "table.header_rows", "paling sedikit 1"),
    ("title: '^HARGA', header_rows: 2", "every: true", 13, "table.every", "`every` tanpa `title`"),
    ("title: '^HARGA'", "title: '^HARGA ('", 13, "table.title", "tidak sah"),
    ("where: {NO: '^\\d$'}", "where: {NO: '^(\\d+)+$'}", 15, "rows[1].where.NO", "tanpa akhir"),
    ("is: drop", "is: buang", 15, "rows[1]", "`buang` tidak dikenal"),
    (", why: nomor kolom", "", 15, "rows[1].why", "mengapa baris ini bukan data"),
    ("gives: kecamatan", "gives: kecamtan", 16, "rows[2].gives", "tidak dipakai kolom mana pun"),
    ("gives: kecamatan", "gives: kecamtan", 21, "columns.kecamatan.group", "mungkin `kecamtan`"),
    ("of: [harga_rp]}\nunpivot", "of: [harga]}\nunpivot", 17, "rows[3].of", "mungkin `harga_rp`"),
    ("of: [harga_rp]}\nunpivot", "of: [satuan]}\nunpivot", 17, "rows[3].of", "tidak dapat dijumlahkan"),
    ("value: harga_rp", "value: harga", 18, "unpivot.value", "mungkin `harga_rp`"),
    ("value: harga_rp", "value: modal_rp", 27, "columns.modal_rp.from", "sudah punya asal"),
    ("(?P<tahun>\\d{4})", "\\d{4}", 18, "unpivot.headers", "grup bernama"),
    ("header: tahun", "header: thn", 24, "columns.tahun.header", "mungkin `tahun`"),
    ("reference: komoditas", "reference: komoditi", 20, "columns.komoditas.reference", "mungkin `komoditas`"),
    ("type: code, reference: komoditas", "tipe: code", 20, "columns.komoditas.tipe", "mungkin `type`"),
    ("within: kecamatan", "within: kecamtan", 22, "columns.kode_wilayah.within", "mungkin `kecamatan`"),
    ("from: DESA, type", "from: DESA, header: tahun, type", 22, "columns.kode_wilayah", "lebih dari sekali"),
    ("level: desa_kelurahan", "level: desa", 22, "columns.kode_wilayah.level", "`desa` tidak dikenal"),
    ("'^PER (.+)$'", "'^PER .+$'", 23, "columns.tanggal.title", "tidak mengambil apa pun"),
    ("D MMMM YYYY", "dd/mm/yyyy", 23, "columns.tanggal.format", "`dd` tidak dikenal"),
    ("D MMMM YYYY", "MMMM YYYY", 23, "columns.tanggal.format", "tidak memuat huruf D"),
    ("type: unit}", "type: unit, numbers: id}", 25, "columns.satuan.numbers", "tidak berarti untuk tipe unit"),
    ("type: unit}", "type: integer}", 26, "columns.harga_rp.unit_from", "kolom bertipe unit"),
    ("unit_from: satuan,", "unit_from: satuan, unit: Rp,", 26, "columns.harga_rp.unit_from", "bersama-sama"),
    ("[100, 1000000]", "[1000000, 100]", 26, "columns.harga_rp.range", "[100, 1e+06]"),
    ("[100, 1000000]", "[seratus, 1000000]", 26, "columns.harga_rp.range[1]", "`seratus` bukan angka"),
    ("type: integer, numbers: id, unit_from", "type: text, unit_from", 26, "columns.harga_rp.type", "di konsep harga_komoditas"),
    ("  harga_rp: {type", "  harga: {type", 19, "columns", "butuh kolom `harga_rp`"),
    ("  komoditas: {from", "  bahan: {from", 20, "columns.bahan", "bernama `komoditas`"),
    ("modal_rp: {from: MODAL, type: integer", "stok_ton: {from: STOK, unit: liter, type: integer", 27, "columns.stok_ton.unit", "ke ton"),
    ("modal_rp: {from: MODAL,", "modal_rp: {from: MODAL, indikator: x,", 27, "columns.modal_rp.indikator", "di luar konsep indikator"),
    ("modal_rp: {from: MODAL,", "modal_rp: {from: MODAL, required: true, optional: true,", 27, "columns.modal_rp.optional", "salah satu"),
    ("modal_rp: {from: MODAL,", 'modal_rp: {from: MODAL, zero: "-", missing: ["-"],', 27, "columns.modal_rp.zero", "kosong sekaligus nol"),
    (
        "{group: kecamatan, type: text}",
        "{group: kecamatan, type: text, blank: above}",
        21,
        "columns.kecamatan.blank",
        "di bawah sebuah judul",
    ),
    ("modal_rp: {from: MODAL,", "modal_rp: {from: MODAL, blank: above,", 27, "columns.modal_rp.blank", "`above` bukan angka"),
    ("modal_rp: {from: MODAL,", "modal_rp: {from: MODAL, blank: nol,", 27, "columns.modal_rp.blank", "`nol` bukan angka"),
    ("column: tahun, grain", "column: satuan, grain", 28, "period.column", "bertipe unit"),
    ("column: tahun, grain: tahun", 'value: "2023-02", grain: tahun', 28, "period.value", "bukan periode tahun"),
    ("grain: tahun}", "grain: bulan}", 24, "columns.tahun.format", "tidak memuat huruf M"),
    ("period: {column: tahun, grain: tahun}\n", "", 28, "write", "`replace_period` tanpa `period`"),
    ("write: replace_period", "write: upsert", 29, "write", "snapshot, replace_period, append"),
    ("key: [komoditas,", "key: [komoditi,", 30, "key[1]", "mungkin `komoditas`"),
    ("key: [komoditas,", "key: [tahun,", 30, "key[3]", "disebut dua kali"),
    ("key: [komoditas, kode_wilayah, tahun]", "key: []", 30, "key", "kosong"),
    ("ignore: [KET]", "ignore: [' nama ']", 20, "columns.komoditas.from", "dibaca dan diabaikan"),
    ("every: komoditas", "every: komoditi", 32, "expect.every", "mungkin `komoditas`"),
    ("per: [period]", "per: [satuan]", 32, "expect.per", "bukan kolom kunci"),
    ("rule: compare", "rule: bandingkan", 34, "checks[1].rule", "`bandingkan` tidak dikenal"),
    (', op: ">="', "", 34, "checks[1].op", "belum diisi"),
    ("other: modal_rp}", "other: modal}", 34, "checks[1].other", "mungkin `modal_rp`"),
    ("other: modal_rp}", "other: modal_rp, range: [1, 2]}", 34, "checks[1].range", "tidak berarti untuk rule compare"),
    ("rule: not_future, column: tanggal", "rule: not_future, column: satuan", 35, "checks[2].column", "tidak dapat diperiksa"),
    ("pattern: '^\\w+$'", "pattern: '^(\\w)\\1$'", 36, "checks[3].pattern", "rujukan balik"),
    ("pattern: '^\\w+$'", "pattern: '^[[:alpha:]]+$'", 36, "checks[3].pattern", "Yang benar: [A-Za-z] atau \\w untuk huruf"),
    ("pattern: '^\\w+$'", "pattern: '(?:\\w{0,200}x){9}'", 36, "checks[3].pattern", "terlalu besar bila pengulangannya ditulis lengkap"),
    ("pattern: '^\\w+$'}", "pattern: '^\\w+$', where: {satuan: '(?>kg)'}}", 36, "checks[3].where.satuan", "(?>...). Yang benar: (?:...)"),
    ("pattern: '^\\w+$'", "pattern: '^a(?i)b$'", 36, "checks[3].pattern", "Yang benar: (?i) paling depan"),
    ("  - {rule: not_future", "  - {rule: not_future, column: tanggal}\n  - {rule: not_future", 36, "checks[3].id", "disebut dua kali"),
    ("write: replace_period", "write: replace_period\nwrite: snapshot", 30, "write", "ditulis dua kali"),
    ("columns:\n", "columns:\n\tkode: x\n", 20, "(yaml)", "baris 20 dimulai dengan tab. Yang benar: pakai spasi"),
    ("title: Harga bahan pokok", "title: Harga: bahan pokok", 2, "(yaml)", "beri tanda kutip pada nilai yang memuat `: `"),
    ("columns:\n", "columns:\n  a: {b: [c}\n", 20, "(yaml)", "YAML tidak terbaca ("),
    ("key: [komoditas, kode_wilayah, tahun]\n", "", 1, "key", "`key: [tahun, kode_wilayah]` (kolom yang bersama-sama unik)"),
]


@pytest.mark.parametrize(("part", "into", "line", "key", "words"), CASES, ids=[f"{case[3]}: {case[4]}" for case in CASES])
def test_each_mistake_is_named_where_it_stands(part: str, into: str, line: int, key: str, words: str) -> None:
    assert GOOD.count(part) >= 1, "the case no longer changes anything"
    found = problems(GOOD.replace(part, into, 1))
    spoken = [f"{problem.problem}. Yang benar: {problem.should_be}" for problem in found if (problem.line, problem.key) == (line, key)]
    assert [sentence for sentence in spoken if words in sentence], "\n".join(map(str, found))


@pytest.mark.parametrize(("part", "into"), [(case[0], case[1]) for case in CASES], ids=[f"{case[3]}: {case[4]}" for case in CASES])
def test_one_mistake_does_not_drown_the_author(part: str, into: str) -> None:
    """A slip may be felt where a column is used, not all over the file."""
    assert 1 <= len(problems(GOOD.replace(part, into, 1))) <= 6


def test_misspellings_and_contradictions_are_told_together() -> None:
    text = (
        GOOD.replace("title: Harga", "tittle: Harga")
        .replace("header_rows: 2", "header_rows: dua")
        .replace("key: [komoditas,", "key: [komoditi,")
    )
    text = text.replace("rule: compare", "rule: bandingkan").replace("D MMMM YYYY", "yyyy")
    keys = {problem.key for problem in problems(text)}
    assert keys == {"tittle", "table.header_rows", "key[1]", "checks[1].rule", "columns.tanggal.format"}


def test_nothing_is_said_about_a_column_whose_type_is_not_known() -> None:
    """`type: angka` makes the checks of that column neither right nor wrong."""
    assert {
        problem.key for problem in problems(GOOD.replace("type: integer, numbers: id, unit_from", "type: angka, numbers: id, unit_from"))
    } == {"columns.harga_rp.type"}


def test_nothing_is_said_about_the_keys_of_a_source_of_unknown_kind() -> None:
    """`kind: csv` makes neither the address nor the pages wrong."""
    text = GOOD.replace("kind: file", "kind: csv\n  pages: {by: page}\n  package: x")
    assert {problem.key for problem in problems(text)} == {"source.kind"}


def test_a_problem_reads_as_one_line_that_editors_can_jump_to() -> None:
    (problem,) = problems(GOOD.replace("encoding: cp1252", "encoding: cp12525"))
    assert str(problem).startswith("harga.yml:12: source.encoding: pengodean `cp12525` tidak dikenal. Yang benar: ")


@pytest.mark.parametrize(
    "text", ["", "# kosong\n", "- a\n- b\n", "teks saja\n", "{a: [}", "a: &x [*x]\n", "\xff\xfe".encode("latin-1").decode("latin-1")]
)
def test_what_is_no_contract_at_all_is_one_problem_and_no_crash(text: str) -> None:
    assert problems(text)
