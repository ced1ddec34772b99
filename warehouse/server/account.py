"""Who the server runs as: PostgreSQL refuses to run as root, so root lends it an operating-system account of its own."""

from __future__ import annotations

import os
import pwd
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.errors import WarehouseUnreachable

NAME = "satudata-postgres"


@dataclass(frozen=True)
class Account:
    """An operating-system account that is not ours: uid and gid the server's programs are started with."""

    uid: int
    gid: int

    def start_options(self) -> Mapping[str, Any]:
        """Options of `subprocess` that start a program as this account, with no other group of root's."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account(existing: Path) -> Account | None:
    """The account to run as: None for ourselves, else the owner of an `existing` cluster or the product's own account.

    Raises: `WarehouseUnreachable` where root cannot make an account.
    """
    if os.geteuid() != 0:
        return None
    if existing.exists() and (owner := existing.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    entry = _entry() or _create()
    return Account(entry.pw_uid, entry.pw_gid)


def reaches(account: Account | None, *paths: Path) -> bool:
    """Whether the account may enter or execute every one of `paths`, asked of the system itself by trying it."""
    if account is None:
        return all(os.access(path, os.X_OK) for path in paths)
    return all(subprocess.run(["test", "-x", str(path)], cwd="/", **account.start_options()).returncode == 0 for path in paths)


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd:
    """Two homes may start at once and both add the account: whoever loses waits for the other's entry."""
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    reason = ""
    for _ in range(20):
        try:
            reason = subprocess.run(command, capture_output=True, text=True).stderr.strip()
        except FileNotFoundError:
            reason = "program useradd tidak ada"
        if entry := _entry():
            return entry
        time.sleep(0.2)
    raise WarehouseUnreachable(f"akun {NAME}", f"PostgreSQL tidak boleh berjalan sebagai root dan akunnya tidak dapat dibuat: {reason}")
