"""Prevents good figures from never appearing, without a word, because an older batch of the same publisher still waits for a person."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from satudata.cli import satudata
from satudata.review.behind import behind_list
from satudata.review.return_batch import return_
from tests.review.conftest import ID, Ground

WALIDATA = "Sari (Diskominfo)"
THREE = {"a": 1, "b": 2, "c": 3}


@pytest.fixture
def waiting(ground: Ground) -> int:
    """A file of one day is held, and one of the next day accepted behind it; the number of the held one."""
    ground.contract("", write="replace_period")
    assert ground.day(THREE).state == "accepted"
    assert ground.day({"a": 1}, "2026-06-02").state == "held"
    assert ground.day(THREE, "2026-06-03").state == "accepted"
    return ground.batches()[1]


def listed(ground: Ground) -> list[tuple[str, int, str]]:
    with ground.database.connect() as conn:
        return [(one["kind"], one["behind"], one["next_step"]) for one in behind_list(conn, {ID})]


@pytest.mark.parametrize("command", ["status", f"run {ID}"])
def test_it_is_said_wherever_the_acceptance_is(ground: Ground, waiting: int, command: str) -> None:
    newest = ground.batches()[-1]
    said = CliRunner().invoke(satudata, command.split()).output
    assert f"{ID}: batch {newest} diterima, tetapi belum terbit: batch {waiting}, yang lebih dulu ditahan, menunggu putusan." in said
    assert "Langkah berikutnya: satudata review list" in said


def test_it_ends_with_the_decision(ground: Ground, waiting: int) -> None:
    assert listed(ground) == [("batch", waiting, "satudata review list")]
    return_(waiting, WALIDATA, "berkasnya terpotong")
    assert listed(ground) == []


def test_a_held_batch_alone_keeps_nothing_waiting(ground: Ground) -> None:
    ground.contract("", write="replace_period")
    ground.day(THREE)
    assert ground.day({"a": 1}, "2026-06-02").state == "held"
    assert listed(ground) == []


def test_going_back_is_said_as_well(ground: Ground) -> None:
    ground.contract("", write="replace_period")
    ground.day(THREE)
    ground.rows(
        f"insert into ops.pin (dataset, penerbit, kind, up_to_no, reason, since) values ('{ID}', '', 'rollback', 0, 'salah', now()) returning 1"
    )
    assert listed(ground) == [("rollback", None, f"satudata release resume {ID}")]
    assert ground.rows("select langkah from quality.terbit_sementara") == [(f"satudata release resume {ID}",)]


def test_a_source_that_did_not_change_still_says_which_rows_keep_it_from_being_published(ground: Ground) -> None:
    """A run after the release said that nothing has changed, and its figures never appeared; of several findings of a test the newest counts."""
    ground.contract("")
    assert ground.day(THREE).state == "accepted"
    ground.rows(
        f"""insert into ops.pin (dataset, penerbit, kind, up_to_no, reason, rules, since)
            values ('{ID}', '', 'test', 0, 'uji gagal: di_indonesia', array['di_indonesia'], now()) returning 1"""
    )
    unsaid = f"{ID}: batch {ground.batches()[-1]} diterima, tetapi belum terbit: barisnya gagal uji. "
    assert f"{unsaid}uji gagal: di_indonesia Langkah berikutnya:" in CliRunner().invoke(satudata, ["run", ID]).output
    for number in (2, 1):
        ground.rows(
            f"""insert into ops.check_result (dataset, rule_id, rule, scope, severity, outcome, failed, message, source, judged_at)
                values ('{ID}', 'di_indonesia', 'benar', 'lintas', 'fail', 'fail', {number}, '{number} baris. Contoh: baris 7.', 'dbt', now()) returning 1"""
        )
    said = CliRunner().invoke(satudata, ["run", ID]).output
    assert f"= {ID}: tidak berubah" in said
    assert f"{unsaid}1 baris. Contoh: baris 7. Langkah berikutnya: betulkan barisnya di sumber, lalu satudata run {ID}" in said
    with ground.database.connect("portal") as conn:
        assert conn.execute("select sebab from quality.terbit_sementara").fetchall() == [("1 baris. Contoh: baris 7.",)]
