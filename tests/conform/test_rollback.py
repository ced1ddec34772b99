"""What a person went back on must stay: the next transform brings nothing of it, lets everything else through, and nothing private comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from contracts.errors import PersonalDataReturned, WrongUsage
from satudata.commands.release_acts import resume_command
from satudata.releases import rollback as acts
from tests.conform.candidate import DIM, FACT, TABLES, Candidate
from tests.conform.registry import PPKS, ppks

PPKS_ID = "kediri.dinsos.ppks"


def test_readers_see_the_old_release_again_and_the_next_transform_leaves_it(candidate: Candidate) -> None:
    """Though the candidate still says what was rolled back; what is new since then comes in, and after `resume` all of it."""
    candidate.released({1: 10, 2: 20, 3: 30})
    candidate.released({1: 11, 2: 20, 4: 40})
    candidate.released({1: 12, 2: 20, 4: 41, 5: 50})
    found = acts.rollback(1, "walidata", "angka tertukar")
    assert found["release_id"] == 4
    assert candidate.shown() == {1: 10, 2: 20, 3: 30}
    assert candidate.gudang.value("select jumlah::float from mart.ringkas") == 60
    candidate.released({1: 12, 2: 22, 4: 41, 5: 50, 6: 60})
    assert candidate.shown() == {1: 10, 2: 22, 3: 30, 6: 60}
    assert acts.resume([], "walidata", "sudah dibetulkan")["rows"] > 0
    candidate.released({1: 12, 2: 22, 4: 41, 5: 50, 6: 60})
    assert candidate.shown() == {1: 12, 2: 22, 4: 41, 5: 50, 6: 60}
    assert candidate.gudang.rows("select release_id, state, kind, to_release_id from ops.release order by 1", "owner") == [
        (1, "published", "transform", None), (2, "rolled_back", "transform", None), (3, "rolled_back", "transform", None),
        (4, "published", "rollback", 1), (5, "published", "transform", None), (6, "published", "transform", None)]  # fmt: skip


def test_a_rollback_can_be_taken_back_itself(candidate: Candidate) -> None:
    """By default to the release before; and a row that came, changed and went in between is as it was."""
    candidate.released({1: 10, 2: 20})
    candidate.released({1: 11, 3: 30})
    candidate.released({1: 11, 2: 21, 3: 31})
    acts.rollback(1, "walidata", "coba")
    assert candidate.shown() == {1: 10, 2: 20}
    acts.rollback(None, "walidata", "ternyata benar")
    assert candidate.shown() == {1: 11, 2: 21, 3: 31}


def test_publishers_are_kept_at_what_that_release_saw(candidate: Candidate) -> None:
    """Else every figure made of them would come back by the next build; resuming one dataset says nothing of the others."""
    gudang = candidate.gudang
    gudang.contract(PPKS_ID, PPKS)
    candidate.cut = gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 2)], "a")
    gudang.accept(PPKS_ID, [ppks("Bandar", "Pengemis", 2)], "b")
    candidate.released({1: 10})
    candidate.cut = gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 3)], "b")
    candidate.released({1: 11}, pins={f"{PPKS_ID}|a": 0})
    assert acts.rollback(1, "walidata", "keliru")["pinned"] == [PPKS_ID]
    assert gudang.rows("select penerbit, kind, up_to_no from ops.pin", "owner") == [("b", "rollback", 1)]
    with pytest.raises(WrongUsage, match="Tidak ada yang ditahan"):
        acts.resume(["kota.dinas.genap"], "walidata", "keliru")
    assert acts.resume([PPKS_ID], "walidata", "beres")["pins"] == 1
    assert gudang.rows("select * from ops.pin", "owner") == []


def test_what_no_delivery_has_changed_since_is_named_before_it_is_published_again(candidate: Candidate) -> None:
    """A good delivery that no longer speaks of the wrong days leaves the wrong figures where they were: who lets go must hear it."""
    gudang = candidate.gudang
    gudang.contract(PPKS_ID, PPKS)
    candidate.cut = gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 2)])
    candidate.released({1: 10})
    candidate.cut = wrong = gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 99), ppks("Bandar", "Pengemis", 98)])
    candidate.released({1: 99})
    acts.rollback(1, "walidata", "keliru")
    gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 3)])
    with gudang.database.connect("owner") as conn:
        conn.execute("update raw.indikator set _to_batch = null where _from_batch = %s and kode_wilayah = 'Bandar'", [wrong])
    said = CliRunner().invoke(resume_command, [PPKS_ID, "--oleh", "walidata", "--alasan", "sudah dibetulkan"]).output
    assert f"1 baris {PPKS_ID}, periode 2025-01-01 s.d. 2025-12-31, yang dahulu dikembalikan belum diubah" in said
    assert "satudata release withdraw" in said


def test_a_sum_is_let_go_with_the_last_dataset_that_it_is_made_of(candidate: Candidate) -> None:
    """Not with any other, and not only with all: until then the command says that it is held, and what frees it."""
    candidate.conn.execute("insert into ops.lineage_source values ('ringkas', 1, 'fct_b', true, '{}', '$s.hari = $m.hari')")
    candidate.released({1: 10, 2: 20})
    candidate.released({1: 11, 2: 21, 4: 40})
    acts.rollback(1, "walidata", "keliru")
    assert candidate.gudang.value("select jumlah::float from mart.ringkas") == 30
    with candidate.gudang.database.connect("owner") as owner:  # of a third, which the sum is not made of, something else is held
        owner.execute("insert into ops.dataset (dataset, raw_table) values ('kota.dinas.lain', 'raw.x')")
        owner.execute("""insert into ops.rolled_back_row (table_name, key, release_id, dataset_id) values ('fct_c', '{"c": 1}', 3, 3)""")
    said = CliRunner().invoke(resume_command, ["kota.dinas.ganjil", "--alasan", "beres", "--oleh", "Sari"]).output
    assert "mart.ringkas (1 baris)" in said
    assert "`satudata release resume kota.dinas.genap --alasan ...`" in said
    candidate.released({1: 11, 2: 21, 4: 40})
    assert (candidate.shown(), candidate.gudang.value("select jumlah::float from mart.ringkas")) == ({1: 11, 2: 20}, 30)
    assert acts.resume(["kota.dinas.genap"], "walidata", "beres") == {"pins": 0, "rows": 3, "back": [], "still": {}, "by": []}
    candidate.released({1: 11, 2: 21, 4: 40})
    assert (candidate.shown(), candidate.gudang.value("select jumlah::float from mart.ringkas")) == ({1: 11, 2: 21, 4: 40}, 72)


def test_a_table_that_is_younger_is_empty_as_it_was(candidate: Candidate) -> None:
    """And comes back once it is let go; else readers see sums of figures that were taken back."""
    candidate.released({1: 10}, (FACT, DIM))
    candidate.released({1: 10, 2: 20})
    acts.rollback(1, "walidata", "keliru")
    assert candidate.gudang.rows("select * from mart.ringkas") == []
    candidate.released({1: 10, 2: 20})
    assert candidate.gudang.rows("select * from mart.ringkas") == []
    acts.resume([], "walidata", "beres")
    candidate.released({1: 10, 2: 20})
    assert candidate.gudang.rows("select jumlah::float from mart.ringkas") == [(30,)]


def test_what_personal_data_became_is_not_brought_back(candidate: Candidate) -> None:
    """The tests of privacy are run over what comes back; where they fail nothing has happened."""
    with candidate.gudang.database.connect("owner") as owner:
        owner.execute(
            "insert into ops.reference_item (reference, code, name, level) values ('wilayah', '61.05', 'Sintang', 'kabupaten_kota') on conflict do nothing"
        )
    candidate.released({1: 10, 2: 20})
    candidate.conn.execute("update mart.fct_b set catatan = 'NIK 6105014101900001' where a_key = 1")
    candidate.released({1: 10, 2: 20})
    before = candidate.gudang.published()
    with pytest.raises(PersonalDataReturned, match="fct_b"):
        acts.rollback(1, "walidata", "keliru")
    assert candidate.gudang.published() == before
    assert candidate.gudang.value("select count(*) from ops.pin", "owner") == 0


def test_what_is_restricted_by_now_does_not_come_back(candidate: Candidate) -> None:
    candidate.released({1: 10, 2: 20})
    candidate.released({1: 11, 2: 21})
    with candidate.gudang.database.connect("owner") as owner:
        owner.execute("update ops.dataset set akses = 'terbatas' where dataset_id = 2")
    acts.rollback(1, "walidata", "keliru")
    assert candidate.shown() == {1: 11, 2: 20}


def test_nobody_goes_back_behind_what_is_kept(candidate: Candidate) -> None:
    for value in (1, 2, 3):
        candidate.released({1: value})
    with candidate.gudang.database.connect("owner") as owner:
        owner.execute("update ops.release set rows_cleared = true where release_id = 2")
    with pytest.raises(WrongUsage, match="masa simpannya"):
        acts.rollback(1, "walidata", "keliru")
    with pytest.raises(WrongUsage, match="Tidak ada rilis bernomor 9"):
        acts.rollback(9, "walidata", "keliru")
    with pytest.raises(WrongUsage, match="alasan"):
        acts.rollback(2, "walidata", " ")
    assert acts.rollback(2, "walidata", "keliru")["release_id"] == 4
    assert candidate.shown() == {1: 2}


def test_nobody_goes_back_behind_another_shape_of_a_table(candidate: Candidate) -> None:
    """What stood then fits the old version alone: the new one would be emptied, and every later release begin another."""
    fact, dim, sums = TABLES
    other = replace(sums, key=("jumlah",))
    candidate.released({1: 10}, TABLES)
    candidate.released({1: 20}, TABLES)
    candidate.released({1: 30}, (fact, dim, other))
    candidate.released({1: 40}, (fact, dim, other))
    for release in (1, 2):
        with pytest.raises(WrongUsage, match=r"mart.ringkas berganti.*\n?.*rilis 3"):
            acts.rollback(release, "walidata", "keliru")
    acts.rollback(3, "walidata", "keliru")
    assert candidate.gudang.rows("select jumlah::float from mart.ringkas_v2") == [(30,)]
