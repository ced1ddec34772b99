"""What kind of text a file is: table, page, JSON, XML, or none at all (binary, nothing)."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_JSON = re.compile(r"""\{\s*("|\}|$)|\[\s*(["{\[\]]|-?\d|true\b|false\b|null\b|$)""")
_PROLOGUE = re.compile(r"(?:\s+|<\?xml[^>]*\?>|<!--.*?-->)*", re.DOTALL)
_ELEMENTS = [
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "span", "center", "font", "h[1-6]", "p", "br", "b", "table",
    "thead", "tbody", "tr", "form",
]  # fmt: skip
_HTML = re.compile(rf"<(?:!doctype\s+html|{'|'.join(_ELEMENTS)})\b", re.IGNORECASE)
_TAG = re.compile(r"<[!?]?[A-Za-z_]")
_NEWLINE = re.compile(r"\r\n|\n|\r")
DELIMITERS = ",;\t|"


def text_type(head: bytes, *, is_whole: bool) -> str:
    """csv | html | json | xml | text | binary | empty, of the first bytes of a file; `is_whole` when they are all of it."""
    text = decoded(head)
    if text is None:
        return "binary"
    bare = text.strip("\ufeff \t\r\n\x0b\x0c\x1a\xa0")
    if not bare:
        return "empty" if is_whole else "text"
    if _JSON.match(bare):
        return "json"
    return _markup_type(bare) or ("csv" if is_delimited(text, is_whole=is_whole) else "text")


def decoded(head: bytes) -> str | None:
    """The first bytes as text for looking at, or None when they are not text in any encoding agencies use."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, errors="ignore")
    if b"\0" in head:
        return _utf16_without_bom(head)
    text = head.decode("cp1252", errors="replace")
    return text if len(_CONTROL.findall(text)) <= len(text) // 100 else None


def _utf16_without_bom(head: bytes) -> str | None:
    """Latin text in UTF-16 has a NUL at every second byte, all on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if max(even, odd) < 0.6 * half or min(even, odd) > 0.05 * half:
        return None
    return head.decode("utf-16-le" if odd > even else "utf-16-be", errors="ignore")


def _markup_type(bare: str) -> str | None:
    start = bare[_prologue_end(bare) :]
    if _HTML.match(start):
        return "html"
    return "xml" if bare.startswith("<?xml") or _TAG.match(start) else None


def _prologue_end(bare: str) -> int:
    prologue = _PROLOGUE.match(bare)
    return prologue.end() if prologue else 0


def is_delimited(text: str, *, is_whole: bool) -> bool:
    """Whether some delimiter cuts at least two lines (or the only one) into cells; a title line above does not hide the table."""
    lines = [line for line in _NEWLINE.split(text) if line.strip()]
    if not is_whole and len(lines) > 1:
        lines.pop()  # cut in the middle by the size of the head
    return any(sum(delimiter in line for line in lines) >= min(2, len(lines)) for delimiter in DELIMITERS)
