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


@dataclass(eq=False)
class ProgramFault(SafeFailure):
    """A fault of ours, met while one source was handled; the others go on."""

    dataset: str
    step: str
    detail: str
    sentence: ClassVar[str] = "Kesalahan program saat {step} dataset `{dataset}`: {detail}."
    advice: ClassVar[str] = "Ini bukan salah OPD. Sampaikan kalimat ini beserta berkasnya kepada pengelola gudang data."

    @classmethod
    def of(cls, dataset: str, step: str, error: Exception) -> ProgramFault:
        """The fault behind an exception nobody foresaw."""
        return cls(
            dataset, step, f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}".rstrip(": ")
        )
