"""What tests share: a home of their own and real PostgreSQL databases.

Each test process starts one embedded server, as the product does; each test that asks for a `database` gets a fresh, migrated
one (a copy of a template, a few hundredths of a second) and every role of the product with its real rights.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

TEMPLATE = "satudata_template"
_taken: set[int] = set()
"""Numbers of the databases there are now."""
LASTING = {"SATUDATA_HOME", "SATUDATA_SHARED"}
"""Settings all tests of a process share."""


@dataclass(frozen=True)
class Database:
    """A database the test owns; `SATUDATA_HOME` and `SATUDATA_DATABASE` point to it while the test runs, also in its child processes."""

    name: str
    home: Path

    def url(self, role: str = "loader") -> str:
        from warehouse import server

        return server.url(self.home, role, self.name)

    def connect(self, role: str = "loader", *, autocommit: bool = False) -> psycopg.Connection:
        return psycopg.connect(self.url(role), autocommit=autocommit, options="-c TimeZone=UTC")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Write into the report which tests ran on a real file: .ci/run counts them."""
    if item.get_closest_marker("real_file"):
        item.user_properties.append(("real_file", item.callspec.id if hasattr(item, "callspec") else item.name))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Prevents settings that outlive the folder of tests that made them: another folder's tests would pass or fail by the order they run in."""
    yield
    if nextitem is None or nextitem.path.parent != item.path.parent:
        left = {name for name in os.environ if name.startswith("SATUDATA_")} - LASTING
        assert not left, f"{item.path.parent} leaves {sorted(left)} set; a fixture wider than a module puts them back before it yields"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real files that lie beside the repository; a test that needs them is skipped where they are not."""
    folder = Path(os.environ.get("SATUDATA_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip(f"no real files: {folder} is not there (SATUDATA_SHARED)")
    return folder


@pytest.fixture(scope="session", autouse=True)
def home() -> Iterator[Path]:
    """A home for this test process, so that no test touches the developer's own; nothing is started in it until asked."""
    from warehouse import server

    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("SATUDATA_") and name != "SATUDATA_SHARED"]:
            patch.delenv(name)
        folder = Path(tempfile.mkdtemp(prefix="satudata-test-"))
        folder.chmod(0o755)  # the server's account passes through
        patch.setenv("SATUDATA_HOME", str(folder))
        yield folder
        server.stop(folder)
        shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(home: Path) -> Path:
    """The running embedded server, known by its home."""
    from warehouse import server as embedded

    embedded.start(home)
    # A test's data need not outlive a power cut, and making a database is five times as fast without waiting for the disk.
    _as_superuser(home, "alter system set fsync = off", "select pg_reload_conf()")
    return home


@pytest.fixture(scope="session")
def _template(server: Path) -> str:
    from warehouse.migrate import migrate

    _create(server, TEMPLATE, "template1")
    with psycopg.connect(_url(server, "owner", TEMPLATE)) as conn:
        migrate(conn)
    return TEMPLATE


@pytest.fixture
def database(server: Path, _template: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A fresh migrated database for one test."""
    with new_database(server) as made:
        monkeypatch.setenv("SATUDATA_DATABASE", made.name)  # of the test's own, so that a setting of the test is put back before it
        yield made


@pytest.fixture(scope="module")
def module_database(server: Path, _template: str) -> Iterator[Database]:
    """A fresh migrated database for all tests of a module that only read, or each keep to their own rows."""
    with new_database(server) as made, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SATUDATA_DATABASE", made.name)
        yield made


@contextmanager
def new_database(server: Path, like: str = TEMPLATE) -> Iterator[Database]:
    """A database that no setting names, freshly migrated or `like` one that nobody is connected to: what a fixture wider than a module fills once
    for tests that only read it.

    Never one for two such fixtures: the tests of each would see what the other loaded, in the order they happen to run.
    """
    number = _free_number()
    name = f"test_{number}"
    _create(server, name, like)
    yield Database(name, server)
    _as_superuser(server, f"drop database {name} with (force)")
    _taken.discard(number)


def _free_number() -> int:
    """The lowest that no database bears: dbt reads all models anew for one of another name, which takes it three seconds each time."""
    from satudata import session

    number = next(one for one in count(1) if one not in _taken)
    _taken.add(number)
    session._migrated.cache_clear()  # it knows databases by their address
    return number


def _create(server: Path, name: str, template: str) -> None:
    """Rights on a database are not copied from its template; as files it is copied several times as fast as through the log."""
    _as_superuser(
        server,
        f"create database {name} owner satudata template {template} strategy file_copy",
        f"revoke all on database {name} from public",
        f"grant connect on database {name} to loader, transformer, portal, bi_reader, bi_instansi, steward",
        f"grant temporary on database {name} to loader, transformer",
    )


def _as_superuser(server: Path, *statements: str) -> None:
    with psycopg.connect(_url(server, "superuser", "postgres"), autocommit=True) as conn:
        for statement in statements:
            conn.execute(statement.encode())


def _url(home: Path, role: str, database: str) -> str:
    from warehouse import server as embedded

    return embedded.url(home, role, database)
