"""A source whose days are played through `run`: what its files say on each day, and what the ledger then holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from satudata.run import Outcome, run

REPO = Path(__file__).parents[2]
CONTRACT = """
title: Uji temuan
source: {{kind: file, url: isi.csv}}
columns:
  kode: {{from: kode, type: text}}
  hari: {{from: hari, type: date}}
  n: {{from: n, type: integer, range: [0, {most}]}}
period: {{column: hari, grain: hari}}
write: {write}
key: [kode, hari]
guards: {{max_quarantined: 0.9, min_share: 0.5}}
{more}
"""
GOOD = {f"k{n}": n for n in range(10)}
FIRST_DAY = date(2026, 6, 1)


@dataclass
class Source:
    """One dataset, `uji.dinas.isi`, and the day it is."""

    conn: psycopg.Connection
    folder: Path
    most: int = 100
    write: str = "snapshot"
    more: str = ""
    day: date = FIRST_DAY

    @property
    def contract(self) -> str:
        return CONTRACT.format(most=self.most, write=self.write, more=self.more)

    def publish(self, rows: Mapping[str, object] | str, hari: str = "2026-06-01", **contract: Any) -> None:
        """The agency puts this on its site: code -> figure of one day, or a whole file."""
        for name, value in contract.items():
            setattr(self, name, value)
        text = rows if isinstance(rows, str) else "\n".join(["kode;hari;n", *(f"{code};{hari};{n}" for code, n in rows.items())])
        (self.folder / "isi.csv").write_text(text)
        (self.folder / "isi.yml").write_text(self.contract)

    def play(self, rows: Mapping[str, object] | str, hari: str = "2026-06-01", **contract: Any) -> Outcome:
        """Publish, run, and let a day pass."""
        self.publish(rows, hari, **contract)
        return self.again()

    def again(self) -> Outcome:
        """Run what is published, and let a day pass."""
        (outcome,) = run(["uji.dinas.isi"], self.day)
        self.day += timedelta(days=1)
        return outcome

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.conn.execute(query.encode(), list(values) or None).fetchall()

    @property
    def issues(self) -> dict[str, tuple[Any, ...]]:
        """Rule -> state, times, reopened."""
        return {rule: rest for rule, *rest in self.all("select rule_id, state, times, reopened from ops.issue order by 1")}  # type: ignore[misc]

    @property
    def aside(self) -> list[tuple[Any, ...]]:
        """(batch, code, state, batch that ended it) of each row set aside."""
        return self.all("select batch_id, key ->> 'kode', state, ended_batch_id from ops.quarantined_row order by 1, 2, lokasi")

    @property
    def open(self) -> list[str]:
        return [row[0] for row in self.all("select key ->> 'kode' from ops.quarantined_row where state = 'open' order by 1")]

    @property
    def published(self) -> dict[str, int]:
        """Code -> the figure that stands."""
        return dict(self.all("select kode, n from raw.uji__dinas__isi where _to_batch is null order by 1"))  # type: ignore[arg-type]


@pytest.fixture
def source(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    """An agency with one file, on a database of its own."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    folder = tmp_path / "sources" / "uji" / "dinas"
    folder.mkdir(parents=True)
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    with database.connect(autocommit=True) as conn:
        yield Source(conn, folder)
