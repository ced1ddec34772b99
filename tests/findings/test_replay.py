"""Prevents a rule that was mended from leaving its rows outside, and a replay from bringing back what a newer day has said otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.errors import WrongUsage
from satudata.findings.replay import replay
from satudata.status import status
from tests.findings.conftest import GOOD, Source

ACTS = "select by, reason, subject - 'batch_id' from ops.act where kind = 'quarantine.replay' order by act_id"
EACH = "2026-06-0{}"


def mended(source: Source, most: int = 1000) -> None:
    """The contract lets larger figures in from now on; the source itself has gone on and says nothing of the old days."""
    source.most = most
    (source.folder / "isi.yml").write_text(source.contract)


def counts(source: Source) -> list[tuple[object, ...]]:
    return source.all("select batch_id, replay_of, state, fetched, accepted, unchanged, quarantined from ops.batch order by batch_id")


def test_rows_of_an_old_day_come_in_by_the_contract_of_today(source: Source):
    source.play(GOOD | {"k1": 500, "k2": 5000}, "2026-06-01", write="replace_period")
    source.play(GOOD, "2026-06-02")
    before = source.all("select fetched_at from ops.batch where batch_id = 1")
    mended(source)
    (done,) = replay("uji.dinas.isi", "ani", "batas atas dinaikkan")
    assert (done.done.replayed, done.done.superseded, done.done.still_wrong, done.done.not_found) == (1, 0, 1, 0)
    assert done.sentence == "Batch 1: 1 masuk, 1 masih salah."
    assert source.aside == [(1, "k1", "replayed", 3), (1, "k2", "open", None)]
    assert counts(source)[-1] == (3, 1, "accepted", 2, 1, 0, 1)
    assert source.all("select kode, _from_batch, _fetched_at from raw.uji__dinas__isi where n = 500") == [("k1", 3, *before[0])]
    assert source.all("select fetch_id from ops.batch_fetch where batch_id = 3") == source.all(
        "select fetch_id from ops.batch_fetch where batch_id = 1"
    )
    assert source.all("select count(*) from raw.uji__dinas__isi where _to_batch is not null") == [(0,)]  # nobody's row was closed
    assert source.all("select messages from ops.quarantined_row where state = 'open'")[0][0][0].endswith("seharusnya antara 0 dan 1000.")
    told = {"dataset": "uji.dinas.isi", "penerbit": "", "replay_of": 1, "replayed": 1, "superseded": 0, "still_wrong": 1, "not_found": 0}
    assert source.all(ACTS) == [("ani", "batas atas dinaikkan", told)]
    assert source.issues["range.n"][0] == "baru"
    mended(source, 10_000)
    replay("uji.dinas.isi", "ani")
    assert source.open == []
    assert source.issues["range.n"][0] == "selesai"


@pytest.mark.parametrize("write", ["snapshot", "append"])
def test_what_came_in_again_is_counted_where_people_look(source: Source, write: str):
    """Fails when the status and the catalogue go on telling of rows set aside that have long come in."""
    source.play(GOOD | {"k1": 500, "k2": 5000}, write=write)
    mended(source)
    replay("uji.dinas.isi", "ani")
    (told,) = status(source.conn)["datasets"]
    assert (told["fetched"], told["accepted"], told["unchanged"], told["quarantined"], told["dropped"]) == (10, 9, 0, 1, {})
    source.conn.execute("delete from ops.cut")
    source.conn.execute("insert into ops.cut values (2, '2026-06-02')")
    assert source.all("select good, quarantined from ops.newest_delivery") == [(9, 1)]


def test_another_reason_than_before_is_a_finding_too(source: Source):
    """Else the row is out with nobody told why, and the reason it was first set aside for stays a finding that no row shows."""
    source.play(GOOD | {"k1": 500})
    source.more = "checks: [{rule: compare, column: n, op: '<', other: '400'}]"
    mended(source)
    (done,) = replay("uji.dinas.isi", "ani")
    assert (done.done.replayed, done.done.still_wrong) == (0, 1)
    assert source.all("select rule_ids from ops.quarantined_row where state = 'open'") == [(["compare.n"],)]
    assert {rule: state for rule, (state, *_) in source.issues.items()} == {"range.n": "selesai", "compare.n": "baru"}
    assert source.all("select due from ops.issue where rule_id = 'compare.n'") == source.all("select due from ops.quarantined_row")
    replay("uji.dinas.isi", "ani")
    assert source.issues["compare.n"] == ["baru", 1, 0]  # told once


def test_a_key_that_a_newer_fetch_has_filled_is_superseded(source: Source):
    """Its row was left open, as by a ledger from before rows were followed; the newer figure stands."""
    source.play(GOOD | {"k1": 500})
    source.play(GOOD | {"k1": 7})
    source.conn.execute("update ops.quarantined_row set state = 'open', ended_batch_id = null, ended_at = null")
    mended(source)
    (done,) = replay("uji.dinas.isi", "ani")
    assert (done.done.replayed, done.done.superseded) == (0, 1)
    assert source.published == GOOD | {"k1": 7}
    assert source.aside == [(1, "k1", "superseded", 3)]


@pytest.mark.parametrize("write", ["replace_period", "append"])
def test_a_replay_ends_no_row_but_its_own(source: Source, write: str):
    source.play(GOOD | {"k1": 500}, "2026-06-01", write=write)
    source.play(GOOD | {"k1": 600}, "2026-06-02")
    mended(source)
    replay("uji.dinas.isi", "ani", batch_id=1)
    assert source.aside == [(1, "k1", "replayed", 3), (2, "k1", "open", None)]


def test_the_next_run_knows_nothing_of_a_replay(source: Source):
    """Neither as the last verdict, nor as the size that a batch should have, nor as what status shows."""
    source.play(GOOD | {"k1": 500}, "2026-06-01", write="replace_period")
    source.play(GOOD, "2026-06-02")
    mended(source)
    source.again()
    replay("uji.dinas.isi", "ani")
    assert source.again().state == "unchanged"
    (dataset,) = status(source.conn)["datasets"]
    assert (dataset["fetched"], dataset["quarantined"]) == (10, 0)
    assert source.play({code: n + 1 for code, n in GOOD.items()}, "2026-06-03").state == "accepted"


def test_twice_is_once(source: Source):
    source.play(GOOD | {"k1": 500}, "2026-06-01", write="replace_period")
    source.play(GOOD, "2026-06-02")
    mended(source)
    replay("uji.dinas.isi", "ani")
    with pytest.raises(WrongUsage, match="Tidak ada baris"):
        replay("uji.dinas.isi", "ani")


def test_rows_that_the_contract_does_not_read_any_more_stay_open(source: Source):
    source.play(GOOD | {"k1": 500}, "2026-06-01", write="replace_period")
    source.play(GOOD, "2026-06-02")
    source.more = "rows: [{is: drop, where: {n: '^500$'}, why: percobaan}]"
    mended(source, 100)
    (done,) = replay("uji.dinas.isi", "ani")
    assert done.done.not_found == 1
    assert "satudata quarantine reject" in done.sentence
    assert source.open == ["k1"]
    assert source.all("select count(*) from ops.batch where replay_of is not null") == [(0,)]


def test_a_contract_that_cannot_read_the_bytes_changes_nothing(source: Source):
    source.play(GOOD | {"k1": 500}, "2026-06-01", write="replace_period")
    source.play(GOOD, "2026-06-02")
    (source.folder / "isi.yml").write_text(source.contract.replace("from: n,", "from: jumlah,"))
    (done,) = replay("uji.dinas.isi", "ani")
    assert done.done is None
    assert "jumlah" in done.sentence
    assert source.open == ["k1"]


def test_a_held_batch_is_decided_first(source: Source):
    source.play(GOOD | {"k1": 500}, "2026-06-01", write="replace_period")
    source.more = "checks: [{rule: compare, column: n, op: '!=', other: '66', severity: hold}]"
    source.play(GOOD | {"k2": 66}, "2026-06-02")
    (done,) = replay("uji.dinas.isi", "ani")
    assert "Batch 2 ditahan. Putuskan dahulu: `satudata review approve 2`" in done.sentence


def test_a_rule_that_lets_a_person_decide_lets_nothing_in(source: Source):
    source.play(GOOD | {"k1": 500}, "2026-06-01", write="replace_period")
    source.play(GOOD, "2026-06-02")
    source.more = "checks: [{rule: compare, column: n, op: '!=', other: '500', severity: hold}]"
    mended(source)
    (done,) = replay("uji.dinas.isi", "ani")
    assert done.done is None
    assert source.open == ["k1"]


def test_rivals_for_a_key_come_in_once_the_contract_says_which_is_right(source: Source):
    day = date(2026, 6, 1).isoformat()
    text = "\n".join(["kode;hari;n", *(f"{code};{day};{n}" for code, n in GOOD.items()), f"k1;{day};9"])
    source.play(text, write="replace_period")
    assert source.open == ["k1", "k1"]
    source.play(GOOD, "2026-06-02")
    source.more = "same_key: {last_by: n}"
    mended(source)
    replay("uji.dinas.isi", "ani")
    assert sorted(row[2] for row in source.aside) == ["replayed", "superseded"]
    assert source.all("select n from raw.uji__dinas__isi where kode = 'k1' and hari = '2026-06-01' and _to_batch is null") == [(9,)]


def test_a_total_among_classes_stays_outside_when_it_is_judged_alone(source: Source):
    """Fails when the rows it sums are gone from what is judged again, and it comes in as one more class."""
    source.play({"k1": 10, "k2": 20, "k3": 40, "Semua Barang": 70})
    assert (list(source.published), source.open) == (["k1", "k2", "k3"], ["Semua Barang"])
    (done,) = replay("uji.dinas.isi", "ani")
    assert (done.done.replayed, done.done.still_wrong, source.aside) == (0, 1, [(1, "Semua Barang", "open", None)])
    source.more = "rows: [{is: data, where: {kode: ^Semua}}]"
    mended(source)
    replay("uji.dinas.isi", "ani", "nama barang")
    assert source.published == {"k1": 10, "k2": 20, "k3": 40, "Semua Barang": 70}
