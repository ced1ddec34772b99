"""Prevents programs left running, programs killed that are not ours, and a second start that fails after a kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from contracts.errors import ProgramEnded
from satudata.stack.program import Program

FORKS = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); print('siap', flush=True); time.sleep(600)"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program("uji", tmp_path / "proses", tmp_path / "uji.log", patience_s=5)
    yield made
    made.stop()


def start(program: Program, code: str = FORKS) -> psutil.Process:
    """Start it and wait until it says that it is there."""
    program.start([sys.executable, "-c", code], os.environ)
    deadline = time.monotonic() + 20
    while "siap" not in program.log.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    leader = program.leader()
    assert leader is not None
    return leader


def gone(*processes: psutil.Process) -> bool:
    """Whether they have ended; one that waits for its parent to notice has."""
    _, alive = psutil.wait_procs(list(processes), timeout=5)
    return all(process.status() == psutil.STATUS_ZOMBIE for process in alive)


def test_stop_ends_a_program_and_what_it_started(program: Program) -> None:
    leader = start(program)
    children = leader.children()
    assert len(children) == 1
    program.stop()
    assert gone(leader, *children)
    assert program.leader() is None


def test_a_start_after_a_kill_ends_what_was_left(program: Program) -> None:
    first = start(program)
    children = first.children()
    first.kill()
    assert all(child.is_running() for child in children)
    program.log.unlink()
    second = start(program)
    assert gone(*children)
    assert second.pid != first.pid


def test_a_program_that_ignores_us_is_killed(program: Program) -> None:
    stubborn = Program("uji", program.folder, program.log, patience_s=0.3)
    leader = start(
        stubborn, "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('siap', flush=True); time.sleep(600)"
    )
    stubborn.stop()
    assert gone(leader)


def test_a_number_used_again_is_not_our_program(program: Program) -> None:
    """The record survives a power cut, and by then its process number may be anybody's."""
    start(program)
    pid, started, boot = json.loads(program.record.read_text())
    for record in ([pid, started - 100, boot], [pid, started, "boot-lain"]):
        program.record.write_text(json.dumps(record))
        assert program.leader() is None
    program.record.write_text(json.dumps([pid, started, "boot-lain"]))
    program.stop()
    assert psutil.pid_exists(pid)
    program.record.write_text(json.dumps([pid, started, boot]))


def test_a_session_that_got_a_number_used_again_is_left_alone(program: Program) -> None:
    """The program died long ago, and a shell of somebody's was given its number."""
    start(program)
    pid, started, boot = json.loads(program.record.read_text())
    program.record.write_text(json.dumps([pid, started - 100, boot]))
    program.stop()
    assert psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    program.record.write_text(json.dumps([pid, started, boot]))


def test_a_clock_that_is_set_does_not_hide_a_program(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """psutil works out a start from the clock; the first word from a time server would leave Airflow running unseen."""
    leader = start(program)
    monkeypatch.setattr(psutil.Process, "create_time", lambda _: 1.0)
    assert program.leader() is not None
    program.stop()
    monkeypatch.undo()
    assert gone(leader)


def test_a_program_is_found_though_who_started_it_was_killed(program: Program, tmp_path: Path) -> None:
    """Killed at the very moment it has started it: an Airflow nobody knows of would go on scheduling."""
    code = f"""
import os, signal, subprocess, sys
from pathlib import Path
from satudata.stack.program import Program
started = subprocess.Popen.__init__
def killed(self, *args, **kwargs):
    started(self, *args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
subprocess.Popen.__init__ = killed
Program("uji", Path({str(program.folder)!r}), Path({str(program.log)!r})).start([sys.executable, "-c", "import time; time.sleep(600)"], os.environ)
"""
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).resolve().parents[2])
    assert program.leader() is not None


def test_one_that_ends_by_itself_is_told_with_its_last_words(program: Program) -> None:
    program.start([sys.executable, "-c", "print('kata terakhir')"], os.environ)
    deadline = time.monotonic() + 20
    while program.leader() and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(ProgramEnded, match="kata terakhir"):
        program.check()
