"""Prevents a rebuild of many hours from being lost, or from leaving half a record behind, because its machine was switched off."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.rebuild.conftest import New, Old
from tests.rebuild.equal import differences
from tests.servers.zygote import Zygote

SHOWN = {"fetches": "ops.fetch", "records": "ops.journal", "batches": "ops.batch"}


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    made = Zygote()
    yield made
    made.close()


def rebuild(zygote: Zygote, new: New, killed_at: tuple[str, int] | None = None) -> int:
    """Exit code of the command; with `killed_at` it is killed once a table shows so many rows."""
    environment = {name: os.environ[name] for name in ("SATUDATA_HOME", "SATUDATA_SOURCES", "SATUDATA_ARCHIVE_URL")}
    pid = zygote.start(["rebuild", "--ke", new.database.url("owner")], environment, str(new.archive.parent / "log"))
    if killed_at:
        _wait_for(new, *killed_at)
        os.kill(pid, signal.SIGKILL)
    return zygote.wait()


def _wait_for(new: New, table: str, rows: int) -> None:
    with psycopg.connect(new.database.url("owner"), autocommit=True) as conn:
        for _ in range(60_000):
            if conn.execute(f"select count(*) >= {rows} from {SHOWN[table]}".encode()).fetchone() == (True,):
                return
            time.sleep(0.001)
    raise AssertionError((new.archive.parent / "log").read_text())


def test_killed_again_and_again_it_comes_to_the_same_end(zygote: Zygote, old: Old, new: New):
    for moment in [("fetches", 1), ("records", 1), ("batches", 3), ("records", 9), ("records", 14)]:
        assert rebuild(zygote, new, moment) == -signal.SIGKILL, (new.archive.parent / "log").read_text()
    assert rebuild(zygote, new) == 0, (new.archive.parent / "log").read_text()
    assert differences(old.database.url("owner"), new.database.url("owner")) == []


@pytest.mark.slow
def test_killed_while_it_publishes(zygote: Zygote, published: Old, empty: Callable[[Old], New]):
    """All but the last release is done: it is built once more, and published once."""
    new = empty(published)
    with published.database.connect() as conn:
        (before,) = conn.execute(
            "select count(*) from ops.journal where journal_id < (select max(journal_id) from ops.journal where kind = 'release')"
        ).fetchone()  # type: ignore[misc]
    assert rebuild(zygote, new, ("records", before)) == -signal.SIGKILL, (new.archive.parent / "log").read_text()
    assert rebuild(zygote, new) == 0, (new.archive.parent / "log").read_text()
    assert differences(published.database.url("owner"), new.database.url("owner")) == []
