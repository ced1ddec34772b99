"""Moments as the clock on the reader's wall shows them, with the name of the zone: two screens that tell of one fetch tell one time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.settings import settings


def local(moment: datetime | str | None) -> str:
    """A moment (or its ISO text) in the zone of the installation (SATUDATA_ZONE): 2026-06-01 07:30 WIB; - where there is none."""
    if not moment:
        return "-"
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(ZoneInfo(settings().zone)).strftime("%Y-%m-%d %H:%M %Z")
