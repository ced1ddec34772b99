"""Starts `satudata` commands in a tenth of a second: one process imports everything, each command is a fork of it.

A fork is a process of its own with its own pid, so a test can kill it from outside at any moment, as often as it likes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any


class Zygote:
    """`start` begins a command and gives its pid; `wait` gives its exit code (negative: the signal)."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        """Most memory the last command held, with all that it inherited from the process it is a fork of."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.servers.zygote"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, arguments: list[str], environment: dict[str, str], log: str) -> int:
        self.process.stdin.write(json.dumps({"arguments": arguments, "environment": environment, "log": log}) + "\n")
        self.process.stdin.flush()
        return self._answer()["pid"]

    def wait(self) -> int:
        answer = self._answer()
        self.peak_mb = answer["peak_mb"]
        return answer["exit"]

    def run(self, arguments: list[str], environment: dict[str, str], log: str) -> int:
        self.start(arguments, environment, log)
        return self.wait()

    def _answer(self) -> dict[str, Any]:
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)


def _serve() -> None:
    import satudata.commands.run
    import satudata.extract
    import satudata.load  # noqa: F401 - imported once here, so that no fork has to
    from expectations.judge import preload

    preload()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(order)
        print(json.dumps({"pid": child}), flush=True)
        _, status, usage = os.wait4(child, 0)
        print(json.dumps({"exit": os.waitstatus_to_exitcode(status), "peak_mb": usage.ru_maxrss / 1024}), flush=True)


def _become(order: dict[str, Any]) -> None:
    from satudata.cli import main

    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(order["environment"])
    sys.argv = ["satudata", *order["arguments"]]
    code = 1
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
