"""Memory of loading: the peak of the whole process tree (without PostgreSQL), and how it grows with the file."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil

from bench.load import data
from bench.load.arena import HERE, Arena


def growth(arena: Arena) -> dict[str, float]:
    """Peak in MB at the arena's size, and its ratio at five times as many rows, for CSV, JSON and XLSX."""
    base = peak_mb(arena, arena.published, HERE / "angka.yml")
    large = peak_mb(arena, data.write_csv(arena.cache, 5 * arena.rows)[0], HERE / "angka.yml")
    json_contract = _contract(arena.cache, "angka_json.yml", "{kind: json_api,", ", records: data.*}")
    xlsx_contract = _contract(arena.cache, "angka_xlsx.yml", "{kind: file,", "}")
    small_json = peak_mb(arena, data.write_json(arena.cache, arena.rows // 5), json_contract)
    large_json = peak_mb(arena, data.write_json(arena.cache, arena.rows), json_contract)
    small_xlsx = peak_mb(arena, data.write_xlsx(arena.cache, arena.rows // 50), xlsx_contract)
    large_xlsx = peak_mb(arena, data.write_xlsx(arena.cache, arena.rows // 10), xlsx_contract)
    return {
        "peak_rss_mb": base,
        "rss_5m_vs_1m": large / base,
        "rss_json_growth": large_json / small_json,
        "rss_xlsx_growth": large_xlsx / small_xlsx,
    }


def _contract(cache: Path, name: str, head: str, tail: str) -> Path:
    text = (HERE / "angka.yml").read_text().replace("{kind: file,", head).replace('${BENCH_FILE}"}', '${BENCH_FILE}"' + tail)
    (cache / name).write_text(text)
    return cache / name


def peak_mb(arena: Arena, file: Path, contract: Path) -> float:
    """Highest sum of resident memory over the process tree of one run, sampled twenty times a second."""
    environment = arena.environment(arena.database(), file)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.load.ours", "accept", str(contract)], env=environment, stdout=subprocess.DEVNULL
    )
    tree, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        peak = max(peak, _resident(tree))
        time.sleep(0.05)
    if process.returncode:
        raise RuntimeError(f"{contract.name} over {file.name} ended with {process.returncode}")
    return peak / 2**20


def _resident(tree: psutil.Process) -> int:
    total = 0
    for process in [tree, *tree.children(recursive=True)]:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
