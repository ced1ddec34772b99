"""What can go wrong between a readable file and the warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.base import SafeFailure


@dataclass(eq=False)
class ColumnTypeChanged(SafeFailure):
    """A contract gives a column another type than its history has."""

    dataset: str
    column: str
    was: str
    now: str
    sentence: ClassVar[str] = (
        "Kolom `{column}` dataset `{dataset}` sudah tersimpan sebagai {was}, sedangkan kontrak sekarang meminta {now}."
    )
    advice: ClassVar[str] = "Beri kolom itu nama baru di kontrak; riwayat lama tetap tersimpan dengan nama lamanya."


@dataclass(eq=False)
class RowsRefused(SafeFailure):
    """PostgreSQL itself refuses a value that coercion let through."""

    dataset: str
    detail: str
    sentence: ClassVar[str] = "Basis data menolak isi dataset `{dataset}`: {detail}."
    advice: ClassVar[str] = "Tidak ada baris yang masuk. Betulkan berkas atau kontraknya, lalu jalankan `satudata run {dataset}` lagi."
