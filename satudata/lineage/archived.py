"""Are the archived bytes still those that were fetched? Read and hashed here, and never moved: looking must not change what is looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from contracts.errors import ArchiveDamaged
from satudata.session import archive

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Checked:
    """What stands in the archive under one address."""

    state: str
    """`utuh`, or what is wrong with it."""

    @property
    def is_whole(self) -> bool:
        """Whether the bytes are those that were fetched."""
        return self.state == "utuh"


def checked(wanted: Mapping[str, int | None]) -> dict[str, Checked]:
    """By sha256: the state of each content; the values are the sizes that the ledger knows."""
    return {sha256: Checked(_state(sha256, size)) for sha256, size in wanted.items()}


def _state(sha256: str, size: int | None) -> str:
    digest, there = hashlib.sha256(), 0
    try:
        with archive().open(sha256) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
                there += len(chunk)
    except ArchiveDamaged:
        return "hilang: isinya tidak ada lagi di arsip"
    if digest.hexdigest() != sha256:
        return f"rusak: isinya berubah sejak disimpan ({there} byte, sha256 {digest.hexdigest()})"
    return "utuh" if size in (None, there) else f"rusak: {there} byte, seharusnya {size}"
