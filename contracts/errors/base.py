"""What every failure of the product has in common.

A failure is a class, not a string: callers decide by type, the ledger stores the class name, and the agency reads one sentence.
The sentence is a template over the attributes, so the catalogue reads as a list and no constructor has a side effect.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from contracts.secrets import masked_url
from contracts.text import visible

LONGEST_TEXT, LONGEST_ITEM = 2_000, 80
"""Characters of one attribute, and of one of several, in a sentence: a file may bring a header of megabytes."""


@dataclass(eq=False)
class SatudataError(Exception):
    """A failure that a person can act on; `message` names the file or address and the next step."""

    exit_code: ClassVar[int] = 1
    state: ClassVar[str] = "failed"
    sentence: ClassVar[str] = ""
    reassurance: ClassVar[str] = ""
    advice: ClassVar[str] = ""

    def __post_init__(self) -> None:
        # Exceptions travel between processes (Airflow tasks) by pickling `args`: they must rebuild the same object.
        self.args = tuple(getattr(self, field.name) for field in fields(self))

    @property
    def error_class(self) -> str:
        """The name stored in the ledger and asserted by tests."""
        return type(self).__name__

    @property
    def attributes(self) -> dict[str, object]:
        """The structured part of the failure, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def told(self) -> str:
        """What happened, as a template: `sentence`, unless an attribute decides it."""
        return self.sentence

    @property
    def what_to_do(self) -> str:
        """What to do, as a template: `advice`, unless an attribute decides it."""
        return self.advice

    @property
    def message(self) -> str:
        """What happened, what it means for readers, what to do next, in Indonesian; secrets in an address are masked."""
        template = " ".join(filter(None, (self.told, self.reassurance, self.what_to_do)))
        return template.format(**{name: _shown(name, value) for name, value in self.attributes.items()})

    def __str__(self) -> str:
        return self.message


@dataclass(eq=False)
class SafeFailure(SatudataError):
    """A failure of a source: what a reader most needs to know is that yesterday's figures stand."""

    reassurance: ClassVar[str] = "Angka yang sudah terbit tidak berubah."


NAMES = frozenset({"line", "status", "halaman"})
"""Numbers that name something instead of counting it, beside all `*_id`: batch 9999 is not 9.999 of anything."""


def _shown(name: str, value: object) -> str:
    """An attribute as a reader wants to see it: lists short, numbers with Indonesian thousands, addresses without keys."""
    if value is None:
        return "tidak diketahui"
    if name.endswith("url"):
        return _short(masked_url(str(value)), LONGEST_TEXT)
    if isinstance(value, tuple):
        return _listed(value)
    if isinstance(value, int) and not isinstance(value, bool) and not (name in NAMES or name.endswith("_id")):
        return f"{value:,}".replace(",", ".")
    return _short(str(value), LONGEST_TEXT)


def _listed(values: tuple[object, ...], most: int = 12) -> str:
    shown = ", ".join(f'"{visible(_short(str(value), LONGEST_ITEM))}"' for value in values[:most])
    return f"{shown}, dan {len(values) - most} lainnya" if len(values) > most else shown or "(tidak ada)"


def _short(text: str, most: int) -> str:
    """Cut to `most` characters; half a letter (JSON may name one) is spelt out, for it can be stored nowhere."""
    shown = text[: most + 1].encode("utf-8", "backslashreplace").decode()
    return shown if len(text) <= most else shown[:most] + "…"
