"""What the ledger and the fetchers tell each other: what is known of an address from before, and what came of asking it now."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from extractors.sniff import SniffedType

Outcome = Literal["new", "unchanged", "absent"]


@dataclass(frozen=True)
class Previous:
    """The last fetch of an address that brought bytes."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Fetched:
    """One request (a page, a file, a look into an inbox) and its bytes, which stand in the archive already."""

    url: str
    """The address without credentials; a POST is told apart by its body behind ``#``."""
    file_name: str | None
    """What the publisher calls the file."""
    halaman: int
    """Number of the page, from 1; 1 for a single file."""
    http_status: int | None
    outcome: Outcome
    """`unchanged`: 304, or the bytes of the last time; `absent`: nothing has been delivered yet, no bytes."""
    sha256: str | None
    bytes: int | None
    sniffed_type: SniffedType | None
    etag: str | None
    last_modified: str | None
    started_at: datetime
    ended_at: datetime
    next_url: str | None = None
    """Where the server says the next page is, in a Link header."""

    def recorded(self) -> dict[str, Any]:
        """What the ledger keeps; the next page is a row of its own there."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "next_url"}
