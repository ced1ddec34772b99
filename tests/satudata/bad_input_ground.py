"""Where bad input is played: every source is first loaded in good order, then answers as its case says, and all that could have changed is
measured before and after."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import yaml
from psycopg.rows import dict_row

from tests.conftest import _as_superuser, _create, _url
from tests.servers.hostile import hostile
from tests.servers.zygote import Zygote

ROOT = Path(__file__).parents[2]
BATCH = "state, error_class, message, read, fetched, accepted, unchanged, quarantined, waiting, closed, rejected, dropped"
TODAY = "2026-06-30"


@dataclass(frozen=True)
class Kind:
    """A contract and bytes that fit it: what stood at the address while all was well."""

    name: str
    contract: Mapping[str, Any]
    good: bytes
    suffix: str = ".csv"

    @property
    def dataset(self) -> str:
        return f"uji.dinas.{self.name}"


@dataclass(frozen=True)
class Case:
    """One source gone wrong, and what is to be said of it."""

    name: str
    error: str | None
    says: tuple[str, ...]
    """Words of the sentence: the file or the address first, then the next step."""
    kind: Kind
    path: str
    """What is asked of the site."""
    body: Callable[[], bytes] | None = None
    """What stands there now; None where the site has a way of its own with that path."""
    state: str = "failed"
    step: str = "batch"
    """The table of the ledger in which it is written down: fetch | batch."""
    environment: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    """Columns of `ops.batch`."""
    aside: tuple[str, ...] = ()
    """Parts of the sentences under which rows are set aside, in the order of the rows."""


@dataclass(frozen=True)
class Played:
    """What a run did."""

    exit: int
    printed: str
    peak_mb: float
    fetch: dict[str, Any]
    batch: dict[str, Any] | None
    aside: list[dict[str, Any]]
    before: dict[str, str]
    after: dict[str, str]
    staging: list[str]


class Ground:
    """A database in which every kind of source was loaded in good order, a site that is asked next, a process that runs the command."""

    def __init__(self, home: Path, tmp: Path, kinds: list[Kind]) -> None:
        self.home, self.tmp, self.copies = home, tmp, 0
        self.zygote = Zygote()
        _create(home, "bad_input", "satudata_template")
        for part in ("concepts", "references"):
            shutil.copytree(ROOT / "sources" / part, tmp / "sources" / part)
        for kind in kinds:
            self._load(kind)
        with psycopg.connect(self.url()) as conn:
            for (name,) in conn.execute("select tablename from pg_tables where schemaname = 'raw'").fetchall():
                conn.execute(f"create table mart.{name} as select * from raw.{name}")
        self.context = hostile()
        self.site = self.context.__enter__()

    def _load(self, kind: Kind) -> None:
        """Write the contract and run it once on what fits it."""
        contract = self.tmp / "sources" / "uji" / "dinas" / f"{kind.name}.yml"
        is_inbox = kind.contract["source"]["kind"] == "inbox"
        good = self.tmp / "inbox" / kind.dataset / "61.05" / "harga.csv" if is_inbox else contract.with_suffix(kind.suffix)
        for path in (contract, good):
            path.parent.mkdir(parents=True, exist_ok=True)
        source = kind.contract["source"] if is_inbox else {"url": "${ALAMAT_UJI}", **kind.contract["source"]}
        contract.write_text(yaml.safe_dump({**kind.contract, "source": source}, sort_keys=False, allow_unicode=True))
        good.write_bytes(kind.good)
        code, printed = self.command(["run", kind.dataset], {"ALAMAT_UJI": good.name})
        assert code == 0, printed

    def url(self, name: str = "bad_input") -> str:
        return _url(self.home, "owner", name)

    def environment(self, url: str) -> dict[str, str]:
        return {
            "SATUDATA_DATABASE_URL": url, "SATUDATA_ARCHIVE_URL": (self.tmp / "archive").as_uri(), "SATUDATA_INBOX": str(self.tmp / "inbox"),
            "SATUDATA_SOURCES": str(self.tmp / "sources"), "SATUDATA_HOME": str(self.tmp / "home"), "SATUDATA_HOST_DELAY": "0",
            "SATUDATA_HARI_INI": TODAY,
        }  # fmt: skip

    def command(self, arguments: list[str], changes: Mapping[str, str], url: str | None = None) -> tuple[int, str]:
        """(exit code, all that was printed)."""
        log = self.tmp / "log"
        log.write_text("")
        code = self.zygote.run(arguments, {**self.environment(url or self.url()), **changes}, str(log))
        return code, log.read_text()

    @contextmanager
    def database(self, case: Case) -> Iterator[str]:
        """The address of the database; one of its own for a case after which the others would find something else."""
        if case.state == "failed":
            yield self.url()
            return
        self.copies += 1
        name = f"bad_input_{self.copies}"
        _create(self.home, name, "bad_input")
        yield self.url(name)
        _as_superuser(self.home, f"drop database {name} with (force)")

    def play(self, case: Case) -> Played:
        """Run the command on a source of this kind that has gone wrong as the case says."""
        dataset, changes = case.kind.dataset, {"ALAMAT_UJI": self.site.address + case.path, **case.environment}
        with self.database(case) as url, psycopg.connect(url, autocommit=True, row_factory=dict_row) as conn:
            before = self.checksums(conn)
            newest, fetched = (
                conn.execute("select (select max(batch_id) from ops.batch) b, (select max(fetch_id) from ops.fetch) f").fetchone().values()
            )
            code, printed = self.command(["run", dataset], changes, url)
            return Played(
                code, printed, self.zygote.peak_mb,
                conn.execute("select * from ops.fetch where fetch_id > %s order by outcome = 'failed' desc limit 1", [fetched]).fetchone(),
                conn.execute(f"select {BATCH} from ops.batch where batch_id > %s", [newest]).fetchone(),
                conn.execute("select * from ops.quarantined_row where batch_id > %s order by quarantined_row_id", [newest]).fetchall(),
                before, self.checksums(conn), [row["tablename"] for row in conn.execute("select tablename from pg_tables where schemaname = 'staging_load'")],
            )  # fmt: skip

    def checksums(self, conn: psycopg.Connection[dict[str, Any]]) -> dict[str, str]:
        """Of every table of `raw` and `mart`, and of what readers see of `raw`: the rows that no pin hides."""
        tables = conn.execute(
            "select schemaname as s, tablename as t from pg_tables where schemaname in ('raw', 'mart') order by 1, 2"
        ).fetchall()
        seen = "_from_batch <= n and (_to_batch is null or _to_batch > n)"
        upto = "coalesce((select min(up_to_no) from ops.pin p join ops.dataset d using (dataset) where d.dataset_id = r._dataset_id), 9999999) as n"
        parts = [
            f"select '{x['s']}.{x['t']}' as t, md5(string_agg(r::text, '|' order by r::text)) as h from {x['s']}.{x['t']} r" for x in tables
        ]
        parts += [
            f"""select 'seen.{x["t"]}' as t, md5(string_agg(s, '|' order by s)) as h
                from (select (r.kode, r._lokasi)::text as s, _from_batch, _to_batch, {upto} from raw.{x["t"]} r) r where {seen}"""
            for x in tables if x["s"] == "raw"
        ]  # fmt: skip
        return {row["t"]: row["h"] for row in conn.execute(" union all ".join(parts))}

    def close(self) -> None:
        self.zygote.close()
        self.context.__exit__(None, None, None)
        _as_superuser(self.home, "drop database bad_input with (force)")
        shutil.rmtree(self.tmp / "archive", ignore_errors=True)
