"""A withdrawn figure is gone from every copy, and no later release brings it back, whatever its candidate says."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from contracts.errors import WrongUsage
from satudata.commands.release_withdraw import withdraw_command
from satudata.releases import rollback as acts
from satudata.releases import withdraw
from tests.conform.candidate import DIM, FACT, MART, Candidate
from tests.conform.conftest import Gudang
from tests.conform.registry import PPKS, ppks

PPKS_ID = "kediri.dinsos.ppks"


def everything(gudang: Gudang) -> str:
    """All that readers and reviewers could read of published figures, in one text."""
    kept = gudang.rows("select key::text, before::text, after::text from ops.release_row", "owner")
    return json.dumps([gudang.published(), kept], default=str)


def test_a_withdrawn_cell_is_gone_from_every_copy_and_never_comes_back(candidate: Candidate) -> None:
    """Neither from an old record nor by the next build, whatever that says; the others go on."""
    candidate.released({1: 10, 2: 7007, 3: 30})
    candidate.released({1: 10, 2: 7008, 3: 31})
    candidate.released({1: 10, 2: 7009, 3: 31})
    candidate.figures = {1: 10, 3: 31}  # the next build leaves it out of what is made of it
    found = withdraw.withdraw_rows(["fct_b"], {"a_key": "2", "hari": "2026-06-01"}, "walidata", "alamat rumah aman")
    assert (found["changes"]["fct_b"], found["rebuilt"]) == (1, 5)
    assert not {"7007", "7008", "7009", "7050"} & set(everything(candidate.gudang).replace(",", " ").replace("}", " ").split())
    assert "70" not in everything(candidate.gudang).replace("2026", "")
    candidate.released({1: 12, 2: 7010, 3: 31})
    assert candidate.shown() == {1: 12, 3: 31}
    candidate.figures = {1: 10, 3: 30}  # what a build sees through the pins of the rollback
    found = acts.rollback(1, "walidata", "keliru")
    assert candidate.shown() == {1: 10, 3: 30}
    assert found["left"] == {"ringkas": 1}, "a sum that held the withdrawn figure cannot be put together again, and is named"
    assert found["rebuilt"] == found["release_id"] + 1
    assert candidate.gudang.value("select jumlah::float from mart.ringkas") == 40, "it is computed anew of what stands now"


def test_a_withdrawn_dataset_is_gone_whoever_sends_it(candidate: Candidate) -> None:
    gudang = candidate.gudang
    gudang.contract(PPKS_ID, PPKS)
    gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 2)], "a")
    candidate.released({1: 10, 2: 7007})
    candidate.figures = {1: 10}
    withdraw.withdraw_dataset("kota.dinas.genap", "walidata", "tanpa dasar")
    assert "7007" not in everything(gudang)
    assert candidate.released({1: 10, 2: 7007}) == {"ringkas": 1, "dim_a": 1}
    assert candidate.shown() == {1: 10}
    withdraw.withdraw_dataset(PPKS_ID, "walidata", "tanpa dasar")
    assert gudang.rows("select penerbit, up_to_no from ops.pin where kind = 'withdrawn'", "owner") == [("a", 0)]


def test_only_what_was_meant_can_be_withdrawn(candidate: Candidate) -> None:
    candidate.released({1: 10})
    for tables, match, said in (
        (["fct_c"], {"a_key": "1"}, "Tidak ada tabel"), (["dim_a"], {"a_key": "1"}, "bukan tabel angka"),
        (["fct_b"], {"x": "1"}, "tidak punya kolom x"), (["fct_b"], {"a_key": "satu"}, "bukan isi kolomnya"),
    ):  # fmt: skip
        with pytest.raises(WrongUsage, match=said):
            withdraw.withdraw_rows(tables, match, "walidata", "keliru")
    with pytest.raises(WrongUsage, match="belum pernah dimuat"):
        withdraw.withdraw_dataset("kota.dinas.lain", "walidata", "keliru")
    with pytest.raises(WrongUsage, match="bukan versi lama"):
        withdraw.withdraw_old_version("fct_b", "walidata", "keliru")
    assert candidate.shown() == {1: 10}
    assert candidate.gudang.value("select count(*) from ops.withdrawal", "owner") == 0


def test_an_old_version_is_emptied_and_stays_for_the_views_on_it(candidate: Candidate) -> None:
    candidate.released({1: 10})
    slim = replace(FACT, columns={name: said for name, said in FACT.columns.items() if name != "catatan"})
    candidate.released({1: 10}, (slim, DIM, MART))
    assert withdraw.withdraw_old_version("mart.fct_b", "walidata", "sudah tidak dipakai")["changes"]["fct_b"] == 1
    assert candidate.shown() == {}
    assert candidate.gudang.value("select nilai::float from mart.fct_b_v2") == 10


def test_an_old_version_that_is_not_computed_anew_is_named(candidate: Candidate) -> None:
    """A sum that holds the withdrawn figure stands in it for good, unless somebody empties it."""
    candidate.conn.execute("insert into ops.lineage_source values ('ringkas', 1, 'fct_b', true, '{}', '$s.hari = $m.hari')")
    candidate.released({1: 10, 2: 7007})
    slim = replace(MART, columns={"hari": "Hari"})
    candidate.released({1: 10, 2: 7007}, (FACT, DIM, slim))
    look = ["--dataset", "kota.dinas.genap", "--lihat"]
    assert "mart.ringkas adalah versi lama" in CliRunner().invoke(withdraw_command, look, catch_exceptions=False).output
    withdraw.withdraw_old_version("ringkas", "walidata", "berisi angka yang ditarik")
    assert "versi lama" not in CliRunner().invoke(withdraw_command, look, catch_exceptions=False).output


def test_every_act_is_kept_with_who_and_why_and_in_the_journal(candidate: Candidate) -> None:
    candidate.released({1: 10})
    candidate.released({1: 11, 2: 20})
    acts.rollback(None, "Sari", "keliru")
    acts.resume([], "Sari", "beres")
    withdraw.withdraw_rows(["fct_b"], {"a_key": "1"}, "Sari", "rahasia")
    found = candidate.gudang.rows("select kind, by, reason from ops.act order by act_id", "owner")
    assert found == [("release.rollback", "Sari", "keliru"), ("release.resume", "Sari", "beres"), ("release.withdraw", "Sari", "rahasia")]
    root = candidate.gudang.database.home / "archive" / "journal"
    kinds = [json.loads(path.read_text())["kind"] for path in root.rglob("*.json")]
    assert set(kinds) >= {"release.rollback", "release.resume", "release.withdraw"}
