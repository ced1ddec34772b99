"""A parse of the DAG files in a fresh process, told as plain data: what a DAG processor sees, with nothing left of the test's own imports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
HEAVY = ("pandas", "pyarrow", "great_expectations", "dbt", "numpy", "psycopg", "requests", "bs4", "lxml")
SCRIPT = """
import json, sys, time
from airflow.dag_processing.dagbag import DagBag
before, cpu = set(sys.modules), time.process_time()
bag = DagBag(sys.argv[1], bundle_path=sys.argv[1], bundle_name="dags-folder")
cpu = time.process_time() - cpu
heavy = [name for name in sys.argv[2].split(",") if name in sys.modules]
from airflow.serialization.serialized_objects import DagSerialization
from airflow.serialization.definitions.dag import SerializedDAG
def told(dag):
    return {
        "tasks": {task.task_id: sorted(task.upstream_task_ids) for task in dag.tasks}, "schedule": repr(dag.timetable), "doc": dag.doc_md or "",
        "name": dag.dag_display_name, "tags": sorted(dag.tags),
        "datasets": dag.params.get_param("dataset").schema["examples"] if "dataset" in dag.params else [],
        "serialized": json.dumps(DagSerialization.to_dict(dag), sort_keys=True, default=str),
    }
print("\\n" + json.dumps({"dags": {dag.dag_id: told(dag) for dag in bag.dags.values()}, "errors": bag.import_errors, "heavy": heavy, "cpu_s": cpu}))
"""
SIMPLE = """
title: Angka uji
schedule: "0 7 * * *"
source: {kind: file, url: "${SITUS_UJI}/angka.csv"}
columns:
  kode: {from: kode, type: code}
  nilai: {from: nilai, type: integer, numbers: id, required: true, range: [0, 1000000]}
write: snapshot
key: [kode]
"""


@dataclass(frozen=True)
class Parse:
    """What a parse found."""

    dags: dict[str, dict[str, Any]]
    errors: dict[str, str]
    heavy: list[str]
    cpu_s: float

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        """The DAGs made from contracts."""
        return {name: dag for name, dag in self.dags.items() if name not in ("transform", "digest", "housekeeping", "backup")}


def parse(sources: Path, **environment: str) -> Parse:
    """Parse the repository's DAG files over a registry."""
    home = sources.parent / "airflow"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW_")}
    ours = {"AIRFLOW_HOME": str(home), "SATUDATA_SOURCES": str(sources), "PYTHONPATH": str(REPOSITORY), **environment}
    command = [sys.executable, "-c", SCRIPT, str(REPOSITORY / "dags"), ",".join(HEAVY)]
    done = subprocess.run(command, env=clean | ours, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return Parse(**json.loads(done.stdout.splitlines()[-1]))


def empty_registry(sources: Path, pemda: str = "uji") -> Path:
    """A registry with one pemda and no contract."""
    for part in ("concepts", "references"):
        shutil.copytree(REPOSITORY / "sources" / part, sources / part)
    (sources / pemda).mkdir()
    (sources / pemda / "pemda.yml").write_text('kode: "35.71"\nnama: Kota Uji\ntimezone: Asia/Pontianak\nwalidata: diskominfo\n')
    return sources


def add(sources: Path, place: str, text: str = SIMPLE) -> Path:
    """Write a contract, such as `uji/dinas/angka`."""
    path = sources / f"{place}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
