"""The real files, which lie beside the repository and are no part of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from bench.quality.replay import Series

MEASURED_ONLY = Path(__file__).with_name("measured_only.txt")


def shared() -> Path:
    """Their folder (SATUDATA_SHARED, else ../shared beside the repository)."""
    return Path(os.environ.get("SATUDATA_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "data"


def published(series: Series) -> bytes:
    """The bytes of a series; a folder of files becomes a JSON list of them."""
    path = shared() / series.file
    if path.is_dir():
        return json.dumps([json.loads(one.read_text()) for one in sorted(path.iterdir())]).encode()
    return path.read_bytes()


def measured_only() -> set[str]:
    """Names of the files that nobody opens while rules are chosen."""
    return {line for line in MEASURED_ONLY.read_text().splitlines() if line and not line.startswith("#")}
