"""Text from a file of an agency as a letter may carry it: one line, nothing invisible, nothing that a mail program makes a link of."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

MOST = 400
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
_LINK = re.compile(r"://|\bwww\.|\bmailto:", re.IGNORECASE)


def plain(text: object, most: int = MOST) -> str:
    """At most so many characters; control and direction characters are spaces, addresses of pages are not clickable."""
    visible = "".join(" " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else letter for letter in str(text or ""))
    line = _LINK.sub(lambda found: found[0].replace(":", "[:]").replace(".", "[.]"), " ".join(visible.split()))
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def spoken(day: date) -> str:
    """2026-06-25 -> 25 Juni 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
