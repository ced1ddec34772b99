"""Prevents the loss of figures: what `write` closes, keeps and versions, and what an older fetch may do (contract page, *write*)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from contracts.registry import Dataset, load_dataset
from warehouse import raw_tables
from warehouse.catalogue import register
from warehouse.conclude import conclude
from warehouse.ledger import BatchRow, Scope
from warehouse.names import STAGE_SYSTEM, contract_columns
from warehouse.stage import batch_number, drop_orphans, fill
from warehouse.staged_batch import Batch

CONTRACT = """
id: uji.dinas.angka
title: Angka uji
source: {{kind: file, url: "https://contoh.go.id/a.csv"}}
columns:
  kode: {{from: kode, type: text}}
  tahun: {{from: tahun, type: period, format: YYYY}}
  nilai: {{from: nilai, type: integer}}
period: {{column: tahun, grain: tahun}}
write: {write}
key: [{key}]
"""
START = datetime(2026, 6, 1, tzinfo=UTC)


class World:
    """One dataset in one database; `batch` loads rows as (kode, tahun, nilai) as if fetched on a day."""

    def __init__(self, conn, dataset: Dataset) -> None:
        self.conn, self.dataset, self.scope = conn, dataset, Scope(dataset.id)
        self.dataset_id = register(conn, dataset)
        raw_tables.ensure(conn, dataset)

    def batch(self, rows, day: int, *, bad=(), closes=True, state="accepted") -> BatchRow:
        columns = [*STAGE_SYSTEM, *contract_columns(self.dataset)]
        table = pa.table({
            name: pa.array(values, pa.string()) for name, values in zip((c for c, _ in columns), zip(*(
                (str(n), f"baris {n}", None, None, f"{y}-01-01", f"{y}-12-31", k, str(y), str(v)) for n, (k, y, v) in enumerate(rows, 1)
            ), strict=True), strict=True)
        })  # fmt: skip
        with batch_number(self.conn) as number:
            staged = fill(self.conn, number, columns, [table])
            if bad:
                self.conn.execute(f"create table staging_load.q_{number} (_no bigint, rule_ids text[], messages text[])")
                self.conn.execute(
                    f"insert into staging_load.q_{number} select n, '{{x}}', '{{y}}' from unnest(%s::bigint[]) n", [list(bad)]
                )
            batch = Batch(
                self.dataset, self.dataset_id, "", staged, f"staging_load.q_{number}" if bad else None, START + timedelta(days=day)
            )
            row = BatchRow(
                number, str(number), "c", "v", state, batch.fetched_at, batch.fetched_at, len(rows), len(rows), quarantined=len(bad)
            )
            return conclude(self.conn, self.scope, batch, row, [], [], closes=closes, staged=len(rows))

    def seen(self, cut: int | None = None):
        """{(kode, tahun): nilai} as conform sees it at a cut, through the pin."""
        pin = self.conn.execute("select up_to_no from ops.pin where dataset = %s", [self.dataset.id]).fetchone()
        top = self.conn.execute("select ops.settled_no()").fetchone()[0] if cut is None else cut
        at = min([top, *(pin or [])])
        return {(k, int(y)): v for k, y, v in self.conn.execute(
            f"select kode, tahun, nilai from {self.dataset.raw_table} where _from_batch <= %(at)s and (_to_batch is null or _to_batch > %(at)s)", {"at": at}
        )}  # fmt: skip

    def versions(self) -> int:
        return self.conn.execute(f"select count(*) from {self.dataset.raw_table}").fetchone()[0]


@pytest.fixture
def world(database, tmp_path: Path):
    def make(write: str, key: str = "kode, tahun") -> World:
        path = tmp_path / "angka.yml"
        path.write_text(CONTRACT.format(write=write, key=key))
        return World(conn, load_dataset(str(path)))

    with database.connect(autocommit=True) as conn:
        yield make


FIRST = [("a", 2024, 1), ("b", 2024, 2), ("a", 2025, 3)]


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        ("snapshot", {("a", 2025): 9}),
        ("replace_period", {("a", 2025): 9, ("a", 2024): 1, ("b", 2024): 2}),
        ("append", {("a", 2025): 9, ("a", 2024): 1, ("b", 2024): 2}),
    ],
)
def test_what_a_partial_batch_closes(world, write, expected):
    """A daily file of one period must not delete the other periods; a snapshot must."""
    w = world(write)
    w.batch(FIRST, 1)
    second = w.batch([("a", 2025, 9)], 2)
    assert w.seen() == expected
    assert (second.accepted, second.unchanged, second.corrected, second.closed) == (1, 0, 1, 3 - len(expected))
    assert w.seen(1) == {("a", 2024): 1, ("b", 2024): 2, ("a", 2025): 3}


def test_the_same_rows_make_no_version(world):
    """A re-sent file must not look like news."""
    w = world("snapshot")
    w.batch(FIRST, 1)
    again = w.batch(list(reversed(FIRST)), 2)
    assert (again.accepted, again.unchanged, again.closed) == (0, 3, 0)
    assert w.versions() == 3


def test_a_key_set_aside_keeps_its_published_row(world):
    """A typing error in a row must not delete the figure that stands."""
    w = world("snapshot")
    w.batch(FIRST, 1)
    w.batch([("a", 2024, 5), ("b", 2024, -99)], 2, bad=[2])
    assert w.seen() == {("a", 2024): 5, ("b", 2024): 2}


def test_a_batch_that_may_not_close_closes_nothing(world):
    """A feed cut to a tenth must not delete nine tenths."""
    w = world("snapshot")
    w.batch(FIRST, 1)
    w.batch([("a", 2024, 1)], 2, closes=False)
    assert len(w.seen()) == 3


@pytest.mark.parametrize(
    ("write", "kept"),
    [("snapshot", {("a", 2025): 9}), ("replace_period", {("a", 2025): 9, ("b", 2023): 7}), ("append", {("a", 2025): 9, ("b", 2023): 7})],
)
def test_an_older_fetch_becomes_history(world, write, kept):
    """A backfill that runs late must not bring yesterday's figures back; what it alone knows comes in."""
    w = world(write)
    w.batch([("a", 2025, 9)], 5)
    w.batch([("a", 2025, 1), ("b", 2023, 7)], 2)
    assert w.seen() == kept


