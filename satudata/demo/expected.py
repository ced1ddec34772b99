"""What the sample city must come to (`samples/expected.yml`), spelled out per source.

Written by hand from what the city's sites show; the product reads it and never writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

COUNTS = ("read", "fetched", "accepted", "unchanged", "quarantined", "waiting", "closed", "rejected")
Source = tuple[str, str]
"""Dataset and publisher ('' where a dataset has only one)."""


@dataclass(frozen=True)
class Result:
    """What a source comes to on one day, as expected or as found in `ops`."""

    fetch: str
    """new | unchanged | failed | absent"""
    state: str | None
    """The verdict that stands."""
    judged: bool
    """Whether a batch was judged on this day; the counts are its counts."""
    counts: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None


def expected_day(path: Path, day: int, publishers: Mapping[str, tuple[str, ...]]) -> dict[Source, Result]:
    """What a day must come to; ``publishers``: those of each dataset that has several. Raises: KeyError for an unknown key."""
    written = yaml.load(path.read_text(), yaml.CBaseLoader)["days"][str(day)]
    found: dict[Source, Result] = {}
    for dataset, text in written.items():
        for penerbit in publishers[dataset] if "each" in text else ("",):
            found[dataset, penerbit] = _result(text.get("but", {}).get(penerbit) or text.get("each") or text)
    return found


def expected_again(path: Path, last_day: Mapping[Source, Result]) -> dict[Source, Result]:
    """What the last day must come to when it is played once more: nothing is judged, and the verdicts stand."""
    written = yaml.load(path.read_text(), yaml.CBaseLoader)["again"]
    return {source: _again(written["but"].get(source[0], written), result) for source, result in last_day.items()}


def publishers_told(path: Path, day: int) -> dict[str, int]:
    """How many publishers the file says a dataset has."""
    written = yaml.load(path.read_text(), yaml.CBaseLoader)["days"][str(day)]
    return {dataset: int(text["publishers"]) for dataset, text in written.items() if "publishers" in text}


def expected_pins(path: Path, day: int) -> dict[str, tuple[str, ...]]:
    """Dataset -> why it is kept back after the release of a day, by the kinds of its pins; what is missing here is published whole."""
    written = yaml.load(path.read_text(), yaml.CBaseLoader)["kept_back"][str(day)]
    return {dataset: tuple(kinds) for dataset, kinds in written.items()}


def _result(text: Mapping[str, Any]) -> Result:
    counts = {name: int(text.get(name, 0)) for name in COUNTS}
    dropped = {why: int(rows) for why, rows in text.get("dropped", {}).items()}
    return Result(text["fetch"], text.get("state"), text.get("batch") != "none", counts, dropped, text.get("error"))


def _again(written: Mapping[str, Any], last: Result) -> Result:
    """What is absent stays absent, what is down stays down; an unchanged source repeats its verdict, also a bad one."""
    fetch = last.fetch if last.fetch == "absent" else written["fetch"]
    error = written.get("error") if fetch == "failed" else last.error
    return Result(fetch, last.state, False, dict.fromkeys(COUNTS, 0), {}, error)
