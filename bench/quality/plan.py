"""Which damage is done to which file: every kind and variant a file can suffer, in up to four doses, with dice named by the commit."""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.corruption.case import Case
from bench.corruption.document import NotApplicable
from bench.corruption.kinds import KINDS, Kind
from bench.quality.replay import Series, Slice

DOSES = {"satu sel": 0.0, "0,1 %": 0.001, "1 %": 0.01, "10 %": 0.1}


@dataclass(frozen=True)
class Damaged:
    """One damaged file."""

    kind: Kind
    variant: str
    dose: str
    data: bytes
    places: tuple[str, ...]
    """Where hurt rows stand; empty where the whole file is hurt."""
    positions: tuple[int, ...] = ()
    """The same rows, counted from 0 below the header."""


def commit() -> str:
    """The commit that names the dice."""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "0"


def dice(*names: str) -> random.Random:
    """Dice that fall the same way for the same names."""
    return random.Random(hashlib.sha256("|".join(names).encode()).digest())


def damaged(
    series: Series, many: Slice, single: Slice, before: Slice | None, seed: str, kinds: tuple[Kind, ...] = KINDS
) -> Iterator[Damaged]:
    """Every damage a file can suffer: rows of the long one, all of the ordinary one. Doses that come to as many rows as a smaller one are left out."""
    for kind in kinds:
        one = many if kind.rows else single
        for variant, change in (kind.bytes_variants or {}).items():
            data = change(one.data, dice(seed, series.name, kind.name, variant))
            if data != one.data:
                yield Damaged(kind, variant, "berkas", data, ())
        for variant in kind.variants or {}:
            for dose, count in _doses(series, one) if kind.rows else [("berkas", 1)]:
                try:
                    yield _hurt(series, one, before, kind, variant, dose, count, dice(seed, series.name, kind.name, variant, dose))
                except NotApplicable:
                    break


def _doses(series: Series, one: Slice) -> list[tuple[str, int]]:
    rows = sum(not row.fixed for row in series.opened(one.data).rows)
    counts: dict[int, str] = {}
    for dose, share in DOSES.items():
        counts.setdefault(max(1, round(share * rows)), dose)
    return [(dose, count) for count, dose in counts.items()]


def _hurt(series: Series, one: Slice, before: Slice | None, kind: Kind, variant: str, dose: str, count: int, rng: random.Random) -> Damaged:
    document = series.opened(one.data)
    previous = series.opened(before.data) if before else None
    assert kind.variants
    kind.variants[variant](Case(document, series.roles(document), rng, count, previous))
    data, places = document.render()
    if kind.rows and not places or data == one.data:
        raise NotApplicable("nothing was hurt")
    positions = tuple(number for number, row in enumerate(document.rows) if row.damaged)
    return Damaged(kind, variant, dose, data, tuple(places) if kind.rows else (), positions)
