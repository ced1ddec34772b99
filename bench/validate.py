"""`python -m bench.validate`: what judging a batch costs beside one hand-written scan that counts the same; writes bench/results/validate.json.

1M staged rows of eight columns, nine rules (two required, unique key, range, code, in_set, regex, not_future, compare), one row in a thousand
wrong; the verdict includes finding, explaining and setting aside those rows, which the scan does not.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg

from bench.results import record
from contracts.registry import load_dataset
from expectations.judge import History, judge, preload
from extractors.report import ParseReport
from warehouse import server
from warehouse.catalogue import register
from warehouse.migrate import migrate
from warehouse.names import STAGE_SYSTEM, contract_columns

DATASET = Path(__file__).with_name("validate.yml")
TABLE = "staging_load.b_1"
ROWS = """
    select n, 'baris ' || n, case when n % 1000 = 999 then '{"nilai": "12a4"}'::jsonb end, null, day, day,
           format('61.%s.%s', lpad((n / 400 % 14 + 1)::text, 2, '0'), lpad((n / 5600 % 90 + 1)::text, 2, '0')), day,
           'ind_' || lpad((n / 504000 % 50)::text, 3, '0'), 'k' || n % 7, case when n % 1000 <> 999 then (n * 7919 % 100000000) / 100.0 end,
           (array['jiwa', 'keluarga', 'unit', 'ton', 'kg', 'ha', 'km', 'persen'])[n % 8 + 1], 'dinas_' || n % 40, 'catatan baris ' || n
    from (select n, date '2024-01-01' + (n % 400)::integer as day from generate_series(1::bigint, :rows) n) x"""
CODES = """
    insert into ops.reference_item (reference, code, name, level)
    select 'wilayah', format('61.%s.%s', lpad(a::text, 2, '0'), lpad(b::text, 2, '0')), 'x', 'kecamatan'
    from generate_series(1, 14) a, generate_series(1, 90) b"""
SCAN = f"""
    select count(*), count(*) filter (where klasifikasi is null), count(*) filter (where nilai is null),
           count(*) filter (where nilai < 0 or nilai > 1000000), count(*) filter (where r.code is null),
           count(*) filter (where satuan not in ('jiwa', 'keluarga', 'unit', 'ton', 'kg', 'ha', 'km', 'persen')),
           count(*) filter (where indikator !~ '^ind_[0-9]{{3}}$'), count(*) filter (where periode > date '2026-06-01'),
           count(*) filter (where not nilai >= 0),
           (select count(*) from (select from {TABLE} group by kode_wilayah, periode, indikator having count(*) > 1) d)
    from {TABLE} s left join ops.reference_item r on r.reference = 'wilayah' and r.code = s.kode_wilayah"""


def main() -> None:
    """Measure alternately, print, record."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=Path(".satudata/bench"))
    options = parser.parse_args()
    home = options.cache.absolute() / "home"
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {"SATUDATA_HOME": str(home), "SATUDATA_DATABASE": "acuan_nilai"}
    server.start(home)
    try:
        figures = measure(home, options.rows, options.runs)
    finally:
        server.stop(home)
    for name, value in figures.items():
        print(f"{name:20} {value:8.2f}")
    record("validate", **{name: round(value, 3) for name, value in figures.items()})


def measure(home: Path, rows: int, runs: int) -> dict[str, float]:
    """Median seconds of both, and the median of their ratios."""
    preload()
    with prepared(home, rows) as conn:
        run_scan, run_judge = scan(conn), verdict(conn, rows)
        run_scan(), run_judge()
        pairs = [(timed(run_scan), timed(run_judge)) for _ in range(runs)]
    return {
        "scan_s": statistics.median(scan for scan, _ in pairs), "validate_s": statistics.median(judged for _, judged in pairs),
        "validate_vs_scan": statistics.median(judged / scan for scan, judged in pairs),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def timed(run: Callable[[], object]) -> float:
    """Seconds of one run."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def scan(conn: psycopg.Connection) -> Callable[[], object]:
    """The hand-written scan."""
    return lambda: conn.execute(SCAN.encode()).fetchone()


def verdict(conn: psycopg.Connection, rows: int) -> Callable[[], object]:
    """The whole verdict, on a batch that is accepted."""
    dataset = load_dataset(str(DATASET))
    register(conn, dataset)

    def run() -> None:
        report = ParseReport(read=rows, fetched=rows, staged=rows)
        judged = judge(conn, dataset, TABLE, report, History(last_counts=[rows]), date(2026, 6, 1))
        assert (judged.state, judged.quarantined) == ("accepted", rows // 1000), judged

    return run


def prepared(home: Path, rows: int) -> psycopg.Connection:
    """A connection as `loader` to a new database with the staged rows."""
    with psycopg.connect(server.url(home, "superuser", "postgres"), autocommit=True) as conn:
        conn.execute("drop database if exists acuan_nilai with (force)")
        conn.execute("create database acuan_nilai owner satudata")
        conn.execute("grant temporary on database acuan_nilai to loader")
    with psycopg.connect(server.url(home, "owner", "acuan_nilai")) as conn:
        migrate(conn)
        conn.execute(CODES)
    loader = psycopg.connect(server.url(home, "loader", "acuan_nilai"), autocommit=True)
    columns = ", ".join(f"{name} {pg_type}" for name, pg_type in (*STAGE_SYSTEM, *contract_columns(load_dataset(str(DATASET)))))
    loader.execute(f"create unlogged table {TABLE} ({columns}) with (autovacuum_enabled = false)".encode())
    loader.execute(f"insert into {TABLE} {ROWS.replace(':rows', str(rows))}".encode())
    loader.execute(f"vacuum analyze {TABLE}".encode())
    loader.execute("set work_mem = '64MB'; set jit = off")
    return loader


if __name__ == "__main__":
    main()
