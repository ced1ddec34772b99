"""`python -m bench.airflow_bench`: what Airflow costs us; writes bench/results/load.json.

`dag_parse_600_s`: a fresh process parses the DAG files over 600 contracts of 80 agencies, and must show one that was edited since;
`dag_parse_600_process_s` counts Airflow's own import too. `unchanged_300_s`: 300 sources on 80 hosts, half of them without ETag, pass
through the real scheduler without having changed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.quiet_sites import QuietSites
from bench.registry import copied_registry, start_registry
from bench.results import record

TARGETS = {"dag_parse_600_s": 4.0, "dag_parse_600_process_s": 4.0, "unchanged_300_s": 150.0}
CONTRACTS, AGENCIES, SOURCES = 600, 80, 300
EDITED = "judul yang baru saja diubah"
PARSE = """
import json, sys, time
started = time.perf_counter()
from airflow.dag_processing.dagbag import DagBag
imported = time.perf_counter()
bag = DagBag(sys.argv[1], bundle_path=sys.argv[1], bundle_name="dags-folder")
parsed = time.perf_counter()
assert not bag.import_errors, bag.import_errors
docs = "".join(dag.doc_md or "" for dag in bag.dags.values())
print(json.dumps({"imports_s": imported - started, "parse_s": parsed - imported, "dags": len(bag.dags), "edited": sys.argv[2] in docs}))
"""
CONTRACT = """
title: Angka {name}
schedule: "0 7 * * *"
source: {{kind: file, url: "{url}"}}
columns:
  kode: {{from: kode, type: code}}
  nilai: {{from: nilai, type: integer, numbers: id, required: true, range: [0, 1000000]}}
write: snapshot
key: [kode]
"""


def parse_seconds(folder: Path, runs: int) -> dict[str, float]:
    """Medians of the seconds a fresh process takes, without and with the import of Airflow; a contract is edited before each."""
    sources = copied_registry(folder / "sources", CONTRACTS, AGENCIES)
    edited = sorted(sources.glob("*/opd000/*.yml"))[0]
    text, parses, processes = edited.read_text(), [], []
    for number in range(runs):
        title = f"{EDITED} {number}"
        edited.write_text(text.replace(text.splitlines()[0], f"title: {title}"))
        found = _parsed(folder, sources, title)
        assert found["edited"], "the edited contract does not show"
        parses.append(found["parse_s"])
        processes.append(found["imports_s"] + found["parse_s"])
        print(f"  {number + 1}/{runs}: impor {found['imports_s']:.2f} s, parse {found['parse_s']:.2f} s, {found['dags']} DAG", flush=True)
    return {"dag_parse_600_s": statistics.median(parses), "dag_parse_600_process_s": statistics.median(processes)}


def _parsed(folder: Path, sources: Path, title: str) -> dict[str, float]:
    from satudata.stack.airflow_cfg import REPOSITORY

    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW_")}
    environment |= {"AIRFLOW_HOME": str(folder / "airflow"), "SATUDATA_SOURCES": str(sources), "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", PARSE, str(REPOSITORY / "dags"), title]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def unchanged_seconds(sites: QuietSites) -> float:
    """Seconds from the first trigger to the end of the last DAG run; every source is asked once, and says so in `ops.fetch`."""
    from contracts.registry import load_registry
    from satudata.planning.dag_groups import source_dags
    from satudata.run import run
    from satudata.stack import airflow, runs
    from satudata.stack.api import AirflowApi
    from warehouse.connect import connect

    first = run([])
    assert {outcome.state for outcome in first} == {"accepted"}, {outcome.message for outcome in first}
    known = airflow.start(lambda text: print(f"  {text}", flush=True), {"scheduler": {"use_job_schedule": False}})
    dags = list(source_dags(load_registry()))
    runs.wait_for_dags(dags)
    sites.asked.clear()
    started = time.perf_counter()
    tasks = runs.play(AirflowApi(known), dags)
    taken = time.perf_counter() - started
    ended = [(task.task_id, task.state) for task in tasks]
    assert ended.count(("sumber.extract", "success")) == ended.count(("sumber.load", "skipped")) == SOURCES, set(ended)
    assert len(set(sites.asked)) == SOURCES, len(set(sites.asked))
    with connect("owner") as conn:
        rows = conn.execute(
            "select count(*), count(distinct dataset) from ops.fetch where run_id is not null and outcome = 'unchanged'"
        ).fetchone()
    assert rows == (SOURCES, SOURCES), rows
    return taken


@contextmanager
def _home(folder: Path) -> Iterator[QuietSites]:
    """A home with 300 contracts whose sites answer on loopback; all of it ended at the end."""
    from satudata.stack import life

    sources, home = folder / "sources300", folder / "home"
    start_registry(sources, "sintang")
    sites = QuietSites(AGENCIES, SOURCES)
    for number, url in enumerate(sites.urls):
        path = sources / "sintang" / f"opd{number % AGENCIES:02d}" / f"angka_{number:03d}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(CONTRACT.format(name=number, url=url))
    os.environ |= {"SATUDATA_HOME": str(home), "SATUDATA_SOURCES": str(sources), "SATUDATA_HOST_DELAY": "0"}
    try:
        yield sites
    finally:
        life.down(home)
        sites.close()


def main() -> None:
    """Measure, record, print what is met and what is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="satudata-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the database server's account passes through
        figures = parse_seconds(folder, options.runs)
        with _home(folder) as sites:
            figures["unchanged_300_s"] = unchanged_seconds(sites)
    for name, value in figures.items():
        print(f"{name:28} {value:8.2f}   <= {TARGETS[name]:<6} {'tercapai' if value <= TARGETS[name] else 'MELESET'}")
    record("load", **{name: round(value, 3) for name, value in figures.items()})


if __name__ == "__main__":
    main()
