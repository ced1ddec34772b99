"""How a secret is recognised, so that none stands in a contract, a sentence, a log or the ledger."""

from __future__ import annotations

import re

_NAME = r"(?:pass(?:word|wd)?|(?:kata_?)?sandi|secret|token|api_?key|key|authorization|auth)"
_WHOLE_NAME = re.compile(rf"^(?:[a-z0-9]+[-_])*{_NAME}$", re.IGNORECASE)
_QUERY = re.compile(rf"([?&;](?:[a-z0-9]+[-_])*{_NAME}=)[^&#]+", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/@\s]+@")
_PATH_KEY = re.compile(r"(/(?:key|token|api[-_]?key)/)[^/?#]+", re.IGNORECASE)
MASK = "***"


def is_secret_name(name: str) -> bool:
    """Whether a header or parameter of this name carries a credential (``api_key``, ``X-Auth-Token``, ``kata_sandi``)."""
    return bool(_WHOLE_NAME.match(name.strip()))


def masked_url(url: str) -> str:
    """The address without user, password, tokens and keys; everything else stays readable."""
    return _PATH_KEY.sub(rf"\1{MASK}", _QUERY.sub(rf"\1{MASK}", _USER.sub(f"{MASK}@", url)))


def has_secret(url: str) -> bool:
    """Whether an address written in a contract carries a literal credential; ``${X}`` and ``{x}`` are not literal."""
    bare = re.sub(r"\$?\{[^}]*\}", "", url)
    return masked_url(bare) != bare
