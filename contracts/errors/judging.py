"""Why a batch that was read is not accepted: what its checks found, as one class per thing that has to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.base import SafeFailure


@dataclass(eq=False)
class BatchRefused(SafeFailure):
    """A batch that can never become data as it is: a rule of severity `fail` is broken."""

    dataset: str
    reason: str
    sentence: ClassVar[str] = "Data `{dataset}` ditolak. {reason}"
    advice: ClassVar[str] = "Kembalikan kepada OPD untuk dibetulkan, lalu jalankan `satudata run {dataset}`."


@dataclass(eq=False)
class NoRowsLeft(BatchRefused):
    """Rows were read, and none of them is data."""

    advice: ClassVar[str] = (
        "Periksa `rows` dan `missing` di kontrak dengan `satudata source try {dataset}`; bila memang kosong, tanyakan OPD."
    )


@dataclass(eq=False)
class DuplicateRows(BatchRefused):
    """The same row stands there more than once."""

    advice: ClassVar[str] = (
        "Minta OPD menghapus baris kembar, dan memeriksa apakah salah satunya menggantikan baris lain yang kini hilang; tulis `same_rows: collapse` "
        "di kontrak hanya bila baris itu memang tertulis dua kali, karena baris yang hilang tidak kembali olehnya."
    )


@dataclass(eq=False)
class TotalMismatch(BatchRefused):
    """A total that the source itself states is not what its rows add up to."""

    advice: ClassVar[str] = "Tanyakan OPD angka mana yang benar; beri `tolerance` di kontrak hanya bila selisihnya pembulatan."


@dataclass(eq=False)
class ColumnRetyped(BatchRefused):
    """Most cells of a column are not of its type."""

    advice: ClassVar[str] = (
        "Cocokkan contoh itu dengan `from`, `type`, `numbers`, atau `format` di kontrak; bila berkasnya yang keliru, kembalikan kepada OPD."
    )


@dataclass(eq=False)
class RuleNotComputed(BatchRefused):
    """A rule of the contract cannot be computed, or two ways of computing it disagree."""

    sentence: ClassVar[str] = "Data `{dataset}` belum dapat dinilai. {reason}"
    advice: ClassVar[str] = "Betulkan aturan itu di kontrak, lalu jalankan `satudata source check` dan `satudata run {dataset}`."


@dataclass(eq=False)
class BatchHeld(SafeFailure):
    """A batch on which a person decides: a rule of severity `hold` is broken."""

    state: ClassVar[str] = "held"
    dataset: str
    reason: str
    rule_id: str = ""
    """Of the finding that the sentence begins with."""
    sentence: ClassVar[str] = "Data `{dataset}` ditahan. {reason}"
    advice: ClassVar[str] = "Walidata memutuskan: kembalikan kepada OPD, atau sesuaikan aturan itu di kontrak."


@dataclass(eq=False)
class BatchShrunk(BatchHeld):
    """Much less is there than before, or what was always there is gone."""

    advice: ClassVar[str] = "Tanyakan OPD apakah datanya lengkap; bila memang berkurang, sesuaikan `guards.min_share` di kontrak."
    of_keys: ClassVar[str] = (
        "Tanyakan OPD apakah berkasnya tertukar; bila hanya cara menulis kuncinya yang berganti, samakan di kontrak (`codes`, `extract`) atau minta ejaan lama."
    )
    of_groups: ClassVar[str] = (
        "Tanyakan OPD apakah nilai itu terlewat atau hanya berganti nama; ejaan baru disamakan di kontrak (`codes`) atau di daftar acuannya. "
        "`guards.min_share` tidak mengatur ini."
    )

    @property
    def what_to_do(self) -> str:
        """`volume` counts rows; `volume.kunci.bertahan` keys that stand; `volume.<column>` names a region or class that is missing."""
        return {"": self.advice, "volume": self.advice, "volume.kunci.bertahan": self.of_keys}.get(self.rule_id, self.of_groups)


@dataclass(eq=False)
class TooManyQuarantined(BatchHeld):
    """So many rows are set aside that what remains may mislead."""

    advice: ClassVar[str] = "Lihat baris yang dikarantina, lalu kembalikan kepada OPD, atau sesuaikan `guards.max_quarantined` di kontrak."
