"""One request at a time per host, with a pause between two, for all processes of this machine.

A file per host under the home is both the queue (its lock) and the memory of when the host may be asked next. A process that dies frees its
lock; nothing has to be cleaned up.
"""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.http.redirects import origin

LONGEST_PAUSE_S = 60.0
"""No pause is longer, whatever the file says: the machine's clock may have been set back."""


def host_name(url: str) -> str:
    """The host (and the port, where it is not the usual one) as a file name. Raises: `UnsafeUrl`."""
    scheme, host, port = origin(url)
    name = host if (scheme, port) in (("http", 80), ("https", 443)) else f"{host}_{port}"
    return re.sub(r"[^a-z0-9._-]", "_", name)[:200]


class Turns:
    """The queues before all hosts."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    @contextmanager
    def turn(self, url: str, delay_s: float) -> Iterator[None]:
        """Wait until it is our turn at the host of `url`; the next one may start `delay_s` after the block ends."""
        with self._locked(url) as handle:
            time.sleep(max(0.0, min(_not_before(handle) - time.time(), LONGEST_PAUSE_S)))
            try:
                yield
            finally:
                if delay_s > 0:
                    _write(handle, time.time() + delay_s)

    def hold(self, url: str, wait_s: float) -> None:
        """Nobody asks this host for `wait_s` seconds."""
        with self._locked(url) as handle:
            _write(handle, max(_not_before(handle), time.time() + wait_s))

    @contextmanager
    def _locked(self, url: str) -> Iterator[int]:
        handle = os.open(self._folder / f"{host_name(url)}.turn", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
        finally:
            os.close(handle)


def _not_before(handle: int) -> float:
    """Seconds since the epoch; 0 where nothing (readable) was written."""
    try:
        return float(os.pread(handle, 32, 0))
    except ValueError:
        return 0.0


def _write(handle: int, not_before: float) -> None:
    os.pwrite(handle, f"{not_before:<32.3f}".encode()[:32], 0)
