"""A bench for rules: a contract in a few lines, a staging table in a few rows, and the verdict over them by the real thing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from contracts.dataset import Dataset
from contracts.registry import load_dataset
from expectations.judge import CheckResult, History, Verdict, judge
from extractors.report import ParseReport
from warehouse.catalogue import register
from warehouse.names import STAGE_SYSTEM, contract_columns, quote

NUMBERS = count(1)
DAY = date(2025, 6, 30)
HEAD = {"title": "Uji", "source": {"kind": "file", "url": "x.csv"}, "write": "snapshot", "key": ["id"]}


@dataclass
class Bench:
    """Judges rows given in the test."""

    conn: psycopg.Connection
    folder: Path
    history: History = field(default_factory=History)
    run_date: date = DAY

    def dataset(self, columns: Mapping[str, Mapping[str, Any]], **contract: Any) -> Dataset:
        """A registered dataset; `id: text` is its key unless the test says otherwise."""
        number = next(NUMBERS)
        path = self.folder / f"uji_{number}.yml"
        text = HEAD | {"id": f"x.uji.d{number}", "columns": {"id": {"type": "text"}} | dict(columns)} | contract
        path.write_text(yaml.safe_dump(text, sort_keys=False, allow_unicode=True))
        dataset = load_dataset(str(path))
        register(self.conn, dataset)
        return dataset

    def stage(self, dataset: Dataset, rows: Sequence[Mapping[str, Any]]) -> str:
        """A staging table with these rows; `_no` and `id` count from 1, `_lokasi` says so."""
        table = f"staging_load.b_{next(NUMBERS)}"
        columns = [*STAGE_SYSTEM, *contract_columns(dataset)]
        self.conn.execute(f"create unlogged table {table} ({', '.join(f'{quote(n)} {t}' for n, t in columns)})")
        known = {name for name, _ in columns}
        for number, row in enumerate(rows, start=1):
            values = {"_no": number, "_lokasi": f"baris {number}"} | ({"id": f"k{number}"} if "id" in known else {}) | dict(row)
            if isinstance(values.get("_cacat"), dict):
                values["_cacat"] = json.dumps(values["_cacat"])
            self.conn.execute(
                f"insert into {table} ({', '.join(map(quote, values))}) values ({', '.join(['%s'] * len(values))})", list(values.values())
            )
        return table

    def judge(self, dataset: Dataset, rows: Sequence[Mapping[str, Any]], report: ParseReport | None = None) -> Judgement:
        """The verdict over these rows."""
        table = self.stage(dataset, rows)
        report = report or ParseReport(read=len(rows), fetched=100 * len(rows), staged=len(rows))
        return Judgement(judge(self.conn, dataset, table, report, self.history, self.run_date), self.conn, table, report)


@dataclass(frozen=True)
class Judgement:
    """A verdict and the tables it left."""

    verdict: Verdict
    conn: psycopg.Connection
    table: str
    report: ParseReport

    def result(self, rule_id: str) -> CheckResult:
        return next(result for result in self.verdict.results if result.rule_id == rule_id)

    @property
    def broken(self) -> dict[str, int]:
        """Rules that did not pass -> rows."""
        return {result.rule_id: result.failed for result in self.verdict.results if result.outcome not in ("pass", "skipped")}

    @property
    def aside(self) -> dict[int, list[str]]:
        """`_no` of each row set aside -> the rules it broke."""
        return {number: ids for number, ids, _ in self._quarantined()}

    @property
    def messages(self) -> dict[int, list[str]]:
        return {number: messages for number, _, messages in self._quarantined()}

    @property
    def left(self) -> list[int]:
        """`_no` of the rows still staged."""
        return [row[0] for row in self.conn.execute(f"select _no from {self.table} order by 1").fetchall()]

    def _quarantined(self) -> list[tuple[int, list[str], list[str]]]:
        aside = self.table.replace(".b_", ".q_")
        if self.conn.execute("select to_regclass(%s)", [aside]).fetchone() == (None,):
            return []
        return self.conn.execute(f"select _no, rule_ids, messages from {aside} order by 1").fetchall()


@pytest.fixture
def bench(module_database: Any, tmp_path: Path) -> Iterator[Bench]:
    """A bench on a migrated database shared by the tests of a module, each with datasets and tables of its own."""
    with module_database.connect(autocommit=True) as conn:
        yield Bench(conn, tmp_path)
