"""The figures of speed that belong to the check stage: its scan beside one written by hand, and what a task imports."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from bench import validate
from bench.airflow_bench import CONTRACT
from bench.quiet_sites import QuietSites
from bench.registry import start_registry

SOURCES = 6
IMPORT = re.compile(r"import time:\s*\d+ \|\s*(\d+) \|\s*([\w.]+)")


def validate_vs_scan(folder: Path, rows: int, runs: int = 9) -> float:
    """The verdict on so many staged rows by nine rules, as a multiple of one hand-written scan; see `bench.validate`."""
    from warehouse import server

    home = folder / "home_nilai"
    home.mkdir(parents=True)
    os.environ |= {"SATUDATA_HOME": str(home), "SATUDATA_DATABASE": "acuan_nilai"}
    server.start(home)
    try:
        return validate.measure(home, rows, runs)["validate_vs_scan"]
    finally:
        server.stop(home)


def gx_import_in_task_s(folder: Path) -> float:
    """Longest time a task of a real scheduler run spent importing Great Expectations; 0 where each found it in memory.

    Python itself reports each import to the task's log (PYTHONPROFILEIMPORTTIME). Raises RuntimeError where no task reported any.
    """
    from contracts.registry import load_registry
    from satudata.planning.dag_groups import source_dags
    from satudata.stack import airflow, life, runs
    from satudata.stack.api import AirflowApi

    sources, home = folder / "sources_impor", folder / "home_impor"
    start_registry(sources, "sintang")
    sites = QuietSites(SOURCES, SOURCES)
    for number, url in enumerate(sites.urls):
        path = sources / "sintang" / f"opd{number:02d}" / f"angka_{number:03d}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(CONTRACT.format(name=number, url=url))
    os.environ |= {"SATUDATA_HOME": str(home), "SATUDATA_SOURCES": str(sources), "SATUDATA_HOST_DELAY": "0"}
    for name in ("SATUDATA_DATABASE", "SATUDATA_ARCHIVE_URL"):
        os.environ.pop(name, None)
    try:
        known = airflow.start(
            lambda text: print(f"  {text}", flush=True), {"scheduler": {"use_job_schedule": False}}, {"PYTHONPROFILEIMPORTTIME": "1"}
        )
        dags = list(source_dags(load_registry()))
        runs.wait_for_dags(dags)
        states = [task.state for task in runs.play(AirflowApi(known), dags) if task.task_id == "sumber.load"]
        if states.count("success") != SOURCES:
            raise RuntimeError(f"tasks ended as {states}")
        return _longest_import(home / "airflow" / "logs")
    finally:
        life.down(home)
        sites.close()


def _longest_import(logs: Path) -> float:
    found = [(int(us), name) for path in logs.rglob("*.log") if "task_id=" in str(path) for us, name in IMPORT.findall(path.read_text())]
    if not found:
        raise RuntimeError(f"no import was reported below {logs}")
    return max((us / 1e6 for us, name in found if name.split(".")[0] == "great_expectations"), default=0.0)


def figures(rows: int = 1_000_000) -> dict[str, float]:
    """Both figures."""
    with tempfile.TemporaryDirectory(prefix="satudata-mutu-laju-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        print("  laju: impor dalam tugas Airflow", flush=True)
        imported = gx_import_in_task_s(folder)
        print("  laju: putusan atas sejuta baris", flush=True)
        return {"validate_vs_scan": round(validate_vs_scan(folder, rows), 3), "gx_import_in_task_s": round(imported, 3)}
