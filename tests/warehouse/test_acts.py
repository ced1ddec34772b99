"""Prevents an act of a person from being in the ledger without a record that outlives the database."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from contracts.errors import StorageRefused
from extractors.archive import Archive
from warehouse.acts import Act, record

ACT = Act(datetime(2026, 6, 1, 8, tzinfo=UTC), "ani", "waiver.add", {"dataset": "x.y.z", "rule_id": "range.n"}, "sensus ulang")


def test_the_journal_tells_the_same_as_the_ledger(database, tmp_path):
    with database.connect() as conn:
        number = record(conn, Archive(tmp_path.as_uri()).put_json, ACT)
        row = conn.execute("select at, by, kind, subject, reason from ops.act where act_id = %s", [number]).fetchone()
    assert row == (ACT.at, ACT.by, ACT.kind, ACT.subject, ACT.reason)
    kept = json.loads((tmp_path / f"journal/2026/06/01/{number}.json").read_text())
    assert (kept["journal_id"], kept["kind"], kept["at"]) == (number, "waiver.add", "2026-06-01T08:00:00+00:00")
    assert (kept["content"]["by"], kept["content"]["subject"], kept["content"]["reason"]) == ("ani", ACT.subject, "sensus ulang")


def test_an_act_that_cannot_be_journaled_is_not_done(database):
    def full(_path, _record):
        raise OSError("disk penuh")

    with database.connect() as conn:
        with pytest.raises(StorageRefused, match="penuh"), conn.transaction():
            record(conn, full, ACT)
        assert conn.execute("select count(*) from ops.act").fetchone() == (0,)
