"""Where runs happen: one embedded PostgreSQL, a database for each history, and a copy of it for each damaged file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import psycopg
import yaml

from bench.quality.replay import Series
from contracts.models.checks import RuleName
from warehouse import server
from warehouse.migrate import migrate

if TYPE_CHECKING:
    from satudata.run import Outcome

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "sources"
EMPTY = "mutu_kosong"
ROLES = "loader, transformer, portal, bi_reader, bi_instansi, steward"
RULES = set(get_args(RuleName))
"""The rules a contract can be judged by today; those a contract of the benchmark names beyond them are left out, and named in the result."""


@dataclass(frozen=True)
class Found:
    """What the ledger holds of one run."""

    state: str
    error_class: str | None
    message: str | None
    results: Sequence[tuple[str, str, str, str, int]]
    """(rule_id, rule, severity, outcome, failed) of each rule."""
    aside: Sequence[tuple[str, Sequence[str]]]
    """(place, rule ids) of each row set aside."""
    waiting: Sequence[str]
    """Published texts that mean no code; their rows are kept back until they do."""


@dataclass(frozen=True)
class Arena:
    """A folder with a server; workers of it each have their own database, registry and archive."""

    home: Path

    def start(self) -> None:
        """Have the server running and an empty migrated database to copy."""
        os.environ["SATUDATA_HOME"] = str(self.home)
        server.start(self.home)
        self.ask("alter system set fsync = off", "alter system set autovacuum = off", "select pg_reload_conf()")
        self.create(EMPTY, "template1")
        with psycopg.connect(server.url(self.home, "owner", EMPTY)) as conn:
            migrate(conn)

    def ask(self, *statements: str) -> None:
        """Statements as the superuser."""
        with psycopg.connect(server.url(self.home, "superuser", "postgres"), autocommit=True) as conn:
            for statement in statements:
                conn.execute(statement.encode())

    def ask_in(self, database: str, statement: str) -> None:
        """One statement as the superuser in a database."""
        with psycopg.connect(server.url(self.home, "superuser", database), autocommit=True) as conn:
            conn.execute(statement.encode())

    def create(self, name: str, like: str = EMPTY) -> None:
        """A database that is a copy of another; rights on a database are not copied."""
        self.ask(
            f"drop database if exists {name} with (force)",
            f"create database {name} owner satudata template {like} strategy file_copy",
            f"revoke all on database {name} from public",
            f"grant connect on database {name} to {ROLES}",
            f"grant temporary on database {name} to loader, transformer",
        )

    def drop(self, name: str) -> None:
        """Remove a database."""
        self.ask(f"drop database if exists {name} with (force)")

    @contextmanager
    def registry(self, series: Series, worker: str) -> Iterator[Path]:
        """A registry with this one contract; yields the file its source is. Rules that the product does not know (yet) are left out."""
        root = self.home / f"sources_{worker}"
        shutil.rmtree(root, ignore_errors=True)
        for part in ("concepts", "references"):
            shutil.copytree(SOURCES / part, root / part)
        folder = root / "uji" / "dinas"
        folder.mkdir(parents=True)
        contract, _ = contract_of(series)
        (folder / f"{series.name}.yml").write_text(yaml.safe_dump(contract, sort_keys=False, allow_unicode=True))
        os.environ |= {"SATUDATA_SOURCES": str(root), "SATUDATA_ARCHIVE_URL": (self.home / f"arsip_{worker}").as_uri()}
        yield folder / f"isi.{series.suffix}"

    def run(self, series: Series, database: str, file: Path, data: bytes, day: date) -> Found:
        """Put the file there and run the product over it, as `satudata run` does."""
        from satudata.run import run

        os.environ["SATUDATA_DATABASE"] = database
        file.write_bytes(data)
        (outcome,) = run([f"uji.dinas.{series.name}"], day)
        batch = outcome.batches[-1]["batch_id"] if outcome.batches else None
        with psycopg.connect(server.url(self.home, "owner", database)) as conn:
            return _found(conn, outcome, batch)


def _found(conn: psycopg.Connection, outcome: Outcome, batch: int | None) -> Found:
    results = conn.execute("select rule_id, rule, severity, outcome, failed from ops.check_result where batch_id = %s", [batch]).fetchall()
    aside = conn.execute("select lokasi, rule_ids from ops.quarantined_row where batch_id = %s", [batch]).fetchall()
    waiting = [text for (text,) in conn.execute("select published from ops.unmapped_code").fetchall()] if batch else []
    return Found(outcome.state, outcome.error_class, outcome.message, results, aside, waiting)


def contract_of(series: Series) -> tuple[dict[str, Any], list[str]]:
    """The contract of a series without the rules that the product does not know, and those rules."""
    contract = yaml.load((HERE / "contracts" / f"{series.name}.yml").read_text(), yaml.BaseLoader)
    unknown = [check["rule"] for check in contract.get("checks", []) if check["rule"] not in RULES]
    contract["checks"] = [check for check in contract.get("checks", []) if check["rule"] in RULES]
    return contract, unknown
