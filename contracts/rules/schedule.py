"""When a source is asked and how long it may stay silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from contracts.cron import cron_problem
from contracts.durations import duration
from contracts.explain import Flaw
from contracts.models.contract import Contract


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Unreadable schedules and spans of time."""
    if contract.schedule is not None and (problem := cron_problem(contract.schedule)):
        yield Flaw(("schedule",), problem, 'menit jam tanggal bulan hari, misalnya "0 7 * * *" (setiap hari pukul 7)')
    if contract.freshness is not None:
        yield from _freshness(contract.freshness.warn_after, contract.freshness.error_after)


def _freshness(warn_after: str | None, error_after: str | None) -> Iterator[Flaw]:
    spans: list[timedelta] = []
    if warn_after is None and error_after is None:
        yield Flaw(("freshness",), "tidak menyebut batas waktu", "`warn_after: 2d` atau `error_after: 7d`")
    for key, text in (("warn_after", warn_after), ("error_after", error_after)):
        if text is None:
            continue
        try:
            spans.append(duration(text))
        except ValueError as error:
            yield Flaw(("freshness", key), str(error), "angka dengan h (jam), d (hari), atau w (minggu), misalnya 2d")
    if len(spans) == 2 and spans[0] > spans[1]:
        yield Flaw(("freshness", "warn_after"), "peringatan datang setelah kesalahan", "warn_after lebih pendek daripada error_after")
