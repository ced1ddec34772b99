"""A JSON record that tells whether it is still what was written: it carries the hash of itself.

Files of sources are known by the hash of their bytes. A record is known by its number, so a bit that a disk turned in it would be believed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SEAL = "segel"


def sealed(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record as plain JSON (dates and the like as text) with its seal."""
    plain: dict[str, Any] = json.loads(json.dumps(record, default=str))
    return plain | {SEAL: _seal(plain)}


def unsealed(text: bytes) -> dict[str, Any]:
    """The record without its seal. Raises: `ValueError` where it is no record, has no seal, or is not what was sealed."""
    record = json.loads(text)
    if not isinstance(record, dict) or record.pop(SEAL, None) != _seal(record):
        raise ValueError("segel tidak cocok")
    return record


def _seal(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
