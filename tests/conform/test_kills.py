"""Killed in the middle of a build or of publishing, a transform leaves readers what they had; run again, it comes to the same end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.registry import accept_first_batches, write_contracts
from tests.conftest import Database

DAY = date(2026, 6, 2)
RUN = "from datetime import date; from satudata.transform import transform; print(transform(date(2026, 6, 2)))"
BUILDERS = "select count(*) from pg_stat_activity where application_name = 'satudata-dbt' and datname = current_database()"


def test_any_kill_then_once_more(gudang: Gudang, module_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """dbt killed under a transform, the transform killed over dbt, the transform killed in the publishing transaction; then undisturbed."""
    write_contracts(gudang)
    accept_first_batches(gudang)
    _dbt_dies(gudang)
    _transform_dies_while_dbt_builds(gudang)
    _transform_dies_while_it_publishes(gudang)
    assert gudang.rows("select tablename from pg_tables where schemaname = 'mart' and tablename <> 'riwayat_angka'", "owner") == []
    assert gudang.rows("select * from mart.riwayat_angka", "owner") == []
    assert (transform(DAY)["release_id"], transform(DAY)["skipped"]) == (1, True)
    _a_second_one_waits(gudang)
    disturbed = gudang.published()
    monkeypatch.setenv("SATUDATA_DATABASE", module_database.name)
    undisturbed = Gudang(module_database, gudang.sources)
    accept_first_batches(undisturbed)
    transform(DAY)
    assert undisturbed.published() == disturbed
    assert len(disturbed["dim_wilayah"]) > 1200


def _start() -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))


def _until(happens: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _builds(gudang: Gudang) -> bool:
    return bool(gudang.value("select count(*) > 3 from pg_tables where schemaname = 'kandidat'", "owner"))


def _dbt_dies(gudang: Gudang) -> None:
    """The transform itself says what happened, and publishes nothing."""
    process = _start()
    _until(lambda: _builds(gudang))
    for task in Path(f"/proc/{process.pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "BuildFailed" in errors
    drop = "select string_agg(format('drop table kandidat.%I cascade', tablename), ';') from pg_tables where schemaname = 'kandidat'"
    with gudang.database.connect("owner") as conn:
        conn.execute(gudang.value(drop, "owner"))


def _transform_dies_while_dbt_builds(gudang: Gudang) -> None:
    """dbt does not go on by itself."""
    process = _start()
    _until(lambda: _builds(gudang))
    process.kill()
    process.communicate()
    _until(lambda: gudang.value(BUILDERS, "owner") == 0, seconds=20)


def _transform_dies_while_it_publishes(gudang: Gudang) -> None:
    """Every table is filled when the ledger of releases makes it wait: then it dies."""
    with gudang.database.connect("owner") as blocker:
        blocker.execute("lock table ops.release in exclusive mode")
        process = _start()
        waits = """select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into ops.release%'
                   and datname = current_database()"""
        _until(lambda: gudang.value(waits, "owner") == 1)
        process.kill()
        process.communicate()


def _a_second_one_waits(gudang: Gudang) -> None:
    """Two transforms at once are one after the other; the second finds nothing to do."""
    with gudang.database.connect("transformer") as first:
        first.execute("select pg_advisory_lock(7005)")
        second = _start()
        _until(
            lambda: gudang.value("select count(*) from pg_locks where locktype = 'advisory' and objid = 7005 and not granted", "owner") == 1
        )
        assert second.poll() is None
    output, errors = second.communicate(timeout=60)
    assert "'skipped': True" in output, errors
