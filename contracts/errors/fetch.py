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

    @property
    def what_to_do(self) -> str:
        if self.status in (401, 403, 407):
            return "Situs itu menolak kita: mintakan akses kepada pengelolanya, atau sebutkan `credentials` di kontrak."
        if self.status == 429:
            return "Situs itu meminta lebih jarang diambil: renggangkan `schedule` di kontrak, lalu jalankan lagi nanti."
        return (
            "Situs itu sedang terganggu: jalankan lagi nanti; bila berlarut, hubungi pengelolanya." if self.status >= 500 else self.advice
        )


@dataclass(eq=False)
class FetchTimeout(FetchError):
    timeout_s: float
    sentence: ClassVar[str] = "{url} tidak selesai dijawab dalam {timeout_s} detik."
    advice: ClassVar[str] = "Jalankan lagi di luar jam sibuk atau hubungi pengelola situs."


@dataclass(eq=False)
class FetchTooLong(FetchError):
    """The requests of one source took too long together, though each was answered."""

    fetch_timeout_s: float
    sentence: ClassVar[str] = "Pengambilan sumber ini belum selesai setelah {fetch_timeout_s} detik; dihentikan di {url}."
    advice: ClassVar[str] = (
        "Periksa apakah `source.pages` di kontrak berujung dan persempit permintaannya; bila memang wajar, naikkan SATUDATA_FETCH_TIMEOUT."
    )


@dataclass(eq=False)
class WrongLength(FetchError):
    length: str
    sentence: ClassVar[str] = "{url} menyatakan ukuran isinya `{length}` (Content-Length), sehingga akhir isinya tidak dapat diketahui."
    advice: ClassVar[str] = "Minta pengelola situs membetulkan header itu, atau pakai alamat lain yang mereka sediakan."


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
    declared: int | None
    sentence: ClassVar[str] = "Unduhan {url} terputus: diterima {received} byte, ukuran menurut server {declared}."
    advice: ClassVar[str] = "Jalankan lagi; bila berulang, hubungi pengelola situs."


@dataclass(eq=False)
class StillBeingWritten(FetchError):
    name: str
    before_bytes: int
    after_bytes: int
    sentence: ClassVar[str] = "Berkas {name} di kotak masuk masih ditulis: {before_bytes} byte, sesaat kemudian {after_bytes} byte."
    advice: ClassVar[str] = "Tunggu sampai selesai disalin, lalu jalankan lagi; pengambilan berikutnya juga mengambilnya."


@dataclass(eq=False)
class CredentialsMissing(FetchError):
    credentials: str
    variable: str
    problem: str = "belum ada"
    sentence: ClassVar[str] = "Kredensial `{credentials}` untuk {url} {problem}."
    advice: ClassVar[str] = (
        "Isi lewat variabel lingkungan {variable}, berkas berizin 0600 di secrets/credentials/{credentials}.yml (atau .json) di bawah SATUDATA_HOME,"
        " atau koneksi Airflow bernama sama. Isinya JSON atau YAML dengan `token`, `user` dan `password`, `headers`, `params`, atau `key` (WebAPI BPS)."
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


@dataclass(eq=False)
class CredentialsExposed(FetchError):
    path: str
    sentence: ClassVar[str] = "Berkas kredensial {path} untuk {url} dapat dibaca pengguna lain, jadi tidak dipakai."
    advice: ClassVar[str] = "Jalankan `chmod 600 {path}`, dan ganti rahasianya bila server ini dipakai bersama."


@dataclass(eq=False)
class LocalFileMissing(FetchError):
    """A path of a contract that leads to no file."""

    sentence: ClassVar[str] = "Berkas {url} tidak ada atau tidak dapat dibaca."
    advice: ClassVar[str] = "Periksa `source.url` di kontrak: jalur dihitung dari folder berkas YAML-nya."


@dataclass(eq=False)
class NotFetchedYet(SafeFailure):
    """`same_as` refers to a dataset of which nothing lies in the archive."""

    dataset: str
    same_as: str
    sentence: ClassVar[str] = "Dataset `{dataset}` memakai berkas dataset `{same_as}`, yang belum pernah terambil."
    advice: ClassVar[str] = "Jalankan `satudata run {same_as}` lebih dahulu."


@dataclass(eq=False)
class ArchiveDamaged(SafeFailure):
    """Bytes that the ledger knows are missing in the archive or are not what they were."""

    sha256: str
    reason: str
    sentence: ClassVar[str] = "Berkas {sha256} di arsip {reason}."
    advice: ClassVar[str] = "Pulihkan arsip dari cadangan, atau jalankan lagi agar berkas diambil ulang dari sumbernya."
