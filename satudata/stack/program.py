"""One program of the stack: started apart from us, found again by later commands, and ended with everything it started.

Each program leads a session of its own, so that neither Ctrl-C nor the end of a terminal reaches it, and so that what it forked can be
found even when itself was killed. A process number alone proves nothing: numbers are used again, so its start is remembered beside it. The
program writes its record itself before it becomes what it is: whoever starts it may be killed at any moment and it is still found.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import psutil

from contracts.errors import ProgramEnded

BOOT = Path("/proc/sys/kernel/random/boot_id")
STARTED = 19
"""Field 22 of /proc/<pid>/stat, counted from behind the name of the program, which may hold anything."""


class Kept(NamedTuple):
    """How a process is known again."""

    pid: int
    started: float
    boot: str


@dataclass(frozen=True)
class Program:
    """A program that may run; ``folder`` holds its record, ``log`` what it says."""

    name: str
    folder: Path
    log: Path
    patience_s: float = 10.0
    """How long it may take to end by itself."""

    @property
    def record(self) -> Path:
        """Where its process is remembered."""
        return self.folder / f"{self.name}.json"

    def start(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        """Start it; what an earlier one left behind is ended first."""
        self.stop()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            subprocess.Popen(
                command, env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, preexec_fn=self._remember
            )

    def _remember(self) -> None:
        """In the new process, before it becomes the program."""
        self.record.write_text(json.dumps(Kept(os.getpid(), _started(os.getpid()), _boot())))

    def leader(self) -> psutil.Process | None:
        """Its first process while that one lives."""
        kept = self._kept()
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(kept.pid) if kept else None
            if process and kept and _started(kept.pid) == kept.started and process.status() != psutil.STATUS_ZOMBIE:
                return process
        return None

    def check(self) -> None:
        """Raises: `ProgramEnded` with its last words when it no longer runs."""
        if self.leader() is None:
            raise ProgramEnded(self.name, str(self.log), self._last_words())

    def ask_to_stop(self) -> None:
        """Let it finish what it is at."""
        if leader := self.leader():
            with suppress(psutil.NoSuchProcess):
                leader.terminate()

    def stop(self) -> None:
        """End it and everything it started; what does not end in time is killed, which by design leaves nothing half done."""
        self.ask_to_stop()
        deadline = time.monotonic() + self.patience_s
        while self.leader() and time.monotonic() < deadline:
            time.sleep(0.05)
            self._reap()
        for process in self._session():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._reap()
        self.record.unlink(missing_ok=True)

    def _session(self) -> Iterator[psutil.Process]:
        kept = self._kept()
        with suppress(psutil.NoSuchProcess):
            if kept and _started(kept.pid) != kept.started:
                return  # its number leads a session of somebody else's by now; it was not given away while anything of ours lived
        for process in psutil.process_iter() if kept else ():
            with suppress(ProcessLookupError):
                if kept and os.getsid(process.pid) == kept.pid:
                    yield process

    def _kept(self) -> Kept | None:
        """What was remembered, unless the machine was started anew since."""
        with suppress(FileNotFoundError, ValueError, TypeError):
            kept = Kept(*json.loads(self.record.read_text()))
            return kept if kept.boot == _boot() else None
        return None

    def _reap(self) -> None:
        """If we are its parent, let a dead one go."""
        if kept := self._kept():
            with suppress(ChildProcessError):
                os.waitpid(kept.pid, os.WNOHANG)

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return " | ".join(line.strip() for line in lines[-3:] if line.strip()) or "tanpa pesan"


def _started(pid: int) -> float:
    """When a process started. On Linux in ticks since the machine did: what psutil makes of them moves whenever the clock is set.

    Raises: `psutil.NoSuchProcess`.
    """
    stat = Path(f"/proc/{pid}/stat")
    try:
        return float(stat.read_text().rpartition(")")[2].split()[STARTED])
    except (FileNotFoundError, ProcessLookupError):
        return psutil.Process(pid).create_time()


def _boot() -> str:
    return BOOT.read_text().strip() if BOOT.exists() else ""
