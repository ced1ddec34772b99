"""Where benchmarks leave their figures: bench/results/<name>.json, one object of the last run."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).with_suffix("")


def record(name: str, **figures: float) -> Path:
    """Write the figures of one benchmark; return the file."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(figures, indent=2) + "\n")
    return path
