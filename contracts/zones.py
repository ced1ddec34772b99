"""Which time zones there are: a pemda's, and the one of an installation, must be one of them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

EXAMPLES = "Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura"


def is_zone(name: str) -> bool:
    """Whether this machine knows the zone."""
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):  # the three ways in which zoneinfo says "no such zone"
        return False
