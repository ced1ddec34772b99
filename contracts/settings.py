"""Every setting of the product, read from the environment in one place.

Read anew at each call: a test, a task and a command may each run under another environment inside one process.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from contracts.errors import WrongSetting
from contracts.zones import EXAMPLES, is_zone

N = TypeVar("N", int, float)
MOST = 1e15
"""Beyond this no limit limits anything, and infinity is none."""


@dataclass(frozen=True)
class Settings:
    """Where things are and how much a source may cost."""

    home: Path
    """State of this installation: postgres, archive, airflow, secrets (SATUDATA_HOME)."""
    sources: Path
    """The registry of contracts (SATUDATA_SOURCES)."""
    inbox: Path
    """Files put down by agencies: <inbox>/<dataset id>/<publisher>/<any name> (SATUDATA_INBOX)."""
    database_url: str | None
    """Any PostgreSQL 15+; None = the embedded server under home (SATUDATA_DATABASE_URL)."""
    database: str
    """Name of the warehouse on the embedded server; tests give each test its own (SATUDATA_DATABASE)."""
    archive_url: str
    """A folder or an object store, as fsspec spells it (SATUDATA_ARCHIVE_URL)."""
    backup_url: str | None
    """Where backups go every night; None = nowhere (SATUDATA_BACKUP_URL)."""
    zone: str
    """Time zone where pemda.yml names none (SATUDATA_ZONE)."""
    max_bytes: int
    """Most bytes taken from one request (SATUDATA_MAX_BYTES)."""
    max_unzipped_bytes: int
    """Most bytes a compressed workbook may grow to (SATUDATA_MAX_UNZIPPED_BYTES)."""
    max_columns: int
    """Most columns of one table (SATUDATA_MAX_COLUMNS)."""
    chunk_rows: int
    """Rows held in memory at a time (SATUDATA_CHUNK_ROWS)."""
    host_delay_s: float
    """Pause between two requests to one host (SATUDATA_HOST_DELAY)."""
    timeout_s: float
    """Longest silence of a server (SATUDATA_TIMEOUT)."""
    total_timeout_s: float
    """Longest time one download may take in all (SATUDATA_TOTAL_TIMEOUT)."""
    fetch_timeout_s: float
    """Longest time the requests of one source may take together, the pauses between them aside (SATUDATA_FETCH_TIMEOUT)."""
    user_agent: str
    """How we introduce ourselves to agencies' sites (SATUDATA_USER_AGENT)."""
    kept_releases: int
    """Of how many releases every changed row is kept, so that they can be read and taken back (SATUDATA_KEPT_RELEASES)."""

    @property
    def secrets(self) -> Path:
        """Folder of 0600 files with passwords and API keys."""
        return self.home / "secrets"


def settings() -> Settings:
    """The settings in force now.

    Raises: `WrongSetting` where a number is not one or a time zone is not known.
    """
    home = Path(os.environ.get("SATUDATA_HOME") or ".satudata").absolute()
    return Settings(
        home=home,
        sources=Path(os.environ.get("SATUDATA_SOURCES") or "sources").absolute(),
        inbox=Path(os.environ.get("SATUDATA_INBOX") or home / "inbox").absolute(),
        database_url=os.environ.get("SATUDATA_DATABASE_URL") or None,
        database=os.environ.get("SATUDATA_DATABASE") or "satudata",
        archive_url=os.environ.get("SATUDATA_ARCHIVE_URL") or (home / "archive").as_uri(),
        backup_url=os.environ.get("SATUDATA_BACKUP_URL") or None,
        zone=_zone("SATUDATA_ZONE", "Asia/Jakarta"),
        max_bytes=_number("SATUDATA_MAX_BYTES", int, 1_000_000_000),
        max_unzipped_bytes=_number("SATUDATA_MAX_UNZIPPED_BYTES", int, 2_000_000_000),
        max_columns=_number("SATUDATA_MAX_COLUMNS", int, 5_000),
        chunk_rows=_number("SATUDATA_CHUNK_ROWS", int, 50_000),
        host_delay_s=_number("SATUDATA_HOST_DELAY", float, 1.0, least=0),
        timeout_s=_number("SATUDATA_TIMEOUT", float, 30.0, least=0.001),
        total_timeout_s=_number("SATUDATA_TOTAL_TIMEOUT", float, 600.0, least=0.001),
        fetch_timeout_s=_number("SATUDATA_FETCH_TIMEOUT", float, 3600.0, least=0.001),
        user_agent=os.environ.get("SATUDATA_USER_AGENT") or "satudata/0.1 (gudang data pemerintah daerah)",
        kept_releases=_number("SATUDATA_KEPT_RELEASES", int, 60),
    )


def _number(name: str, kind: Callable[[str], N], default: N, least: float = 1) -> N:
    text = os.environ.get(name)
    if not text:
        return default
    try:
        number = kind(text)
    except ValueError:
        raise WrongSetting(name, text, f"sebuah angka, misalnya {default}") from None
    if not least <= number < MOST:  # nan is neither
        raise WrongSetting(name, text, f"angka {least:g} atau lebih, misalnya {default}")
    return number


def _zone(name: str, default: str) -> str:
    zone = os.environ.get(name) or default
    if not is_zone(zone):
        raise WrongSetting(name, zone, EXAMPLES)
    return zone
