"""Does a check get slower with the years? A thousand daily batches, made by real runs, and the next one timed beside a beginner's next one."""

from __future__ import annotations

import os
import statistics
import time
from datetime import date, timedelta
from pathlib import Path

from bench.quality.arena import EMPTY, RULES, Arena

START, MARKETS = date(2020, 1, 1), 20
BATCHES = 1000
OLD, YOUNG, COPY = "mutu_seribu", "mutu_satu", "mutu_banding"
NAME = "uji.dinas.banyak"
CONTRACT = """
title: Harga harian dengan riwayat panjang
source: {kind: file, url: isi.csv}
columns:
  pasar: {from: pasar, type: text}
  tanggal: {from: tanggal, type: date, format: YYYY-MM-DD}
  harga_rp: {from: harga, type: integer, numbers: plain, required: true, range: [500, 500000]}
period: {column: tanggal, grain: hari}
write: replace_period
key: [tanggal, pasar]
checks:
  - {rule: change_within, column: harga_rp, percent: 40}
"""
OUTLIER = "  - {rule: outlier, column: harga_rp}\n"


def batch(number: int) -> bytes:
    """The prices of one day: they wander slowly, and no two markets alike."""
    day = START + timedelta(days=number)
    prices = [10_000 + 1_000 * market + (number * 37 + market * 101) % 400 for market in range(MARKETS)]
    return "\n".join(["pasar,tanggal,harga", *(f"Pasar {market},{day},{price}" for market, price in enumerate(prices))]).encode()


def build(home: Path, batches: int = BATCHES) -> int:
    """Make both histories: one of `batches` batches, one of a single batch. Returns how many were accepted."""
    arena = Arena(home)
    file = _registry(home)
    accepted = 0
    for database, numbers in ((YOUNG, range(batches - 1, batches)), (OLD, range(batches))):
        arena.create(database)
        for number in numbers:
            accepted += _seconds(database, file, number)[1] == "accepted"
    return accepted


def ratio(home: Path, pairs: int = 15, batches: int = BATCHES) -> float:
    """Seconds of the next run after many batches by those of the next run after one; the median of alternate pairs."""
    arena, file = Arena(home), _registry(home)
    for database in (OLD, YOUNG):
        arena.ask_in(database, "vacuum analyze")  # which PostgreSQL does by itself on other days
    found = []
    for _ in range(pairs):
        seconds = []
        for database in (OLD, YOUNG):
            arena.create(COPY, database)
            _seconds(COPY, file, batches)  # warm: the first statement of a new database reads its catalogue
            seconds.append(statistics.median(_seconds(COPY, file, batches + more)[0] for more in range(1, 4)))
        found.append(seconds[0] / seconds[1])
    for database in (COPY, OLD, YOUNG):
        arena.drop(database)
    assert EMPTY not in (OLD, YOUNG)
    return statistics.median(found)


def _registry(home: Path) -> Path:
    folder = home / f"sources_banyak_{os.getpid()}" / "uji" / "dinas"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "banyak.yml").write_text(CONTRACT + (OUTLIER if "outlier" in RULES else ""))
    os.environ |= {"SATUDATA_SOURCES": str(folder.parents[1]), "SATUDATA_ARCHIVE_URL": (home / f"arsip_banyak_{os.getpid()}").as_uri()}
    return folder / "isi.csv"


def _seconds(database: str, file: Path, number: int) -> tuple[float, str]:
    from satudata.run import run

    os.environ["SATUDATA_DATABASE"] = database
    file.write_bytes(batch(number))
    started = time.perf_counter()
    (outcome,) = run([NAME], START + timedelta(days=number))
    return time.perf_counter() - started, outcome.state
