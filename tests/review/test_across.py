"""Prevents a decision about a rule that its twin across datasets undoes unseen: what was let in must be published, or somebody be told why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from click.testing import CliRunner

from contracts import clock
from contracts.registry import load_registry
from satudata.cli import satudata
from satudata.conform.across import judge_across
from satudata.findings.waivers import add
from satudata.review.across_list import held_for
from satudata.review.approve import approve
from satudata.run import run
from tests.review.conftest import Ground
from warehouse.pins import pin

ID, OTHER = "uji.dinas.harga", "uji.dinas.lain"
RULE = "same_as_dataset.harga"
CHECK = f"checks: [{{rule: same_as_dataset, dataset: {OTHER}, column: harga}}]\n"
LAIN = """
title: Harga menurut dinas lain
source: {kind: file, url: lain.csv}
columns:
  kode: {from: kode, type: text}
  tanggal: {from: tanggal, type: date}
  harga: {from: harga, type: integer}
period: {column: tanggal, grain: hari}
write: snapshot
key: [kode, tanggal]
"""


def other(ground: Ground, prices: Mapping[str, int]) -> None:
    folder = ground.sources / "uji" / "dinas"
    (folder / "lain.yml").write_text(LAIN)
    (folder / "lain.csv").write_text(
        "\n".join(["kode;tanggal;harga", *(f"{code};2026-06-01;{price}" for code, price in prices.items())]) + "\n"
    )
    assert run([OTHER])[0].state == "accepted"


def across(ground: Ground) -> list[tuple[str, list[str]]]:
    """Judge as a release does; what is kept back."""
    with ground.database.connect("loader", autocommit=True) as conn:
        judge_across(conn, load_registry().datasets.values(), clock.today())
    return ground.rows("select dataset, rules from ops.pin where kind = 'lintas'")  # type: ignore[return-value]


def failed_last_night(ground: Ground) -> dict[str, str]:
    """The first of the six questions (docs/pertanyaan.md): dataset -> the sentence."""
    return dict(ground.rows("select dataset, kalimat from quality.putaran where perlu_tindakan"))  # type: ignore[arg-type]


@pytest.fixture
def disputed(ground: Ground) -> Ground:
    """Two datasets of which one states another figure of `k1`."""
    other(ground, {"k1": 100, "k2": 200})
    ground.contract(CHECK)
    assert ground.day({"k1": 111, "k2": 200}).state == "held"
    return ground


def test_what_was_accepted_is_published_while_both_figures_stand(disputed: Ground) -> None:
    """Another figure on either side is another contradiction."""
    (_, number) = disputed.batches()
    approve(number, "walidata", "Wali", "dua cara hitung", [RULE])
    assert across(disputed) == []
    assert disputed.seen() == {"k1": 111, "k2": 200}
    other(disputed, {"k1": 99, "k2": 200})
    assert across(disputed) == [(ID, [f"{RULE}.lintas"])]
    other(disputed, {"k1": 100, "k2": 200})
    assert across(disputed) == []


def test_a_waiver_of_the_rule_covers_its_twin(disputed: Ground) -> None:
    add(ID, RULE, clock.today() + timedelta(days=9), "Wali", "dua cara hitung")
    assert disputed.day({"k1": 112, "k2": 200}).state == "accepted"
    assert across(disputed) == []
    assert disputed.seen() == {"k1": 112, "k2": 200}


def test_what_contradicts_is_seen_with_the_command_that_decides_it(ground: Ground) -> None:
    """The other dataset came later: no batch waits, yet nothing of this one is published."""
    ground.contract(CHECK)
    other(ground, {"k9": 1})
    assert ground.day({"k1": 111, "k2": 200}).state == "accepted"
    other(ground, {"k1": 100, "k2": 200})
    assert across(ground) == [(ID, [f"{RULE}.lintas"])]
    for command in (["review", "list"], ["status"]):
        said = CliRunner().invoke(satudata, command, catch_exceptions=False).output
        assert "Kolom harga berisi 111, menurut uji.dinas.lain 100" in said
        assert (f"satudata waiver add {ID} {RULE} --sampai" if command[0] == "review" else "satudata review list") in said
    assert failed_last_night(ground) == {
        ID: "2 dari 2 baris diterima. Belum terbit: 1 dari 2 baris, pertama baris 2: "
        "Kolom harga berisi 111, menurut uji.dinas.lain 100; seharusnya sama."}  # fmt: skip
    query = f"select sebab, langkah from quality.terbit_sementara where dataset = '{ID}'"
    ((why, step),) = ground.rows(query)
    assert "menurut uji.dinas.lain 100" in why
    assert f"satudata waiver add {ID} {RULE}" in step
    add(ID, f"{RULE}.lintas", clock.today() + timedelta(days=9), "Wali", "dua cara hitung")  # known by its own name, too
    assert across(ground) == []


def test_what_is_not_complete_is_not_called_a_contradiction(ground: Ground) -> None:
    """Nothing contradicts a figure that is not there."""
    ground.contract("expect: {every: [k1, k2], in: kode, per: [period]}\n")
    assert ground.day({"k1": 111}).state == "accepted"
    assert across(ground) == [(ID, ["complete"])]
    listed, told = (CliRunner().invoke(satudata, command, catch_exceptions=False).output for command in (["review", "list"], ["status"]))
    assert "Tertahan karena belum lengkap; lepas sendiri" in listed
    assert f"{ID}: belum terbit, belum lengkap: Periode" in told
    assert "bertentangan" not in listed + told


def test_what_a_test_of_the_published_tables_holds_failed_last_night(ground: Ground) -> None:
    ground.contract("")
    assert ground.day({"k1": 111}).state == "accepted"
    assert failed_last_night(ground) == {}
    with ground.database.connect("loader", autocommit=True) as conn:
        pin(conn, ID, "", "test", 0, "Gagal uji unik_harga.", clock.now())
    assert failed_last_night(ground) == {ID: "1 dari 1 baris diterima. Belum terbit: Gagal uji unik_harga."}


def test_what_is_held_is_told_by_what_it_is_held_for() -> None:
    twin, missing = {"rules": [f"{RULE}.lintas"]}, {"rules": ["complete"]}
    assert held_for([missing]) == "belum lengkap"
    assert held_for([twin]) == "bertentangan dengan data lain"
    assert held_for([{"rules": ["complete", RULE]}]) == "belum lengkap dan bertentangan dengan data lain"
    assert held_for([missing, twin]) == "belum lengkap atau bertentangan dengan data lain"


def test_an_accepted_rule_is_no_longer_asked_of_the_agency(disputed: Ground) -> None:
    query = "select state from ops.issue where rule_id = 'same_as_dataset.harga'"
    assert disputed.rows(query) == [("baru",)]
    (_, number) = disputed.batches()
    approve(number, "walidata", "Wali", "dua cara hitung", [RULE])
    assert disputed.rows(query) == [("selesai",)]
    assert disputed.rows("select by, note from ops.issue_event where event = 'selesai'") == [
        ("Wali", f"diterima pada batch {number}: dua cara hitung")]  # fmt: skip
    assert disputed.rows("select akibat, temuan_id from quality.aturan_gagal where aturan = 'same_as_dataset.harga'") == [
        ("diterima sekali ini oleh Wali", None)]  # fmt: skip
