"""Prevents an agency from getting orders that only a Walidata can follow, and one thing from standing twice in one letter."""

from __future__ import annotations

import re
from datetime import date

import pytest
from click.testing import CliRunner

from contracts.models.checks import DEFAULT_SEVERITY
from contracts.registry import load_registry
from satudata.cli import satudata
from satudata.conform.across import judge_across
from satudata.notices import desk
from satudata.notices.causes import Cause, folded
from satudata.notices.owners import Owner
from satudata.notices.rule_words import FOUND, found_by, without_orders
from satudata.notices.told import Digest
from satudata.notices.wording import body_of, subject_of
from satudata.review.return_batch import return_
from tests.findings.conftest import GOOD
from tests.notices.conftest import Agency, MailServer

DAY = date(2026, 6, 2)
HOLDS = "checks: [{rule: compare, column: n, op: '!=', other: '66', severity: hold}]"
UNREGISTERED = """
- {kode: D-1, nama: Uji, produsen_data: dinas, konsep: Penduduk, definisi: Orang, klasifikasi: Wilayah, ukuran: Jumlah, bentuk: indikator}
"""


def cause(publisher: str, rule_id: str = "range.n", severity: str = "quarantine", rows: int = 1, batch: int = 1) -> Cause:
    return Cause(
        f"temuan|x.y.z|{publisher}|{rule_id}|0", "35.71", "dinas", "x.y.z", "Uji", publisher, rule_id, rule_id.partition(".")[0], "n", severity,
        f"Pesan {rule_id}.", rows, ["baris 2"], "isi.csv", None, None, None, batch, DAY,
    )  # fmt: skip


def letter(new: list[Cause], still: list[Cause], aside: int = 0) -> Digest:
    return Digest(Owner("35.71", "dinas", "Dinas Uji"), "a@b.go.id", DAY, tuple(new), tuple(still), (), (), aside)


def test_what_is_new_for_one_publisher_and_known_for_another_is_one_item() -> None:
    digest = letter([cause("Kelurahan B")], [cause("Kelurahan A")])
    text = body_of(digest)
    assert subject_of(digest) == "[Satu Data] Dinas Uji: 1 baru (2 Juni 2026)"
    assert text.count("Pesan range.n.") == 1
    assert "MASIH TERBUKA" not in text
    assert "Sudah pernah dikabarkan untuk Kelurahan A." in text


def test_the_subject_counts_what_the_letter_lists() -> None:
    digest = letter([cause(f"Kelurahan {n}") for n in range(46)], [])
    assert subject_of(digest) == "[Satu Data] Dinas Uji: 1 baru (2 Juni 2026)"


def test_rows_that_break_two_rules_are_counted_once_in_the_sum() -> None:
    """Each item tells its own; the sum is that of the ledger."""
    text = body_of(letter([cause("", "range.n", rows=3), cause("", "junk.n", rows=2)], [], aside=3))
    assert "Seluruhnya 3 baris dikarantina; satu baris dapat melanggar lebih dari satu aturan" in text
    assert "Seluruhnya" not in body_of(letter([cause("", "range.n", rows=3)], [], aside=3))


def test_a_returned_batch_and_the_rule_it_was_returned_for_are_one_cause(agency: Agency, mail: MailServer) -> None:
    agency.play(GOOD | {"k1": 66}, more=HOLDS)
    agency.tell()
    return_(1, "Ani", "Angka 66 tidak mungkin")
    agency.day("2026-06-02")
    agency.tell()
    assert mail.letters[1]["Subject"] == "[Satu Data] Dinas Uji: 1 baru (2 Juni 2026)"
    assert "MASIH TERBUKA" not in mail.texts[1]
    assert "SELESAI" not in mail.texts[1]
    assert "Angka 66 tidak mungkin" in mail.texts[1]


def test_a_returned_finding_that_a_newer_file_left_open_is_nobodys_decision(agency: Agency, mail: MailServer) -> None:
    """The agency hears that it was returned, and why; the Walidata is not asked to approve what he has returned."""
    agency.play(GOOD, write="replace_period", more="checks: [{rule: refiled, column: n}]")
    agency.play(GOOD, "2026-06-02")
    return_(2, "Ani", "Angka hari pertama lagi.")
    agency.play({f"z{n}": n for n in range(6)}, "2026-06-03")
    agency.tell()
    assert "oleh Ani: Angka hari pertama lagi." in mail.texts[0]
    assert "Batch 2 dikembalikan kepada Anda: perbaiki dan terbitkan lagi." in mail.texts[0]
    assert "diputuskan Walidata" not in mail.texts[0]
    assert "review approve" not in str(mail.desk[0].get_content())


def test_a_letter_promises_rows_only_where_rows_are_listed(agency: Agency, mail: MailServer) -> None:
    """What is wrong with a file as a whole has no row in the report."""
    agency.play(GOOD, write="replace_period", more="checks: [{rule: refiled, column: n}]")
    agency.play(GOOD, "2026-06-02")
    agency.tell()
    assert "Rincian temuan atas kiriman sebagai keseluruhan, yang tidak menunjuk baris, ada di laporan" in mail.texts[0]
    assert "Semua baris" not in mail.texts[0]
    agency.play(GOOD | {"k1": 500}, "2026-06-03")
    agency.tell()
    assert "Semua baris yang harus diperbaiki" in mail.texts[1]


