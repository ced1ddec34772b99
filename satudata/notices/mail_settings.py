"""Through which mail server digests leave: the environment, or a 0600 file of this installation; never a contract, so that no secret is shared.

SATUDATA_NOTICES=surel turns notices on; SATUDATA_SMTP_HOST and SATUDATA_SMTP_FROM are needed, SATUDATA_SMTP_PORT, _SECURITY (starttls, ssl,
none), _USER and _PASSWORD may follow. The same names in small letters without SATUDATA_SMTP_ (and `notices`) stand in secrets/surel.yml; the
environment comes first.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, cast

import yaml

from contracts.errors import MailSettingsExposed, MailSettingsMissing, WrongSetting
from contracts.settings import settings

Security = Literal["starttls", "ssl", "none"]
PORTS: dict[Security, int] = {"starttls": 587, "ssl": 465, "none": 25}
PARTS = ("host", "port", "security", "user", "password", "from")


@dataclass(frozen=True)
class MailSettings:
    """One mail server; the password is in no text of this object."""

    host: str
    port: int
    security: Security
    sender: str
    """`Nama <alamat>` or an address."""
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def is_on() -> bool:
    """Are notices turned on? Raises: `WrongSetting` for a channel there is none of, `MailSettingsExposed`."""
    channel = os.environ.get("SATUDATA_NOTICES") or _kept().get("notices", "")
    if channel not in ("", "surel", "mati"):
        raise WrongSetting("SATUDATA_NOTICES", channel, "surel, atau mati (bawaan)")
    return channel == "surel"


def mail_settings() -> MailSettings:
    """The mail server. Raises: `MailSettingsMissing`, `MailSettingsExposed`, `WrongSetting`."""
    kept = _kept()
    found = {part: os.environ.get(f"SATUDATA_SMTP_{part.upper()}") or kept.get(part, "") for part in PARTS}
    missing = tuple(f"SATUDATA_SMTP_{part.upper()}" for part in ("host", "from") if not found[part])
    if missing:
        raise MailSettingsMissing(missing)
    security = found["security"] or "starttls"
    if security not in PORTS:
        raise WrongSetting("SATUDATA_SMTP_SECURITY", security, ", ".join(PORTS))
    kind = cast("Security", security)
    return MailSettings(
        found["host"], _port(found["port"], PORTS[kind]), kind, _sender(found["from"]), found["user"] or None, found["password"] or None
    )


def _kept() -> dict[str, str]:
    path = settings().secrets / "surel.yml"
    if not path.exists():
        return {}
    if path.stat().st_mode & 0o077:
        raise MailSettingsExposed(str(path))
    return {str(name): str(value) for name, value in _read(path).items() if value is not None}


def _read(path: Path) -> dict[object, object]:
    """The file as a mapping; what is in it stands in no failure."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader) or {}
    except (yaml.YAMLError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict) or not set(found) <= {"notices", *PARTS}:
        raise WrongSetting(str(path), "***", f"baris `nama: nilai` dengan nama {', '.join(('notices', *PARTS))}")
    return found


def _port(text: str, default: int) -> int:
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise WrongSetting("SATUDATA_SMTP_PORT", text[:20], f"angka 1 sampai 65535, misalnya {default}")
    return int(text)


def _sender(text: str) -> str:
    if re.search(r"[\r\n]", text) or not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(text)[1]):
        raise WrongSetting("SATUDATA_SMTP_FROM", " ".join(text.split())[:100], "Satu Data <satudata@kota.go.id>")
    return text
