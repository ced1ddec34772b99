"""Prevents a journal from which nobody could tell what happened from what was only about to happen when the power went."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts.errors import RecordDamaged
from extractors.archive import Archive
from warehouse.journal import Entry, put_rows, rows_of, write

AT = datetime(2026, 6, 1, 8, tzinfo=UTC)


def entry(dataset: str = "x.y.z") -> Entry:
    return Entry("batch", AT, {"n": 1}, dataset, "35.71")


def told(folder: Path, number: int) -> tuple[object, object]:
    record = json.loads((folder / f"journal/2026/06/01/{number}.json").read_text())
    return record["done"], record["dead"]


def test_a_record_whose_transaction_was_killed_is_told_apart_by_the_next(database, tmp_path):
    archive = Archive(tmp_path.as_uri())
    with database.connect(autocommit=True) as conn:
        with conn.transaction():
            first = write(conn, archive.put_json, entry())
        killed = database.connect()
        killed_pid = killed.info.backend_pid
        lost = write(killed, archive.put_json, entry())
        killed.close()  # as a kill does: no commit
        while conn.execute("select from pg_stat_activity where pid = %s", [killed_pid]).fetchone():
            time.sleep(0.01)  # on a busy machine the server hears of it a moment later, and till then the record is in flight
        with conn.transaction():
            third = write(conn, archive.put_json, entry())
        assert conn.execute("select journal_id from ops.journal order by 1").fetchall() == [(first,), (third,)]
    assert told(tmp_path, third) == ([[first, "x.y.z", "35.71"]], [lost])


def test_a_record_in_flight_is_neither_done_nor_dead_until_it_ends(database, tmp_path):
    archive = Archive(tmp_path.as_uri())
    with database.connect(autocommit=True) as conn, database.connect() as slow:
        flying = write(slow, archive.put_json, entry("a.b.c"))
        with conn.transaction():
            second = write(conn, archive.put_json, entry())
        assert told(tmp_path, second) == ([], [])
        slow.commit()
        with conn.transaction():
            third = write(conn, archive.put_json, entry())
    assert told(tmp_path, third) == ([[flying, "a.b.c", "35.71"], [second, "x.y.z", "35.71"]], [])


def test_two_records_of_one_transaction_do_not_call_each_other_dead(database, tmp_path):
    archive = Archive(tmp_path.as_uri())
    with database.connect(autocommit=True) as conn:
        with conn.transaction():
            both = [write(conn, archive.put_json, entry()), write(conn, archive.put_json, entry())]
        with conn.transaction():
            third = write(conn, archive.put_json, entry())
    assert [told(tmp_path, number)[1] for number in (*both, third)] == [[], [], []]
    assert told(tmp_path, third)[0] == [[number, "x.y.z", "35.71"] for number in both]


def test_a_flipped_bit_in_a_record_is_not_believed(database, tmp_path):
    archive = Archive(tmp_path.as_uri())
    with database.connect() as conn:
        number = write(conn, archive.put_json, entry())
    path = f"journal/2026/06/01/{number}.json"
    assert archive.get_json(path)["content"] == {"n": 1}
    (tmp_path / path).write_text((tmp_path / path).read_text().replace('"n": 1', '"n": 3'))
    with pytest.raises(RecordDamaged, match="berubah"):
        archive.get_json(path)
    with pytest.raises(RecordDamaged, match="tidak ada lagi"):
        archive.get_json("journal/2026/06/01/99.json")


def test_rows_come_back_as_they_were(database):
    """Arrays, ranges, json and empty cells, under their own numbers; a second time nothing is doubled."""
    columns = "(waiver_id, dataset, penerbit, rule_id, reason, by, at, until, since)"
    with database.connect() as conn:
        conn.execute(
            f"insert into ops.waiver {columns} overriding system value values (7, 'a', null, 'r', 'karena', 'ani', %s, '2026-07-01', null)",
            [AT],
        )
        conn.execute(
            """insert into ops.batch (batch_id, dataset, content_sha256, contract_sha256, code_version, state, read, fetched, accepted, unchanged,
               quarantined, fetched_at, judged_at, periods, dropped) values (3, 'a', '', '', '', 'accepted', 1, 1, 1, 0, 0, %s, %s,
               '{[2026-01-01,2026-02-01)}', '{"total": 2}')""",
            [AT, AT],
        )
        for table in ("ops.waiver", "ops.batch"):
            kept = json.loads(json.dumps(rows_of(conn, table)))
            conn.execute(f"delete from {table}".encode())
            put_rows(conn, table, kept)
            put_rows(conn, table, kept)
            assert rows_of(conn, table) == kept
            assert len(kept) == 1
