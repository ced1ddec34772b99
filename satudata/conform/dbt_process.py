"""The process in which dbt runs: `python -m satudata.conform.dbt_process <arguments of dbt>`.

dbt must not outlive the transform that started it: after a kill -9 nobody would be left to stop it from building into the tables of
the next one. So it watches its parent.
"""

from __future__ import annotations

import os
import sys
import threading
import time

GLANCE_S = 0.5


def main() -> None:
    """Run dbt in this process until it ends, or until its parent has."""
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    from dbt.cli.main import cli  # dbt takes seconds to import: only this process pays

    cli(sys.argv[1:], prog_name="dbt")


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(GLANCE_S)
    os._exit(1)


if __name__ == "__main__":
    main()
