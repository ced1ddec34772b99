"""What a publisher calls a file: the name it gives in Content-Disposition, else the end of the address."""

from __future__ import annotations

import re
from email.message import Message
from urllib.parse import unquote, urlsplit

_EXTENDED = re.compile(r"\bfilename\*\s*=\s*\"?(utf-8|iso-8859-1)'[^']*'([^;\"]+)", re.IGNORECASE)
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f\ufffd]")


def published_name(disposition: str | None, url: str) -> str:
    """The bare name (no folders, nothing that cannot be shown), at most 255 characters; the host where there is none at all."""
    parts = urlsplit(url)
    for name in (_attached(disposition), unquote(parts.path).rstrip("/")):
        bare = _UNSHOWABLE.sub("", re.split(r"[/\\]", name)[-1]).strip(". ")
        if bare:
            return bare[:255]
    return parts.hostname or ""


def _attached(disposition: str | None) -> str:
    """``filename*`` or ``filename`` (RFC 6266); headers arrive as latin-1, though many servers write UTF-8 into them."""
    if not disposition:
        return ""
    extended = _EXTENDED.search(disposition)
    if extended:
        return unquote(extended[2], encoding=extended[1], errors="replace")
    message = Message()
    message["Content-Disposition"] = _readable(disposition)
    return message.get_filename() or ""


def _readable(header: str) -> str:
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
