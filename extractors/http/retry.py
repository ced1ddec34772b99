"""When it is right to ask again, and how long to wait first.

Only what passes by itself is asked again: 429, 5xx, a broken connection. A site that names a time is obeyed, and where that time is too
long for a waiting task the failure stands and the next run asks.
"""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime

from contracts import clock
from contracts.errors import SatudataError

ATTEMPTS = 3
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0


class Again(Exception):  # noqa: N818 - a message inside the client, never a failure of its own
    """`error` may pass; `wait_s` is what the site asked for, None where it did not say."""

    def __init__(self, error: SatudataError, wait_s: float | None = None) -> None:
        super().__init__(error)
        self.error, self.wait_s = error, wait_s


def wait_before(attempt: int, asked_s: float | None) -> float | None:
    """Seconds before attempt number `attempt` (from 2): doubled each time, or what the site asked; None = do not ask again."""
    if attempt > ATTEMPTS:
        return None
    wait_s = FIRST_WAIT_S * 2 ** (attempt - 2) if asked_s is None else asked_s
    return wait_s if wait_s <= LONGEST_WAIT_S else None


def is_passing(status: int) -> bool:
    """Whether a status may be another one in a moment (RFC 6585 4, RFC 9110 15.6)."""
    return status == 429 or 500 <= status <= 599


def retry_after_s(header: str | None) -> float | None:
    """Seconds that ``Retry-After`` asks for, given as a number or a date (RFC 9110 10.2.3); None where it says nothing readable."""
    text = (header or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - clock.now()).total_seconds())
