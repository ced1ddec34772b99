"""What belongs to the repository, for the tests that keep its house rules."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("contracts", "warehouse", "extractors", "expectations", "satudata", "dags")


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Every file of the repository, also one not committed yet, by its ending."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / line for line in listed.splitlines())
    return tuple(path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes))


def product_modules() -> list[Path]:
    """The Python of the product itself."""
    return [path for path in files(".py") if path.relative_to(ROOT).parts[0] in (*FLOORS, "samples", "portal")]


def named(path: Path) -> str:
    """The path as a reader of a failed test wants it."""
    return str(path.relative_to(ROOT))
