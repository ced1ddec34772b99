"""What a reviewer asks for that cannot be done: a batch already decided, a rule not named, a person who may not decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.usage import UsageError


@dataclass(eq=False)
class UnknownBatch(UsageError):
    batch_id: int
    sentence: ClassVar[str] = "Batch {batch_id} tidak ada di gudang data."
    advice: ClassVar[str] = "Lihat nomornya dengan `satudata review list`."


@dataclass(eq=False)
class ReviewRefused(UsageError):
    """A decision on a batch that is not taken, and why; nothing was written."""

    batch_id: int
    problem: str
    next_step: str
    sentence: ClassVar[str] = "Batch {batch_id}: {problem}."
    advice: ClassVar[str] = "{next_step}."