def test_only_findings_of_that_very_batch_go_with_it() -> None:
    kept = folded([cause("", severity="returned", batch=1), cause("", "volume", "hold", batch=2), cause("", "total", "fail", batch=1)])
    assert [one.rule_id for one in kept] == ["range.n", "volume"]
    assert [one.rule_id for one in kept[0].covers] == ["total"]


def test_a_source_that_is_down_is_told_once_and_its_answer_once(agency: Agency, mail: MailServer) -> None:
    agency.play(GOOD)
    (agency.source.folder / "isi.csv").rename(agency.source.folder / "hilang.csv")
    for day in ("2026-06-02", "2026-06-03"):
        agency.source.again()
        agency.day(day)
        agency.tell()
    assert [one["Subject"] for one in mail.letters] == ["[Satu Data] Dinas Uji: 1 baru (2 Juni 2026)"]
    assert "Sumber tidak dapat diambil sejak 2 Juni 2026" in mail.texts[0]
    agency.play(GOOD)
    agency.day("2026-06-04")
    agency.tell()
    assert "sumber yang tidak dapat diambil sudah beres." in mail.texts[1]


def test_missing_metadata_is_told_until_it_is_there(agency: Agency, mail: MailServer) -> None:
    listed = agency.source.folder.parent / "daftar_data.yml"
    listed.write_text(UNREGISTERED)
    agency.play(GOOD, more="item: [D-1]")
    agency.tell()
    assert "Isian Standar Data dan Metadata untuk data D-1 belum diserahkan: satuan" in mail.texts[0]
    assert "Kirimkan isian itu kepada Walidata." in mail.texts[0]
    assert "daftar_data.yml" not in mail.texts[0]
    assert "isi daftar_data.yml" in str(mail.desk[0].get_content())


def test_an_agency_gets_no_commands_and_the_walidata_does(agency: Agency, mail: MailServer) -> None:
    """Also where the finding is one that a contract settles: the agency hears what is wrong, the Walidata what to change."""
    agency.play("kode;hari;n;baru\n" + "".join(f"{code};2026-06-01;{n};x\n" for code, n in GOOD.items()), more="extra: warn")
    agency.tell()
    assert "Kolom baru" in mail.texts[0]
    assert not re.search(r"satudata |`|--\w", mail.texts[0])
    (desk,) = mail.desk
    text = str(desk.get_content()).replace("\r\n", "\n")
    assert desk["To"] == "walidata@uji.go.id"
    assert "satudata source check" in text
    assert "PER OPD\n  dinas: 1 terbuka" in text


def test_what_waits_for_a_decision_comes_with_its_command(agency: Agency, mail: MailServer) -> None:
    agency.play(GOOD | {"k1": 66}, more=HOLDS)
    agency.tell()
    assert "satudata" not in mail.texts[0].replace("Satu Data", "")
    text = " ".join(str(mail.desk[0].get_content()).split())
    assert "satudata review approve 1 --terima compare.n --alasan ..." in text


def test_what_no_batch_waits_for_comes_with_the_command_that_works(
    agency: Agency, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check over several batches has no batch to approve: the printed command is run as it stands, with a day and a reason."""
    agency.play(GOOD, more="expect: {every: [k0, k1, zz], in: kode, per: [period]}")
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-02")
    judge_across(agency.source.conn, load_registry().datasets.values(), date(2026, 6, 2))
    agency.tell()
    text = " ".join(str(mail.desk[0].get_content()).split())
    command = text.partition("Langkah: satudata ")[2].partition(", lalu satudata release publish")[0]
    asked = command.replace("TTTT-BB-HH", "2026-06-09").replace("...", "menyusul").split()
    done = CliRunner().invoke(satudata, [*asked, "--oleh", "Wali"])
    assert (done.exit_code, agency.all("select dataset, rule_id from ops.waiver")) == (0, [("uji.dinas.isi", "complete")]), done.output


def test_each_publisher_of_one_finding_gets_the_command_of_its_own_batch() -> None:
    digest = letter([cause("Kelurahan A", "volume", "hold", batch=4), cause("Kelurahan B", "volume", "hold", batch=5)], [])
    text = desk.body_of(digest)
    assert "review approve 4 --terima volume" in text
    assert "review approve 5 --terima volume" in text


def test_a_sentence_that_orders_a_change_of_the_contract_is_left_out() -> None:
    assert without_orders("Kolom baru: x. Tambahkan ke `columns` atau `ignore`. Berkasnya isi.csv.") == "Kolom baru: x. Berkasnya isi.csv."
    assert without_orders("Kolom `x` tidak ada.") == "Kolom `x` tidak ada."
    assert without_orders(None) == ""


def test_every_rule_has_words_and_none_is_told_by_its_id() -> None:
    missing = set(DEFAULT_SEVERITY) - set(FOUND) - {"fresh"}
    assert not missing
    for rule in FOUND:
        for column in ("jumlah", None):
            told = found_by({"rule_id": f"{rule}.jumlah", "rule": rule, "column_name": column})
            assert "{" not in told
            assert "kolom kolom" not in told
            assert f"{rule}." not in told
    assert found_by({"rule_id": "aturan_kita", "column_name": None}) == "hasil pemeriksaan"
