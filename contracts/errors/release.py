"""What can go wrong between accepted rows and a release: the last release stays as it is in every case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.base import SafeFailure


@dataclass(eq=False)
class TransformError(SafeFailure):
    """No release was made."""


@dataclass(eq=False)
class BuildFailed(TransformError):
    """A model or the build itself failed; no dataset can be blamed."""

    models: tuple[str, ...]
    reason: str
    sentence: ClassVar[str] = "Rilis tidak dibuat: {models} gagal dibangun ({reason})."
    advice: ClassVar[str] = "Baca catatan lengkapnya di SATUDATA_HOME/dbt/logs/dbt.log."


@dataclass(eq=False)
class NothingBuilt(TransformError):
    """A build that selects nothing succeeds silently; that must never count as a release."""

    command: str
    sentence: ClassVar[str] = "Rilis tidak dibuat: `{command}` tidak membangun satu model pun."
    advice: ClassVar[str] = "Periksa folder dbt_project dan pilihannya."


@dataclass(eq=False)
class ReleaseTestsFailed(TransformError):
    """Tests fail and their rows name no dataset that could be left out (any more)."""

    tests: tuple[str, ...]
    datasets: tuple[str, ...]
    sentence: ClassVar[str] = "Rilis tidak dibuat: uji {tests} gagal (dataset yang sudah ditahan: {datasets})."
    advice: ClassVar[str] = "Lihat hasil uji di ops.check_result, betulkan sumber atau modelnya, lalu jalankan transform lagi."


@dataclass(eq=False)
class ReadersInTheWay(TransformError):
    """A column or key cannot be added while somebody's transaction still reads the table; it may be over in a few minutes."""

    waited: str
    sentence: ClassVar[str] = (
        "Rilis tidak dibuat: sesudah {waited} masih ada transaksi pembaca yang menahan tabel mart yang akan diperlebar."
    )
    advice: ClassVar[str] = "Tutup laporan atau aplikasi BI yang lama terbuka, lalu jalankan `satudata release publish` lagi."


@dataclass(eq=False)
class PersonalDataFound(TransformError):
    """What would be published holds a NIK, the number of a family card, or a column that its contract calls personal."""

    tables: tuple[str, ...]
    datasets: tuple[str, ...]
    sentence: ClassVar[str] = (
        "Rilis tidak dibuat: isi baru {tables} memuat NIK, nomor KK, atau kolom pribadi (dataset asalnya: {datasets})."
    )
    advice: ClassVar[str] = (
        "Minta Produsen Data menghapus nomornya, atau tandai kolomnya `pribadi` di kontrak; lalu jalankan transform lagi."
    )


@dataclass(eq=False)
class PersonalDataReturned(TransformError):
    """An earlier release said what nobody may publish today; going back to it is refused."""

    table: str
    sentence: ClassVar[str] = "Tidak dikembalikan: isi lama {table} memuat NIK atau nomor KK."
    advice: ClassVar[str] = "Kembalikan ke rilis yang lebih baru, atau tarik barisnya dahulu dengan `satudata release withdraw`."
