"""The archived bytes of one request, as the parser sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class SourceFile:
    """One file or page of a batch; the bytes lie at ``path`` under any name, ``file_name`` is what the publisher calls them."""

    path: Path
    file_name: str
    url: str = ""
    halaman: int = 0
    """Number of the page in a paged source, from 1; 0 when the source is one file."""
    fetched_at: datetime | None = None
