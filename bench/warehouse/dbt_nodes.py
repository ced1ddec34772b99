"""How many nodes dbt has to build for how many contracts: every fifth has no concept, all have accepted rows, and the count must not grow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench.registry import SOURCES, start_registry
from bench.warehouse.arena import empty_database
from bench.warehouse.city import ANGKA, HARGA, HEAD, PEMDA, SITUS, STOK, TITIK
from contracts import clock
from contracts.registry import load_registry
from satudata.conform.inputs import PROJECT
from satudata.session import warehouse
from warehouse import raw_tables
from warehouse.catalogue import register

CONCEPTS = (ANGKA, HARGA, STOK, TITIK, SITUS)
WITHOUT = "key: [nama]\ncolumns:\n  nama: {{type: text}}\n  jumlah: {{type: integer, unit: unit}}\n"


def nodes(home: Path, contracts: int) -> int:
    """What `dbt ls` lists for a warehouse with so many datasets, each with an accepted batch."""
    sources = home / f"sources_{contracts}"
    _registry(sources, contracts)
    os.environ |= {"SATUDATA_HOME": str(home), "SATUDATA_SOURCES": str(sources), "SATUDATA_DATABASE": f"acuan_simpul_{contracts}"}
    from warehouse import server

    server.start(home)
    try:
        empty_database(home, os.environ["SATUDATA_DATABASE"])
        _accept_all()
        return _listed(home)
    finally:
        server.stop(home)


def _registry(root: Path, contracts: int) -> None:
    start_registry(root)
    for pemda in PEMDA:
        (root / pemda).mkdir()
        (root / pemda / "pemda.yml").write_bytes((SOURCES / pemda / "pemda.yml").read_bytes())
    for number in range(contracts):
        pemda = list(PEMDA)[number % len(PEMDA)]
        text = WITHOUT if number % 5 == 4 else CONCEPTS[number // 5 % len(CONCEPTS)]
        folder = root / pemda / f"opd{number % 40:02d}"
        folder.mkdir(exist_ok=True)
        (folder / f"d{number:03d}.yml").write_text(HEAD.format(name=f"d{number:03d}") + text.format(kode=PEMDA[pemda]))


def _accept_all() -> None:
    with warehouse() as conn, conn.transaction():
        for dataset in load_registry().datasets.values():
            register(conn, dataset)
            raw_tables.ensure(conn, dataset)
            conn.execute(
                """insert into ops.batch (batch_id, dataset, content_sha256, contract_sha256, code_version, state, read, fetched, accepted, unchanged,
                   quarantined, accept_no, fetched_at, judged_at)
                   values (nextval('ops.batch_no'), %s, '', %s, '', 'accepted', 1, 1, 1, 0, 0, ops.draw_accept_no(), %s, %s)""",
                [dataset.id, dataset.sha256, clock.now(), clock.now()],
            )


def _listed(home: Path) -> int:
    from satudata.conform.build import environment

    places = [
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(PROJECT),
        "--target-path",
        str(home / "ls"),
        "--log-path",
        str(home / "ls_logs"),
    ]
    command = [sys.executable, "-m", "dbt.cli.main", "ls", "--quiet", "--resource-type", "model", "--resource-type", "test", *places]
    done = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)
    return len(done.stdout.split())
