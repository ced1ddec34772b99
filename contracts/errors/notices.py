"""Why a digest did not reach its Produsen Data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.base import SatudataError
from contracts.errors.usage import UsageError


@dataclass(eq=False)
class MailSettingsMissing(UsageError):
    """Notices are on, and something is missing to send them."""

    missing: tuple[str, ...]
    sentence: ClassVar[str] = "Pemberitahuan dinyalakan (SATUDATA_NOTICES=surel), tetapi {missing} belum diisi."
    advice: ClassVar[str] = "Isi sebagai variabel lingkungan, atau di berkas secrets/surel.yml (hak 0600); lihat docs/pemberitahuan.md."


@dataclass(eq=False)
class MailSettingsExposed(UsageError):
    path: str
    sentence: ClassVar[str] = "Berkas pengaturan surel {path} dapat dibaca pengguna lain, jadi tidak dipakai."
    advice: ClassVar[str] = "Jalankan `chmod 600 {path}`, dan ganti sandinya bila server ini dipakai bersama."


@dataclass(eq=False)
class NoticesUnsent(SatudataError):
    """The mail server took some digests or none; what was not told is told by the next digest, once."""

    unsent: int
    reason: str
    exit_code: ClassVar[int] = 3
    sentence: ClassVar[str] = "{unsent} kabar kepada Produsen Data belum terkirim ({reason})."
    advice: ClassVar[str] = (
        "Periksa server surel dan SATUDATA_SMTP_*, lalu jalankan lagi `satudata digest`; tidak ada kabar yang hilang atau terkirim dua kali."
    )
