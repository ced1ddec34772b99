"""Whether a page came where data was asked for: the apology with status 200, the login form, the warning of a firewall.

A page is data where it holds a table, whatever it is called (agencies' .xls are often pages); for an API no page is.
"""

from __future__ import annotations

import html
import re
from enum import Enum
from itertools import islice
from pathlib import Path

from extractors.sniff import HEAD_BYTES, SniffedType

LOOKED_AT_BYTES = 8 * 1024 * 1024
_TITLE = re.compile(rb"<(title|h1|h2|h3)\b[^>]{0,500}>(.{0,500}?)</\1", re.IGNORECASE | re.DOTALL)
_TABLE = re.compile(rb"<table\b", re.IGNORECASE)
_CELLS = re.compile(rb"<t[dh]\b", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_APOLOGY = re.compile(
    r"^\W*(error\W*)?(40[0134]|50[0234])\b|not found|tidak ditemukan|forbidden|access denied|unauthorized|bad gateway|internal server error"
    r"|service unavailable|just a moment|attention required",
    re.IGNORECASE,
)
"""Titles that no table of an agency bears; words such as perbaikan or masuk do stand in some."""
NO_TITLE = "halaman tanpa judul dan tanpa tabel"


class Expected(Enum):
    """What a page may be for this kind of source."""

    DATA = "a file, which may be a page with a table"
    API = "an answer of an API, which is never a page"
    ANYTHING = "whatever somebody put down; nobody served it"


def error_title(path: Path, sniffed_type: SniffedType, expected: Expected) -> str | None:
    """The title of the page of apology that these bytes are; None when they are not one."""
    if sniffed_type != "html" or expected is Expected.ANYTHING:
        return None
    with path.open("rb") as stream:
        page = stream.read(LOOKED_AT_BYTES)
    title = _title(page)
    if expected is Expected.DATA and _has_table(page) and not _APOLOGY.search(title):
        return None
    return title or NO_TITLE


def _has_table(page: bytes) -> bool:
    """A table of at least two cells: the frame of a layout, or an empty one that a script fills later, has none."""
    return bool(_TABLE.search(page)) and len(list(islice(_CELLS.finditer(page), 2))) == 2


def _title(page: bytes) -> str:
    """The first title or heading with a text in it."""
    for match in _TITLE.finditer(page, 0, HEAD_BYTES):
        text = " ".join(html.unescape(_TAG.sub(" ", match[2].decode("utf-8", errors="replace"))).split())
        if text:
            return text[:120]
    return ""
