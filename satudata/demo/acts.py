"""What people do on a day of the sample city, played through the command line as they would type it: approvals, returns, waivers."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from psycopg import Connection

from contracts.clock import HARI_INI

ACTS = Path("samples") / "acts.yml"
TIMEOUT_S = 300
NOBODY = "Jadwal harian"
"""Who does what no person does: what a schedule would start at this hour."""


@dataclass(frozen=True)
class Acted:
    """One act: who (`NOBODY` for a schedule), the command as it was given, and why it did not succeed, if it did not."""

    by: str
    command: str
    problem: str | None


def play_acts(conn: Connection, path: Path, day: int, run_date: date, done: Path) -> list[Acted]:
    """Do what `path` lists for this day, each once: `done` remembers how many were, so a day played again does not repeat them."""
    written = yaml.load(path.read_text(), yaml.CBaseLoader).get(str(day), [])
    before = int(done.read_text()) if done.exists() else 0
    played = []
    for number, act in enumerate(written, start=1):
        if number <= before:
            continue
        played.append(_play(conn, act, run_date))
        if played[-1].problem:
            break
        done.write_text(str(number))
    return played


def _play(conn: Connection, act: Mapping[str, str], run_date: date) -> Acted:
    arguments = shlex.split(act["command"].format(**_numbers(conn, act)))
    environment = os.environ | {HARI_INI: run_date.isoformat()}
    ended = subprocess.run(
        [sys.executable, "-m", "satudata", *arguments, *(["--oleh", act["by"]] if "by" in act else [])],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    said = (ended.stderr or ended.stdout).strip() or f"kode keluar {ended.returncode}"
    return Acted(act.get("by", NOBODY), shlex.join(["satudata", *arguments]), said if ended.returncode else None)


def _numbers(conn: Connection, act: Mapping[str, str]) -> dict[str, int | None]:
    """What the words in braces stand for today."""
    batch = conn.execute("select max(batch_id) from ops.batch where dataset = %s", [act.get("of")]).fetchone()
    conflict = conn.execute(
        "select max(conflict_id) from ops.conflict where objek = %s and state <> 'selesai'", [act.get("about")]
    ).fetchone()
    return {"batch": batch[0] if batch else None, "conflict": conflict[0] if conflict else None}
