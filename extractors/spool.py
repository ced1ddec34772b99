"""Where bytes wait while they arrive: a temporary file that is hashed as it is written.

Nobody knows the address of content before its last byte, so it cannot be written in place. A process that is killed leaves its file behind,
unlocked; the next one sweeps it away.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from contracts.errors import TooLarge

PREFIX = "masuk-"
ABANDONED_AFTER_S = 3600.0
"""A file is locked an instant after it was made: only an older one without a lock has lost its writer."""


@dataclass(frozen=True)
class Spooled:
    """Complete bytes in a temporary file, on the way to their place."""

    path: Path
    sha256: str
    bytes: int


@contextmanager
def spooled(chunks: Iterable[bytes], folder: Path, max_bytes: int, url: str = "") -> Iterator[Spooled]:
    """Write `chunks` to a file in `folder` that is gone when the block ends, unless it was moved.

    Raises: `TooLarge` beyond `max_bytes` (`url` is what it speaks of), and whatever `chunks` raises; nothing is left then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=PREFIX)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            digest, size = _written(chunks, stream, max_bytes, url)
            stream.flush()
            yield Spooled(path, digest, size)
    finally:
        path.unlink(missing_ok=True)


def _written(chunks: Iterable[bytes], stream: BinaryIO, max_bytes: int, url: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge(url, max_bytes)
        digest.update(chunk)
        stream.write(chunk)
    return digest.hexdigest(), size


def sweep(folder: Path) -> None:
    """Remove what killed processes left in `folder`."""
    for path in folder.glob(f"{PREFIX}*"):
        with suppress(OSError), path.open("rb") as stream:
            if time.time() - path.stat().st_mtime > ABANDONED_AFTER_S:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
