"""Yes and no as forms and exports write them. Whatever is not on the list is not castable: a contract says it with `codes`."""

from __future__ import annotations

_TRUE = ("true", "ya", "y", "yes", "benar", "ada", "sudah", "1", "1.0", "v", "✓", "✔", "√")
_FALSE = ("false", "tidak", "tdk", "n", "no", "salah", "tidak ada", "belum", "0", "0.0")
_MEANING = dict.fromkeys(_TRUE, "true") | dict.fromkeys(_FALSE, "false")


def read_boolean(text: str) -> str | None:
    """``true`` or ``false``; None for anything else."""
    return _MEANING.get(text.casefold())