def test_a_daily_batch_leaves_the_same_key_of_another_period_alone(world):
    """A key that does not hold the period must not let June's figure end May's."""
    w = world("replace_period", key="kode")
    w.batch([("a", 2024, 1)], 1)
    second = w.batch([("a", 2025, 2)], 2)
    assert (second.accepted, second.corrected) == (1, 0)
    assert w.seen() == {("a", 2024): 1, ("a", 2025): 2}


def test_a_key_that_loses_a_column_leaves_one_row_each(world, tmp_path):
    """A contract whose key became narrower finds two open rows for one key: neither may be doubled."""
    world = world("snapshot")
    world.batch([("a", 2024, 1), ("a", 2025, 2), ("b", 2025, 5)], 1)
    path = tmp_path / "sempit.yml"
    path.write_text(CONTRACT.format(write="snapshot", key="kode"))
    world.dataset = load_dataset(str(path))
    row = world.batch([("a", 2025, 2), ("b", 2025, 6)], 2)
    assert (row.accepted, row.unchanged, row.corrected, row.closed) == (1, 1, 1, 1)
    assert world.conn.execute("select kode, nilai from raw.uji__dinas__angka where _to_batch is null order by 1").fetchall() == [
        ("a", 2),
        ("b", 6),
    ]


def test_a_held_batch_is_hidden_and_gives_way(world):
    """A held batch must leave yesterday's figures online, and a later good one must not carry it along."""
    w = world("replace_period")
    w.batch(FIRST, 1)
    w.batch([("a", 2024, 100)], 2, state="held", closes=False)
    assert w.seen() == {("a", 2024): 1, ("b", 2024): 2, ("a", 2025): 3}
    w.batch([("a", 2024, 1), ("b", 2024, 4)], 3)
    assert w.seen() == {("a", 2024): 1, ("b", 2024): 4, ("a", 2025): 3}
    assert [s for (s,) in w.conn.execute("select state from ops.batch order by batch_id")] == ["accepted", "superseded", "accepted"]
    assert w.conn.execute("select count(*) from ops.pin").fetchone() == (0,)


