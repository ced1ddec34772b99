"""Where benchmarks leave their figures: bench/results/<name>.json, one object."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).with_suffix("")


def record(name: str, **figures: float) -> Path:
    """Write figures of one benchmark beside those that another part of it left there; return the file."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(known | figures, indent=2) + "\n")
    return path
