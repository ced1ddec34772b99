"""Prevents half batches: a load is killed between any two of its statements and run again, and nothing tells that it ever was.

A proxy before PostgreSQL counts statements and kills the process at the n-th, from outside, as a power cut would. On the second try the
source answers 304: what was landed and not judged must be judged from the archive.
"""

from __future__ import annotations

import os
import shutil
import signal
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.conftest import _as_superuser, _create, _url
from tests.servers.file_site import FileSite
from tests.servers.pg_proxy import PgProxy
from tests.servers.zygote import Zygote
from warehouse import server as embedded

CONTRACT = """
title: Harga uji
source: {kind: file, url: "${SITUS_UJI}/harga.csv"}
columns:
  kode: {from: kode, type: code}
  tanggal: {from: tanggal, type: date, format: D MMMM YYYY}
  harga_rp: {from: harga, type: integer, numbers: id, required: true, range: [100, 1000000]}
period: {column: tanggal, grain: hari}
write: replace_period
key: [kode, tanggal]
"""
KILLS = 60
NUMBERS = count(1)
"""Of copies, in this process: the ground may be made anew between two tests."""
TABLES = {
    "raw": "select kode, tanggal, harga_rp, _lokasi, dense_rank() over (order by _from_batch), _to_batch is null from raw.uji__dinas__harga order by 1, 2, 5",
    "batch": """select dataset, state, read, fetched, accepted, unchanged, quarantined, dropped, waiting, closed, rejected, corrected, periods::text
                from ops.batch order by batch_id""",
    "check": """select rule_id, outcome, checked, failed, severity, message from ops.check_result order by batch_id, rule_id""",
    "quarantined": "select lokasi, key, raw, rule_ids, messages, state from ops.quarantined_row order by quarantined_row_id",
    "staging": "select tablename from pg_tables where schemaname = 'staging_load'",
    "rests_on": "select b.state, f.sha256 from ops.batch_fetch join ops.batch b using (batch_id) join ops.fetch f using (fetch_id) order by batch_id, 2",
    "pins": "select dataset, penerbit, reason from ops.pin",
}


def csv(day: int) -> bytes:
    """Two days of prices; on the second day some change, some end, one is wrong."""
    rows = [
        f"k{n:03d};{1 + n % 2} Juni 2026;{10000 + n * (7 if day == 1 or n % 3 else 8):,}".replace(",", ".")
        for n in range(200 if day == 1 else 190)
    ]
    return "\n".join(["kode;tanggal;harga", *rows, "k999;2 Juni 2026;1.2x" if day == 2 else "k998;1 Juni 2026;500"]).encode()


class Ground:
    """A database with day 1 loaded, copied for each kill; one zygote, one site."""

    def __init__(self, home: Path, tmp: Path) -> None:
        self.home, self.tmp = home, tmp
        self.site = FileSite({"/harga.csv": csv(1)})
        source = tmp / "sources" / "uji" / "dinas" / "harga.yml"
        source.parent.mkdir(parents=True)
        source.write_text(CONTRACT)
        for part in ("concepts", "references"):
            shutil.copytree(Path(__file__).parents[2] / "sources" / part, tmp / "sources" / part)
        self.zygote = Zygote()
        _create(home, "kill_day1", "satudata_template")
        assert self.run(_url(home, "owner", "kill_day1"), tmp / "day1") == 0, (tmp / "log").read_text()
        self.site.files["/harga.csv"] = csv(2)

    def copy(self) -> tuple[str, Path]:
        """(address of a database, folder of an archive) as they were after day 1."""
        name = f"kill_{next(NUMBERS)}"
        _create(self.home, name, "kill_day1")
        shutil.copytree(self.tmp / "day1", self.tmp / name)
        return _url(self.home, "owner", name), self.tmp / name

    def environment(self, url: str, archive: Path) -> dict[str, str]:
        return {"SATUDATA_DATABASE_URL": url, "SATUDATA_ARCHIVE_URL": archive.as_uri(), "SATUDATA_SOURCES": str(self.tmp / "sources"),
                "SATUDATA_HOST_DELAY": "0", "SATUDATA_HARI_INI": "2026-06-02", "SITUS_UJI": self.site.url}  # fmt: skip

    def run(self, url: str, archive: Path) -> int:
        return self.zygote.run(["run", "uji.dinas.harga"], self.environment(url, archive), str(self.tmp / "log"))

    def run_until(self, url: str, archive: Path, statement: int | None, victim: int | None = None) -> tuple[int, int]:
        """(exit code, statements seen) of a run; at that statement it, or the process `victim`, is killed. None lets it end."""
        pid: list[int] = []
        proxy = PgProxy(url, statement, lambda: os.kill(victim or pid[0], signal.SIGKILL))
        pid.append(self.zygote.start(["run", "uji.dinas.harga"], self.environment(proxy.url, archive), str(self.tmp / "log")))
        code = self.zygote.wait()
        proxy.close()
        return code, proxy.seen

    def state(self, url: str) -> dict[str, list[tuple[object, ...]]]:
        with psycopg.connect(url) as conn:
            return {name: conn.execute(query).fetchall() for name, query in TABLES.items()}

    def drop(self, url: str, archive: Path) -> None:
        _as_superuser(self.home, f"drop database {url.rpartition('/')[2].partition('?')[0]} with (force)")
        shutil.rmtree(archive)


