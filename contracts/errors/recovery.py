"""What can go wrong when a warehouse is made again: from the archive with its journal, or from a backup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.base import SafeFailure, SatudataError
from contracts.errors.usage import UsageError, WarehouseUnreachable

_ONCE_MORE = "Pulihkan berkas yang hilang ke arsip, kosongkan basis datanya, lalu jalankan `satudata rebuild` lagi."


@dataclass(eq=False)
class RecordDamaged(SafeFailure):
    """A record of the archive (a fetch, or one of the journal) is missing or is not what was written."""

    path: str
    reason: str
    sentence: ClassVar[str] = "Catatan {path} di arsip {reason}."
    advice: ClassVar[str] = "Pulihkan berkas itu dari cadangan arsip, lalu jalankan lagi."


@dataclass(eq=False)
class NotRebuilt(SafeFailure):
    """One record could not be done again, and with it nothing after it of the same publisher."""

    subject: str
    path: str
    reason: str
    sentence: ClassVar[str] = "{subject}: catatan {path} tidak dapat dikerjakan ulang ({reason})."
    reassurance: ClassVar[str] = "Yang sesudahnya dari penerbit yang sama juga dilewati; yang lain tetap dibangun."
    advice: ClassVar[str] = _ONCE_MORE


@dataclass(eq=False)
class HistoryLost(SafeFailure):
    """What a release had published cannot be read in the archive any more: the release stands, the past of its figures is gone."""

    subject: str
    path: str
    reason: str
    sentence: ClassVar[str] = "Riwayat angka {subject} tidak terbaca dari arsip ({reason}, disebut di catatan {path})."
    reassurance: ClassVar[str] = "Tabel lainnya tetap dibangun; hanya mart.riwayat_angka yang tidak lengkap."
    advice: ClassVar[str] = _ONCE_MORE


@dataclass(eq=False)
class VersionLost(SafeFailure):
    """What an old version of a published table showed cannot be read in the archive: no release computes it again."""

    table: str
    path: str
    reason: str
    sentence: ClassVar[str] = "Isi versi lama {table} tidak ada di arsip ({reason}; catatan {path})."
    reassurance: ClassVar[str] = "Versi yang berlaku dan tabel lainnya tetap dibangun."
    advice: ClassVar[str] = (
        "Bila versi lama itu masih dipakai, ambil isinya dari cadangan basis data, atau minta pemakainya beralih ke versi yang berlaku."
    )


@dataclass(eq=False)
class RebuiltOtherwise(SafeFailure):
    """What came out is not what was recorded: the parser has become another one, or the archive was changed."""

    subject: str
    path: str
    reason: str
    sentence: ClassVar[str] = "{subject}: hasil bangun ulang berbeda dari catatan {path} ({reason})."
    reassurance: ClassVar[str] = "Angka hasil bangun ulang yang dipakai."
    advice: ClassVar[str] = "Bandingkan versi programnya dengan yang dipakai waktu itu, dan sampaikan kepada pengelola gudang data."


@dataclass(eq=False)
class WarehouseNotEmpty(UsageError):
    """A warehouse is to be made where there is one."""

    server: str
    reason: str
    sentence: ClassVar[str] = "Gudang data di {server} tidak kosong ({reason})."
    advice: ClassVar[str] = (
        "Tidak ada yang diubah. `rebuild`: sebut basis data lain yang kosong dengan --ke. `restore`: --timpa menggantikan yang ini."
    )


@dataclass(eq=False)
class RebuildUnfinished(WarehouseUnreachable):
    """Something wants to load into a warehouse that is half made."""

    sentence: ClassVar[str] = "Gudang data di {server} belum boleh dipakai: {reason}."
    advice: ClassVar[str] = (
        "Tunggu sampai selesai; bila prosesnya terhenti, jalankan lagi perintah itu: ia meneruskan dari tempatnya berhenti."
    )


@dataclass(eq=False)
class BackupDamaged(SatudataError):
    """A backup is not what its manifest says."""

    place_url: str
    file: str
    reason: str
    sentence: ClassVar[str] = "Cadangan di {place_url} rusak: {file} {reason}."
    advice: ClassVar[str] = "Jangan memulihkan dari cadangan ini; buat yang baru dengan `satudata backup`, atau pakai cadangan lain."


@dataclass(eq=False)
class NoBackup(UsageError):
    """No whole backup stands where one was looked for."""

    place_url: str
    sentence: ClassVar[str] = "Tidak ada cadangan yang utuh di {place_url}."
    advice: ClassVar[str] = "Periksa alamatnya; cadangan dibuat dengan `satudata backup`."


@dataclass(eq=False)
class DumpFailed(SatudataError):
    """pg_dump or pg_restore ended with an error."""

    program: str
    reason: str
    exit_code: ClassVar[int] = 3
    sentence: ClassVar[str] = "{program} gagal: {reason}."
    advice: ClassVar[str] = "Periksa bahwa {program} ada, tidak lebih tua dari PostgreSQL-nya, dan disknya tidak penuh; lalu jalankan lagi."