def test_a_held_batch_of_another_period_goes_on_waiting(world):
    """A good batch of June must not publish the held batch of May."""
    w = world("replace_period")
    w.batch([("a", 2024, 1)], 1)
    w.batch([("a", 2025, 100)], 2, state="held")
    w.batch([("a", 2026, 5)], 3)
    assert w.seen() == {("a", 2024): 1}


def test_a_held_batch_of_another_period_keeps_no_other_one_waiting(world):
    """A year filed by mistake waits for a person; the file of the right year that is mended meanwhile replaces its own held one all the same."""
    w = world("replace_period")
    w.batch([("a", 2024, 10)], 1)
    w.batch([("a", 2025, 10)], 2, state="held")
    w.batch([("a", 2024, 11)], 3, state="held")
    w.batch([("a", 2024, 12)], 4)
    assert [s for (s,) in w.conn.execute("select state from ops.batch order by batch_id")] == ["accepted", "held", "superseded", "accepted"]
    assert w.conn.execute("select up_to_no from ops.pin").fetchall() == [(1,)]
    assert w.conn.execute("select nilai from raw.uji__dinas__angka where _to_batch is null order by 1").fetchall() == [(10,), (12,)]


def test_a_failed_batch_touches_nothing(world):
    """A batch that cannot be data leaves its verdict and nothing else."""
    w = world("snapshot")
    w.batch(FIRST, 1)
    failed = w.batch([("z", 2030, 1)], 2, state="failed")
    assert (failed.rejected, failed.accepted, failed.accept_no) == (1, 0, None)
    assert len(w.seen()) == 3
    assert drop_orphans(w.conn) == 0


def test_orphans_are_dropped_and_the_living_left_alone(world, database):
    """The staging table of a killed load must go, that of a running one must stay."""
    w = world("snapshot")
    with database.connect(autocommit=True) as other, batch_number(other) as number:
        other.execute(f"create table staging_load.b_{number} (x int)")
        w.conn.execute("create table staging_load.b_999 (x int)")
        assert drop_orphans(w.conn) == 1
        assert other.execute("select to_regclass(%s)", [f"staging_load.b_{number}"]).fetchone() != (None,)


def test_a_number_in_flight_is_not_settled(world, database):
    """A transform must not cut above a merge that has not ended, or its rows would never be seen as new."""
    w = world("snapshot")
    with database.connect() as slow:
        slow.execute("select ops.draw_accept_no()")
        w.batch(FIRST, 1)
        assert w.conn.execute("select ops.settled_no()").fetchone() == (0,)
    assert w.conn.execute("select ops.settled_no()").fetchone() == (2,)


def test_a_column_that_got_another_name_takes_its_figures_along(world, tmp_path):
    """The rows say the same, but under the old name nobody looks for them any more: they would leave what is published."""
    w = world("snapshot")
    w.batch(FIRST, 1)
    (tmp_path / "angka.yml").write_text(CONTRACT.format(write="snapshot", key="kode, tahun").replace("nilai: {from", "jumlah: {from"))
    w.dataset = load_dataset(str(tmp_path / "angka.yml"))
    register(w.conn, w.dataset)
    raw_tables.ensure(w.conn, w.dataset)
    w.batch(FIRST, 2)
    open_now = w.conn.execute(f"select kode, tahun, jumlah from {w.dataset.raw_table} where _to_batch is null").fetchall()
    assert {(kode, int(tahun), jumlah) for kode, tahun, jumlah in open_now} == set(FIRST)
