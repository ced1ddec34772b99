"""Prevents a disaster restore that was never tried: what comes out of the archive must be the warehouse that was, not one like it."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from contracts.clock import now
from contracts.errors import RebuildUnfinished, WarehouseNotEmpty
from extractors.archive import Archive
from satudata.rebuild.kinds import KINDS
from satudata.rebuild.run import rebuild
from satudata.run import run
from tests.house.tree import product_modules
from tests.rebuild.conftest import New, Old
from tests.rebuild.equal import differences
from tests.rebuild.history import HARGA, ISI
from warehouse.connect import connect
from warehouse.journal import Entry, write


def test_the_rebuilt_warehouse_is_the_old_one(published: Old, empty: Callable[[Old], New]):
    """After a returned, an approved, a held, a failed and an accepted batch, a replay, a waiver, a rejected row, a reassigned mapping, a held and a
    decided conflict, a table that goes on in a second version, releases, one of them taken back, a revised figure, one hidden later, and withdrawals."""
    new = empty(published)
    assert [problem.message for problem in rebuild().problems] == []
    assert differences(published.database.url("owner"), new.database.url("owner")) == []
    numbers = "select dataset, dataset_id from ops.dataset order by 1"  # all were known when something was released last
    with published.database.connect("owner") as old, new.database.connect("owner") as made_again:
        assert made_again.execute(numbers).fetchall() == old.execute(numbers).fetchall()
    with new.database.connect("owner") as conn:  # behind the first that was made anew nobody can go back
        assert conn.execute("select max(release_id), count(*) from ops.release where rows_cleared").fetchone() == (5, 5)


def test_the_past_is_as_varied_as_it_claims(published: Old, old: Old):
    """Else the comparison above would prove little."""
    with old.database.connect("owner") as conn:
        for table in ("ops.accepted_difference", "ops.violating_row", "ops.notified"):
            assert conn.execute(f"select count(*) from {table}".encode()).fetchone() != (0,), table
    with published.database.connect("owner") as conn:
        states = conn.execute(
            "select array_agg(distinct state order by state), count(*) filter (where replay_of is not null) from ops.batch"
        )
        assert states.fetchone() == (["accepted", "failed", "held", "returned"], 1)
        ends = conn.execute("select array_agg(distinct state order by state) from ops.quarantined_row").fetchone()
        assert set(ends[0]) >= {"fixed", "rejected", "replayed", "superseded"}  # type: ignore[index]
        assert {row[0] for row in conn.execute("select kind from ops.journal").fetchall()} >= set(KINDS) - {
            "tests",
            "reference.load",
        }
        held = conn.execute("select status, state, nilai_terbit::int from ops.conflict order by conflict_id").fetchall()
        assert held == [("ditahan", "dibahas", 13000), ("diputuskan", "diputuskan", 20000)]
        past = conn.execute(
            "select perubahan, nilai::int from mart.riwayat_angka where rilis <= 4 order by objek_key, rincian_key, rilis"
        ).fetchall()
        assert past == [("terbit", 40), ("revisi", 45), ("terbit", None), ("revisi", None), ("terbit", 13000), ("terbit", 17000)]
        assert conn.execute("select published from ops.unmapped_code").fetchall() == [("buah ajaib",)]
        versions = (
            "select nama, isi from mart.data_uji_ganti_data order by 1",
            "select nama, uraian from mart.data_uji_ganti_data_v2 order by 1",
        )
        shown = [conn.execute(query).fetchall() for query in versions]
        assert shown == [[("a", "satu"), ("b", "dua")], [("a", "satu"), ("c", "tiga")]]
        pins = conn.execute("select array_agg(kind order by kind) from ops.pin").fetchone()
        assert pins == (["batch", "metadata", "metadata", "rollback"],)


def test_a_difference_is_seen(old: Old, new: New):
    """The comparison itself: one figure, one reason, one finding that differ."""
    assert rebuild().problems == ()
    assert differences(old.database.url("owner"), new.database.url("owner")) == []
    with new.database.connect("owner") as conn:
        conn.execute("update raw.uji__dinas__isi set n = n + 1 where kode = 'k7' and _to_batch is null")
        conn.execute("update ops.waiver set reason = 'lain'")
        conn.execute("delete from ops.issue_event where event = 'terlihat'")
    found = differences(old.database.url("owner"), new.database.url("owner"))
    assert {line.split(":")[0] for line in found} == {"raw.uji__dinas__isi", "ops.waiver", "ops.issue_event"}


def test_work_goes_on_where_it_stopped(old: Old, new: New):
    """An unchanged source stays unchanged, and no number is given twice: the next batch, act and record come after the last ones."""
    rebuild()
    with new.database.connect("owner") as conn:
        (batch, record) = conn.execute("select max(batch_id), (select max(journal_id) from ops.journal) from ops.batch").fetchone()  # type: ignore[misc]
    assert run([ISI])[0].state == "unchanged"
    run([HARGA.replace("pasar.harga", "dinas.titik")])
    (old.sources / "uji" / "dinas" / "isi.csv").write_text("kode;hari;n\nk1;2026-06-01;1\n")
    (outcome,) = run([ISI])
    assert outcome.batches[0]["batch_id"] > batch
    with new.database.connect("owner") as conn:
        assert conn.execute("select min(journal_id) from ops.journal where journal_id > %s", [record]).fetchone()[0] > record  # type: ignore[index]


def test_a_living_warehouse_is_left_alone(old: Old, new: New, monkeypatch: pytest.MonkeyPatch):
    before = differences(old.database.url("owner"), new.database.url("owner"))
    monkeypatch.setenv("SATUDATA_DATABASE", old.database.name)
    with pytest.raises(WarehouseNotEmpty, match=r"ops\.batch"):
        rebuild()
    assert differences(old.database.url("owner"), new.database.url("owner")) == before


def test_nobody_loads_into_a_half_made_warehouse(new: New, monkeypatch: pytest.MonkeyPatch):
    from satudata import session

    session._migrated.cache_clear()
    with connect("owner", autocommit=True) as conn:
        conn.execute("insert into ops.rebuild (archive, begun_at) values ('file:///lain', '2026-06-01')")
        with pytest.raises(RebuildUnfinished, match="satudata rebuild"):
            run([ISI])
        with pytest.raises(WarehouseNotEmpty, match="arsip lain"):
            rebuild()


def test_what_never_was_committed_is_not_done(old: Old, new: New):
    """A load, an approval and a release that were killed between their record and their commit, each before something else happened."""
    archive, dead = Archive(new.archive.as_uri()), {"release": {"release_id": 9, "state": "published"}, "fresh": True}
    with old.database.connect() as conn:
        lost = [write(conn, archive.put_json, Entry(kind, now(), dead, ISI, "")) for kind in ("batch", "review.approve", "release")]
        conn.rollback()
        last = write(conn, archive.put_json, Entry("waiver.add", now(), {"by": "x", "subject": {}, "reason": None, "rows": {}}))
        conn.rollback()
    assert rebuild().problems == ()
    with new.database.connect("owner") as conn:
        assert conn.execute("select journal_id from ops.journal where journal_id = any(%s)", [[*lost, last]]).fetchall() == [(last,)]


def test_every_kind_of_record_can_be_done_again():
    """A kind that is written somewhere and has no line in `satudata.rebuild.kinds` would be lost in a disaster, and nobody would know before."""
    said = {kind for path in product_modules() for kind in _kinds(path.read_text())}
    assert said - set(KINDS) == set()
    assert len(said) >= 12


def _kinds(text: str) -> set[str]:
    """The texts like `waiver.add` or `score` that are given to `set_down`, `numbered`, `Act` or `Entry` as kinds."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and node.args]
    said = {"Act": 2, "Entry": 0, "set_down": 1, "numbered": 1}
    kinds = [node.args[said[name]] for node in calls if (name := getattr(node.func, "id", "")) in said and len(node.args) > said[name]]
    return {one.value for kind in kinds for one in ast.walk(kind) if isinstance(one, ast.Constant) and isinstance(one.value, str)} - {
        "review."
    }
