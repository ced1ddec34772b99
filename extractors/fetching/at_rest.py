"""Is a file that somebody puts down whole by now? A copy that is under way can be read to its end, which is then not the file's.

Whoever copies a file writes to it all the time, so one that was written to a moment ago is looked at once more after a while.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from contracts.errors import StillBeingWritten

QUIET_S = 3.0
"""For so long nobody may have written to a file; longer than the steps of time of the coarsest file systems."""


def wait_for_rest(paths: Sequence[Path]) -> None:
    """Return once nobody has written to these files for a while; at once where that is so already. Raises: `StillBeingWritten`.

    A time that is yet to come says nothing of when the file was written, and is not waited for.
    """
    now = time.time()
    fresh = {path: now - written(path)[1] / 1e9 for path in paths}
    fresh = {path: age for path, age in fresh.items() if 0 <= age < QUIET_S}
    if not fresh:
        return
    before = {path: written(path) for path in fresh}
    time.sleep(QUIET_S - min(fresh.values()))
    for path in fresh:
        unchanged(path, before[path])


def written(path: Path) -> tuple[int, int]:
    """Size and time of a file; of one that is gone, as a copy under another name is once it is whole, nothing."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return now.st_size, now.st_mtime_ns


def unchanged(path: Path, before: tuple[int, int]) -> None:
    """Raises `StillBeingWritten` where a file is not what it was (`written`)."""
    now = written(path)
    if now != before:
        raise StillBeingWritten(path.absolute().as_uri(), path.name, before[0], now[0])