@pytest.fixture(scope="module")
def ground(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory):
    made = Ground(server, tmp_path_factory.mktemp("kills"))
    yield made
    made.zygote.close()
    made.site.close()
    _as_superuser(server, "drop database kill_day1 with (force)")


@pytest.fixture(scope="module")
def undisturbed(ground: Ground):
    """(what the tables hold after an undisturbed day 2, how many statements it took)."""
    url, archive = ground.copy()
    code, statements = ground.run_until(url, archive, None)
    assert code == 0, (ground.tmp / "log").read_text()
    return ground.state(url), statements


def test_the_undisturbed_run_is_what_was_meant(undisturbed):
    """The reference must itself hold accepted, unchanged, closed and quarantined rows, or the kills prove nothing."""
    state, statements = undisturbed
    day1, day2 = state["batch"]
    assert day1[1:7] == ("accepted", 201, 201, 201, 0, 0)
    assert day2[1] == "accepted"
    assert day2[6] == 1
    assert day2[4] > 0
    assert day2[5] > 0
    assert day2[9] > 0
    assert statements >= KILLS


@pytest.mark.parametrize("part", range(KILLS))
def test_killed_between_any_two_statements(ground: Ground, undisturbed, part: int):
    """After the kill and one more run the tables equal those of a run that nobody disturbed; nothing is staged."""
    expected, statements = undisturbed
    url, archive = ground.copy()
    statement = 1 + part * statements // KILLS
    code, _ = ground.run_until(url, archive, statement)
    assert code == -signal.SIGKILL, f"statement {statement} of {statements}"
    assert ground.run(url, archive) == 0, (ground.tmp / "log").read_text()[-3000:]
    assert ground.state(url) == expected, f"killed at statement {statement} of {statements}"
    ground.drop(url, archive)


@pytest.mark.parametrize("part", range(1, 5))
def test_postgres_itself_is_killed(ground: Ground, undisturbed, part: int):
    """The load ends with a sentence and exit code 3; once the server is back, one more run gives what an undisturbed one gives."""
    expected, statements = undisturbed
    url, archive = ground.copy()
    # A sequence copied with its database has numbers in hand whose use is not logged before the next checkpoint; only copies know this.
    _as_superuser(ground.home, "checkpoint")
    postmaster = int((ground.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    code, _ = ground.run_until(url, archive, part * statements // 5, victim=postmaster)
    assert code == 3, (ground.tmp / "log").read_text()[-3000:]
    assert "Periksa SATUDATA_DATABASE_URL" in (ground.tmp / "log").read_text()
    embedded.start(ground.home)
    url = _url(ground.home, "owner", url.rpartition("/")[2].partition("?")[0])
    assert ground.run(url, archive) == 0, (ground.tmp / "log").read_text()[-3000:]
    assert ground.state(url) == expected
    ground.drop(url, archive)
