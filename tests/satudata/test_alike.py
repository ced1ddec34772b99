"""Prevents a wrong row from slipping through unjudged because it looks like one of yesterday's.

The same history of a source is loaded twice: every row judged every day, and only what is new. All that is kept of it must be equal.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from satudata import load
from satudata.run import run
from tests.conftest import new_database
from warehouse import alike

REPO = Path(__file__).parents[2]
CONTRACT = """
title: Uji serupa
source: {{kind: file, url: isi.csv}}
columns:
  kode: {{from: kode, type: text}}
  hari: {{from: hari, type: date}}
  n: {{from: n, type: integer, required: true, range: [0, {most}]}}
period: {{column: hari, grain: hari}}
write: {write}
key: [kode, hari]
same_rows: {same_rows}
guards: {{max_quarantined: 0.9}}
checks:
  - {{rule: regex, column: kode, pattern: '^k', severity: warn}}
  - {{rule: compare, column: n, op: "!=", other: "666", severity: hold}}
"""
ROWS = {f"k{n:02d}": 10 * n for n in range(40)}
DAYS: list[tuple[int, dict[str, object], list[tuple[str, object]]]] = [
    # upper end of the range, rows by code, further rows on a code that is there already
    (1000, ROWS, []),
    (1000, ROWS | {"k03": 31, "k04": 5000, "k40": 1, "x1": 2}, []),  # changed, wrong, new, warned
    (1000, ROWS | {"k05": "abc", "k06": ""}, [("k07", 8), ("k09", 90)]),  # a rival of an open row, a twin of one
    (1000, ROWS, []),
    (1000, ROWS, [*ROWS.items()]),  # every row twice
    (1000, ROWS, [("k11", 7)]),  # a rival of an open row, and nothing else
    (1000, {code: n for code, n in ROWS.items() if code > "k02"}, []),  # rows gone
    (1000, ROWS | {"k08": 666}, []),  # held
    (1000, ROWS | {"k08": 81}, []),  # over a held one
    (1000, ROWS | {"k08": 82}, []),
    (300, ROWS | {"k03": 31, "x1": 2}, []),  # a stricter contract: k31.. were accepted and are wrong now
    (300, ROWS | {"k03": 32, "x1": 2}, []),  # and are still wrong on the next day
    (1000, ROWS, []),
]
KEPT = {
    "raw": "select kode, hari, n, _lokasi, _from_batch, _to_batch from raw.uji__dinas__isi order by kode, hari, _from_batch, n",
    "batch": """select state, read, fetched, accepted, unchanged, quarantined, dropped, closed, rejected, corrected, message
                from ops.batch order by batch_id""",
    "check": "select batch_id, rule_id, outcome, checked, failed, severity, message from ops.check_result order by batch_id, rule_id",
    "quarantined": "select batch_id, lokasi, key, raw, rule_ids, messages from ops.quarantined_row order by batch_id, lokasi",
    "pins": "select reason from ops.pin",
    "staging": "select tablename from pg_tables where schemaname = 'staging_load'",
}


def history(database, folder: Path, monkeypatch, write: str, same_rows: str, fewest: int) -> tuple[dict[str, list], list[int]]:
    """What is kept after all days, and how many rows needed no verdict on each."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, folder / "sources" / part)
    dinas = folder / "sources" / "uji" / "dinas"
    dinas.mkdir(parents=True)
    monkeypatch.setenv("SATUDATA_DATABASE", database.name)
    monkeypatch.setenv("SATUDATA_SOURCES", str(folder / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (folder / "arsip").as_uri())
    monkeypatch.setattr(alike, "FEWEST_ROWS", fewest)
    known: list[int] = []

    def spied(*args):
        found = alike.find_alike(*args)
        known.append(found.judged if found else 0)
        return found

    monkeypatch.setattr(load, "find_alike", spied)
    with database.connect(autocommit=True) as conn:
        for most, rows, more in DAYS:
            lines = [f"{code};2026-06-{1 + len(code) % 2:02d};{n}" for code, n in [*rows.items(), *more]]
            (dinas / "isi.csv").write_text("\n".join(["kode;hari;n", *lines]))
            (dinas / "isi.yml").write_text(CONTRACT.format(most=most, write=write, same_rows=same_rows))
            (outcome,) = run(["uji.dinas.isi"])
            assert outcome.state in ("accepted", "held") or same_rows == "fail", outcome
        return {name: conn.execute(query).fetchall() for name, query in KEPT.items()}, known


@pytest.mark.usefixtures("_template")
@pytest.mark.parametrize("same_rows", ["collapse", "fail"])
@pytest.mark.parametrize("write", ["snapshot", "replace_period", "append"])
def test_judging_only_the_news_keeps_the_same(server, tmp_path, monkeypatch, write, same_rows):
    """A stricter contract, a rival, a twin, a held batch and what comes after it."""
    with new_database(server) as shortened:
        kept, known = history(shortened, tmp_path / "a", monkeypatch, write, same_rows, 0)
    with new_database(server) as judged:
        whole, none = history(judged, tmp_path / "b", monkeypatch, write, same_rows, 10**9)
    assert sum(count > 20 for count in known) >= 3, known
    assert set(none) == {0}
    for name in KEPT:
        assert kept[name] == whole[name], name
