"""The two acts: files replayed in the order of time, each judged on what came before; then damaged files, each on a copy of that history."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corruption.document import Document
from bench.corruption.kinds import KINDS
from bench.quality import baseline
from bench.quality.arena import EMPTY, Arena, Found
from bench.quality.plan import Damaged, damaged
from bench.quality.published import published
from bench.quality.replay import Series, Slice, joined
from bench.quality.series import SERIES
from bench.quality.trial import Clean, Trial, judge_clean, judge_damage
from bench.quality.truth import is_wrong_as_a_whole, places_of_errors

NOTHING = Found("unchanged", None, None, (), (), ())


@dataclass(frozen=True)
class Play:
    """How much of it all: everything, or a quick look."""

    home: Path
    seed: str
    quick: bool = False

    def slices(self, series: Series) -> list[Slice]:
        """The files that are replayed, in the order of time."""
        found = list(series.slices(published(series)))[: series.most]
        return found[: 6 + series.joined] if self.quick else found

    def scene(self, series: Series, first: bool) -> tuple[Slice, Slice, Slice | None, int]:
        """The long file whose rows are hurt, the ordinary one that is hurt as a whole, the one before it, and how many were replayed before.

        A single file is published once more.
        """
        slices, many = self.slices(series), series.joined
        if first:
            return joined(series, slices[:many]), slices[0], None, 0
        if len(slices) == 1:
            return slices[0], slices[0], None, 1
        at = len(slices) - many
        return joined(series, slices[at:]), slices[at], slices[at - 1], at


@dataclass(frozen=True)
class Act:
    """A portion of the damage, as much as one worker takes at a time."""

    play: Play
    series: str
    first: bool
    kinds: tuple[str, ...]


def series_of(name: str) -> Series:
    """A series by name."""
    return next(one for one in SERIES if one.name == name)


def history(name: str) -> str:
    """The database that holds what came before the damaged file of a series."""
    return f"mutu_riwayat_{name}"


def replay(play: Play, name: str) -> list[Clean]:
    """Play a series through the product; leaves `history(name)`."""
    series, arena = series_of(name), Arena(play.home)
    slices, at = play.slices(series), play.scene(series, False)[3]
    live = f"mutu_hidup_{os.getpid()}"
    arena.create(live)
    known, found = _profile(series, slices[0]), []
    with arena.registry(series, str(os.getpid())) as file:
        for number, one in enumerate(slices):
            if number == at:
                arena.create(history(name), live)
            seen, peer = arena.run(series, live, file, one.data, one.day), _peer(series, known, one.data)
            found.append(
                judge_clean(
                    series, one.day.isoformat(), seen, places_of_errors(series, one), peer, number == 0, is_wrong_as_a_whole(series, one)
                )
            )
    if at >= len(slices):
        arena.create(history(name), live)
    arena.drop(live)
    return found


def perform(act: Act) -> list[Trial]:
    """Damage a file in every way of this act, and run each."""
    return list(_trials(act))


def _trials(act: Act) -> Iterator[Trial]:
    series, arena = series_of(act.series), Arena(act.play.home)
    many, single, before, _ = act.play.scene(series, act.first)
    before_it, copy = EMPTY if act.first else history(series.name), f"mutu_salinan_{os.getpid()}"
    known = _profile(series, act.play.slices(series)[0])
    errors = {kind: places_of_errors(series, one) for kind, one in ((True, many), (False, single))}

    with arena.registry(series, str(os.getpid())) as file:

        def ran(data: bytes) -> Found:
            arena.create(copy, before_it)
            return arena.run(series, copy, file, data, many.day)

        control = {True: ran(many.data), False: ran(single.data)}
        for each in _doses(
            act, damaged(series, many, single, before, act.play.seed, tuple(kind for kind in KINDS if kind.name in act.kinds))
        ):
            yield judge_damage(
                series, each, ran(each.data), control[each.kind.rows], errors[each.kind.rows], _peer(series, known, each.data), act.first
            )
    arena.drop(copy)


def _doses(act: Act, found: Iterator[Damaged]) -> Iterator[Damaged]:
    """Of first files, and in a quick look, only the largest dose."""
    largest: dict[tuple[str, str], Damaged] = {}
    for each in found:
        if act.first or act.play.quick:
            largest[each.kind.name, each.variant] = each
        else:
            yield each
    yield from largest.values()


def _profile(series: Series, one: Slice) -> baseline.Profile:
    document = series.opened(one.data)
    return baseline.profile(document, series.roles(document))


def _peer(series: Series, known: baseline.Profile, data: bytes) -> baseline.Alarm:
    return baseline.alarm(known, _taken_apart(series, data), series.name == "harga_mingguan")


def _taken_apart(series: Series, data: bytes) -> Document | None:
    try:
        return series.opened(data)
    except Exception:  # whatever a damaged file does to a reader, it is not read
        return None


def acts(play: Play, series: Sequence[Series]) -> list[Act]:
    """All damage in portions, the large ones first."""
    names = [kind.name for kind in KINDS]
    portions = [tuple(names[start::5]) for start in range(5)]
    hurt = [one for one in series if one.hurt]
    later = [Act(play, one.name, False, portion) for one in hurt for portion in portions]
    return later + [Act(play, one.name, True, tuple(names)) for one in hurt if one.name not in NOT_AS_FIRST]


NOT_AS_FIRST = {
    "pos_pemadam", "penduduk_2019", "penduduk_2021", "pencemaran_air", "penduduk_miskin_2023", "produsen_harian", "harga_daerah",
    "harga_mingguan", "penduduk_jenis_kelamin", "produsen_mingguan",
}  # fmt: skip
"""Single files are damaged after themselves already; the others are like one that is damaged as a first file."""
