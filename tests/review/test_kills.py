"""Prevents half decisions: approve and return are killed between any two of their statements, and the server under them; then they are tried again."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.conftest import _as_superuser, _create, _url
from tests.review.conftest import CONTRACT, DAYS, ID, sources
from tests.servers.pg_proxy import PgProxy
from tests.servers.zygote import Zygote
from warehouse import server as embedded

RETURN = ["review", "return", "2", "--alasan", "keliru", "--oleh", "Wali"]
APPROVE = ["review", "approve", "3", "--oleh", "Wali"]
ACCEPT = ["review", "approve", "4", "--terima", "kecil", "--alasan", "memang naik", "--oleh", "Wali"]
KINDS = {"return the older of two": RETURN, "approve the newer of two": APPROVE, "accept a failed one": ACCEPT}
FILES = [{"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 20, "d": 4}, {"a": 9, "b": 20, "e": 5}, {"a": 500, "b": 2}]
MORE = "publikasi: tinjau\nwrite: snapshot\nguards: {min_share: 0}\nchecks: [{rule: range, id: kecil, column: harga, range: [1, 99], severity: fail}]\n"
TABLES = {
    "raw": """select kode, harga, dense_rank() over (order by _from_batch), _to_batch is null from raw.uji__dinas__harga
              where _to_batch is distinct from _from_batch order by 1, 3""",
    "batch": "select batch_id, state, accepted, unchanged, corrected, closed, rejected, error_class from ops.batch order by batch_id",
    "pin": "select kind, up_to_no, batch_id from ops.pin",
    "review": "select batch_id, step, decision, by, reason, accepted_rules from ops.review",
    "act": "select by, kind, reason from ops.act",
    "check": "select batch_id, rule_id, outcome from ops.check_result order by 1, 2",
    "issue": "select rule_id, state, times from ops.issue order by 1",
    "staging": "select tablename from pg_tables where schemaname = 'staging_load'",
}
PARTS = 6


NUMBERS = count(1)
"""Of copies, in this process: the ground may be made anew between two tests."""


class Ground:
    """A published batch, two held over it and a failed one; copied for each kill."""

    def __init__(self, home: Path, tmp: Path) -> None:
        self.home, self.tmp, self.zygote = home, tmp, Zygote()
        self.folder = sources(tmp)
        (self.folder / "uji" / "dinas" / "harga.yml").write_text(CONTRACT + DAYS + MORE)
        _create(home, "review_kill", "satudata_template")
        url = _url(home, "owner", "review_kill")
        for day, prices in enumerate(FILES):
            (self.folder / "uji" / "dinas" / "harga.csv").write_text(
                "\n".join(["kode;tanggal;harga", *(f"{k};2026-06-01;{n}" for k, n in prices.items())])
            )
            self.zygote.run(["run", ID], self.environment(url, tmp / "arsip"), str(tmp / "log"))
            if day == 0:
                assert self.zygote.run(["review", "approve", "1"], self.environment(url, tmp / "arsip"), str(tmp / "log")) == 0, self.log()

    def environment(self, url: str, archive: Path) -> dict[str, str]:
        return {
            "SATUDATA_DATABASE_URL": url,
            "SATUDATA_ARCHIVE_URL": archive.as_uri(),
            "SATUDATA_SOURCES": str(self.folder),
            "SATUDATA_NAMA": "Wali",
        }

    def copy(self) -> tuple[str, Path]:
        number = next(NUMBERS)
        _create(self.home, f"review_kill_{number}", "review_kill")
        shutil.copytree(self.tmp / "arsip", self.tmp / f"arsip_{number}")
        return _url(self.home, "owner", f"review_kill_{number}"), self.tmp / f"arsip_{number}"

    def until(self, arguments: list[str], url: str, archive: Path, statement: int | None, victim: int | None = None) -> tuple[int, int]:
        """(exit code, statements seen) of a command that is killed, or whose `victim` is, at that statement."""
        pid: list[int] = []
        proxy = PgProxy(url, statement, lambda: os.kill(victim or pid[0], signal.SIGKILL))
        pid.append(self.zygote.start(arguments, self.environment(proxy.url, archive), str(self.tmp / "log")))
        code = self.zygote.wait()
        proxy.close()
        return code, proxy.seen

    def run(self, arguments: list[str], url: str, archive: Path) -> int:
        return self.zygote.run(arguments, self.environment(url, archive), str(self.tmp / "log"))

    def state(self, url: str) -> dict[str, list[tuple[object, ...]]]:
        with psycopg.connect(url) as conn:
            return {name: conn.execute(query.encode()).fetchall() for name, query in TABLES.items()}

    def log(self) -> str:
        return (self.tmp / "log").read_text()[-3000:]

    def drop(self, url: str) -> None:
        _as_superuser(self.home, f"drop database {url.rpartition('/')[2].partition('?')[0]} with (force)")


@pytest.fixture(scope="module")
def ground(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    made = Ground(server, tmp_path_factory.mktemp("review"))
    yield made
    made.zygote.close()
    _as_superuser(server, "drop database review_kill with (force)")


@pytest.mark.parametrize("kind", KINDS)
def test_killed_between_any_two_statements(ground: Ground, kind: str) -> None:
    """Tried again, it comes to what an undisturbed decision comes to: once, with its one review and its one act."""
    url, archive = ground.copy()
    before = ground.state(url)
    assert [row[1] for row in before["batch"]] == ["accepted", "held", "held", "failed"]
    code, statements = ground.until(KINDS[kind], url, archive, None)
    assert code == 0, ground.log()
    expected = ground.state(url)
    assert len(expected["act"]) == len(expected["review"]) == 2
    ground.drop(url)
    for part in range(PARTS):
        url, archive = ground.copy()
        statement = statements - part if part < PARTS // 2 else 1 + part * statements // PARTS
        code, _ = ground.until(KINDS[kind], url, archive, statement)
        assert code == -signal.SIGKILL, f"statement {statement} of {statements}"
        undecided = ground.state(url) | {"staging": []}
        assert undecided in (before, expected), f"killed at statement {statement} of {statements}"
        assert ground.run(KINDS[kind], url, archive) == (0 if undecided == before else 2), ground.log()
        assert ground.state(url) == expected, f"killed at statement {statement} of {statements}"
        ground.drop(url)


@pytest.mark.parametrize("part", [0.5, 0.8, 1])
def test_postgres_itself_is_killed(ground: Ground, part: float) -> None:
    """The reviewer reads a sentence; once the server is back the batch is undecided and is decided, or was decided before the answer was lost."""
    url, archive = ground.copy()
    before = ground.state(url)
    _, statements = ground.until(APPROVE, url, archive, None)
    expected = ground.state(url)
    ground.drop(url)
    url, archive = ground.copy()
    _as_superuser(ground.home, "checkpoint")  # a copied sequence has numbers in hand that only a copy knows of
    postmaster = int((ground.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    code, _ = ground.until(APPROVE, url, archive, int(part * statements) - 2, victim=postmaster)
    assert code == 3, ground.log()
    assert "Periksa SATUDATA_DATABASE_URL" in ground.log()
    embedded.start(ground.home)
    url = _url(ground.home, "owner", url.rpartition("/")[2].partition("?")[0])
    undecided = ground.state(url) | {"staging": []}
    assert undecided in (before, expected)
    assert ground.run(APPROVE, url, archive) == (0 if undecided == before else 2), ground.log()
    assert ground.state(url) == expected
