"""`satudata conflict minutes`: the berita acara rekonsiliasi of a week, as a workbook to work in and a PDF to sign.

Numbered by pemda and week, and the same bytes whenever it is printed: it holds no time of its own making.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contracts import clock
from contracts.errors import WrongUsage
from contracts.registry import load_registry
from contracts.settings import settings
from satudata.session import warehouse
from warehouse.minutes import pemda_with_conflicts, week_of

WEEK = re.compile(r"^(\d{4})-?W(\d{2})$")
CLOCKS = {7: "WIB", 8: "WITA", 9: "WIT"}


@dataclass(frozen=True)
class Pair:
    """Two agencies and what they differ on."""

    first: str
    second: str
    cases: list[dict[str, Any]]


@dataclass(frozen=True)
class Minutes:
    """The minutes of one pemda and week."""

    number: str
    pemda: str
    pemda_nama: str
    walidata: str
    first: date
    last: date
    zone: str
    pairs: list[Pair]
    decided: list[dict[str, Any]]
    ended: list[dict[str, Any]]

    @property
    def escalated(self) -> list[dict[str, Any]]:
        """Past their deadline, the longest first; one row per conflict."""
        late = {case["conflict_id"]: case for pair in self.pairs for case in pair.cases if case["tingkat"] != "produsen"}
        return sorted(late.values(), key=lambda case: (case["tenggat"], case["conflict_id"]))

    def source(self, case: Mapping[str, Any], side: str) -> str:
        """Where a figure comes from, when it was fetched, on the pemda's clock, and what stands there if it is in another unit."""
        here = case[f"diambil_{side}"].astimezone(ZoneInfo(self.zone))
        offset = here.utcoffset() or timedelta()
        fetched = f"diambil {here:%d-%m-%Y %H.%M} {CLOCKS.get(int(offset.total_seconds() // 3600), '')}".strip()
        return ", ".join(filter(None, [case[f"dataset_{side}"], case[f"tercatat_{side}"], fetched]))


@dataclass(frozen=True)
class Written:
    """Minutes as files."""

    number: str
    pemda: str
    conflicts: int
    files: tuple[Path, ...]


def write_minutes(week: str | None = None, pemda: str | None = None, out: Path | None = None) -> list[Written]:
    """Write `<pemda>_<week>.xlsx` and `.pdf` for each pemda (or one) that had conflicts then; by default this week's.

    Raises: `WrongUsage` for what is no ISO week, or a pemda that never had a conflict.
    """
    first = _monday(week)
    folder = out or settings().home / "berita_acara"
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(one, folder) for one in _gathered(first, pemda) if one.pairs or one.decided or one.ended]


def _write(minutes: Minutes, folder: Path) -> Written:
    from satudata.conflicts.minutes_pdf import write_pdf
    from satudata.conflicts.minutes_xlsx import write_workbook

    name = minutes.number.removeprefix("BA-REK/").replace("/", "_")
    files = folder / f"{name}.xlsx", folder / f"{name}.pdf"
    write_workbook(minutes, files[0])
    write_pdf(minutes, files[1])
    return Written(minutes.number, minutes.pemda, len({case["conflict_id"] for pair in minutes.pairs for case in pair.cases}), files)


def _gathered(first: date, pemda: str | None) -> list[Minutes]:
    zones = {one.kode: one.timezone for one in load_registry().pemda.values()}
    year, number, _ = first.isocalendar()
    last = first + timedelta(days=6)
    with warehouse() as conn:
        known = pemda_with_conflicts(conn)
        if pemda is not None and pemda not in {code for code, *_ in known}:
            raise WrongUsage(f"Pemda `{pemda}` tidak punya konflik", f"Yang punya: {', '.join(code for code, *_ in known) or 'belum ada'}")
        found = []
        for code, nama, walidata in known:
            if pemda in (None, code):
                cases, decided, ended = week_of(conn, code, first, last)
                zone = zones.get(code, settings().zone)
                called = f"BA-REK/{code}/{year}-W{number:02}"
                found.append(Minutes(called, code, nama, walidata, first, last, zone, _pairs(cases), decided, ended))
    return found


def _pairs(cases: list[dict[str, Any]]) -> list[Pair]:
    grouped = [list(those) for _, those in groupby(cases, key=lambda case: (case["a"], case["b"]))]
    return [Pair(those[0]["opd_a"], those[0]["opd_b"], those) for those in grouped]


def _monday(week: str | None) -> date:
    if week is None:
        today = clock.today()
        return today - timedelta(days=today.weekday())
    match = WEEK.match(week.strip())
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else _no_week(week)
    except ValueError:
        return _no_week(week)


def _no_week(week: str) -> date:
    raise WrongUsage(f"`{week}` bukan minggu", "Tulis tahun dan minggu ISO, misalnya 2026-W22")
