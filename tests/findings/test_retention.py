"""Prevents the clearing from taking what is still needed, from keeping what should go, and from doing anything that is not written down."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from contracts import clock
from contracts.settings import settings
from satudata.findings.housekeeping import RELEASE_ROWS, housekeeping
from tests.findings.conftest import GOOD, Source
from warehouse import retention

PAGE = Path(__file__).parents[2] / "docs" / "penyimpanan.md"
KEPT_FOR_GOOD = (
    "raw.uji__dinas__isi", "ops.batch", "ops.batch_fetch", "ops.issue", "ops.act", "ops.waiver", "ops.review", "ops.release", "ops.pin",
)  # fmt: skip


def cleared(days: int, **options: bool) -> dict[str, int]:
    """Table and days kept -> rows that went, were it so many days later."""
    found = housekeeping(clock.now() + timedelta(days=days), **options)
    return {f"{one['table']} {one.get('days')}": one["rows"] for one in found if one["rows"]}


@pytest.fixture
def lived(source: Source) -> Source:
    """Four batches: a row set aside, seen twice, mended, and a source that has not changed since."""
    source.play(GOOD)
    source.play(GOOD | {"k1": 500})
    source.play(GOOD | {"k1": 501, "k2": 900})
    source.play(GOOD | {"k2": 901})
    source.again()
    source.again()
    return source


def held(source: Source) -> dict[str, list[tuple[object, ...]]]:
    return {table: source.all(f"select t::text from {table} t order by 1") for table in KEPT_FOR_GOOD}


def test_the_page_states_the_policy_that_runs():
    rows = re.findall(r"^\| (.+?) \| `(.+?)` \| (\d+) \|$", PAGE.read_text(), re.M)
    assert rows == [(kept.name, kept.table, str(kept.days)) for kept in retention.POLICY]
    assert f"| {RELEASE_ROWS} | `ops.release_row` | {settings().kept_releases} rilis |" in PAGE.read_text()


def test_nothing_that_is_young_goes(lived: Source):
    assert cleared(179) == {}


def test_each_kind_goes_when_its_time_has_come(lived: Source):
    assert set(cleared(181)) == {"ops.validation_result 180"}
    assert set(cleared(401)) == {"ops.fetch 400", "ops.check_result 400", "ops.issue_event 400"}
    assert set(cleared(731)) == {"ops.quarantined_row 730"}
    assert set(cleared(1826)) == {"ops.check_result 1825"}
    assert cleared(1827) == {}


def test_what_is_kept_for_good_is_there_after_ten_years(lived: Source):
    before = held(lived)
    cleared(3650)
    assert held(lived) == before
    assert lived.open == ["k2"]
    newest = lived.all("select max(batch_id) from ops.batch")[0][0]
    assert lived.all("select distinct batch_id from ops.check_result") == [(newest,)]
    assert lived.all("select distinct batch_id from ops.validation_result") == [(newest,)]
    assert lived.all("select event from ops.issue_event order by issue_event_id")[0] == ("dibuka",)


def test_a_source_that_has_not_changed_is_still_known_afterwards(lived: Source):
    cleared(3650)
    assert lived.again().state == "unchanged"
    assert lived.play(GOOD).state == "accepted"
    assert lived.open == []


def test_what_stands_across_datasets_stays_however_old(source: Source):
    """It is written when the outcome changes: a dataset complete for two years, or a gap of six, is told by a result as old as that."""
    (source.folder / "isi.yml").write_text("")
    for rule, outcomes in {"complete": ["fail", "pass"], "parts.x": ["pass", "fail"]}.items():
        for outcome in outcomes:
            source.conn.execute(
                """insert into ops.check_result (dataset, rule_id, rule, scope, severity, outcome, checked, failed, source, judged_at)
                   values ('uji.dinas.isi', %s, %s, 'lintas', 'hold', %s, 3, 1, 'guard', %s)""",
                [rule, rule, outcome, clock.now()],
            )
    cleared(3650)
    assert source.all("select rule_id, outcome from ops.check_result order by 1") == [("complete", "pass"), ("parts.x", "fail")]


def test_it_goes_slice_by_slice(lived: Source, monkeypatch):
    """Each a transaction of its own: the ledger is never locked for long, and a kill loses nothing."""
    kept = next(one for one in retention.POLICY if one.table == "ops.check_result")
    later = clock.now() + timedelta(days=500)
    old = retention.count_old(lived.conn, kept, later)
    assert old > 6
    assert retention.clear(lived.conn, kept, later, slice_rows=3) == old
    assert retention.count_old(lived.conn, kept, later) == 0


def test_looking_deletes_nothing(lived: Source):
    looked = cleared(3650, look_only=True)
    assert looked
    assert cleared(3650, look_only=True) == looked


def test_it_follows_the_played_calendar(lived: Source, monkeypatch: pytest.MonkeyPatch):
    """As all that is due does: else a preview of next year shows what today's clock would clear."""
    assert not any(one["rows"] for one in housekeeping(look_only=True))
    monkeypatch.setenv("SATUDATA_HARI_INI", (clock.now().date() + timedelta(days=401)).isoformat())
    assert {one["table"] for one in housekeeping(look_only=True) if one["rows"]} >= {"ops.check_result"}
