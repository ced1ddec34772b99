"""What can go wrong on the way to an agency's site: nothing has been archived, nothing published has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.errors.base import SafeFailure


@dataclass(eq=False)
class FetchError(SafeFailure):
    """The bytes of an address could not be had."""

    url: str


@dataclass(eq=False)
class HostUnreachable(FetchError):
    reason: str
    sentence: ClassVar[str] = "Situs tidak dapat dihubungi saat mengambil {url} ({reason})."
    advice: ClassVar[str] = "Periksa apakah situs itu hidup, lalu jalankan lagi."


@dataclass(eq=False)
class HttpStatusError(FetchError):
    status: int
    sentence: ClassVar[str] = "{url} dijawab dengan status HTTP {status}, bukan data."
    advice: ClassVar[str] = "Buka alamat itu di peramban; bila pindah, betulkan `url` di kontrak."


@dataclass(eq=False)
class FetchTimeout(FetchError):
    timeout_s: float
    sentence: ClassVar[str] = "{url} tidak selesai dijawab dalam {timeout_s} detik."
    advice: ClassVar[str] = "Jalankan lagi di luar jam sibuk atau hubungi pengelola situs."


@dataclass(eq=False)
class TooManyRedirects(FetchError):
    redirects: int
    sentence: ClassVar[str] = "{url} mengalihkan terus-menerus ({redirects} kali)."
    advice: ClassVar[str] = "Tulis alamat akhirnya di `url`, atau minta pengelola situs membetulkan pengalihan."


@dataclass(eq=False)
class TooLarge(FetchError):
    max_bytes: int
    sentence: ClassVar[str] = "Berkas dari {url} melebihi batas {max_bytes} byte; pengambilan dihentikan."
    advice: ClassVar[str] = "Bila ukurannya memang wajar, naikkan SATUDATA_MAX_BYTES."


@dataclass(eq=False)
class ErrorPage(FetchError):
    title: str
    sentence: ClassVar[str] = '{url} menjawab dengan halaman galat "{title}" walaupun berstatus berhasil.'
    advice: ClassVar[str] = "Buka alamat itu di peramban dan hubungi pengelola situs."


@dataclass(eq=False)
class TruncatedDownload(FetchError):
    received: int
    declared: int
    sentence: ClassVar[str] = "Unduhan {url} terputus: diterima {received} dari {declared} byte."
    advice: ClassVar[str] = "Jalankan lagi; bila berulang, hubungi pengelola situs."


@dataclass(eq=False)
class CredentialsMissing(FetchError):
    credentials: str
    sentence: ClassVar[str] = "Kredensial `{credentials}` untuk {url} belum ada."
    advice: ClassVar[str] = (
        "Isi lewat koneksi Airflow bernama sama, variabel lingkungan, atau berkas berizin 0600 di SATUDATA_HOME/secrets."
    )


@dataclass(eq=False)
class RobotsForbidden(FetchError):
    robots_url: str
    sentence: ClassVar[str] = "{robots_url} melarang pengambilan {url}."
    advice: ClassVar[str] = "Minta izin pengelola situs atau pakai alamat lain yang mereka sediakan."


@dataclass(eq=False)
class UnsafeUrl(FetchError):
    reason: str
    sentence: ClassVar[str] = "Alamat {url} ditolak: {reason}."
    advice: ClassVar[str] = "Pakai alamat http(s) situs OPD, atau jalur relatif terhadap berkas kontrak."
