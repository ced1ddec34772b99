"""Large registries made of the sample city's own contracts, so that a parse is measured on contracts as people write them."""

from __future__ import annotations

import shutil
from itertools import count, cycle, islice
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "sources"
SHARED = ("concepts", "references")


def start_registry(root: Path, pemda: str | None = None) -> None:
    """An empty registry with concepts and references, and one pemda where named."""
    for part in SHARED:
        shutil.copytree(SOURCES / part, root / part)
    for name in [pemda] if pemda else []:
        (root / name).mkdir()
        shutil.copy(SOURCES / name / "pemda.yml", root / name / "pemda.yml")


def copied_registry(root: Path, contracts: int, agencies: int) -> Path:
    """A registry of so many contracts over so many agencies, each agency in the pemda its contracts were written for."""
    start_registry(root)
    pemda = sorted(path.parent for path in SOURCES.glob("*/pemda.yml"))
    folders = [(one, f"opd{number:03d}") for number, one in zip(range(agencies), cycle(pemda), strict=False)]
    texts = {one: cycle(sorted(path.read_text() for path in one.glob("*/*.yml"))) for one in pemda}
    for (one, agency), number in islice(zip(cycle(folders), count()), contracts):
        folder = root / one.name / agency
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"d{number:04d}.yml").write_text(next(texts[one]))
    for one in pemda:
        shutil.copy(one / "pemda.yml", root / one.name / "pemda.yml")
    return root
