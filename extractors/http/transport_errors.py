"""What the libraries below us raise, as the failures of the catalogue.

Their own texts stay out of the sentence: they name addresses with keys in them, and no agency can act on `HTTPConnectionPool(...)`.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator

import requests
import urllib3.exceptions as below

from contracts.errors import FetchTimeout, HostUnreachable, SatudataError, TruncatedDownload, UnsafeUrl, WrongLength
from extractors.http.retry import Again

LIBRARY_ERRORS = (requests.RequestException, below.HTTPError, http.client.HTTPException, OSError)

_REASONS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    ((ssl.SSLError, below.SSLError), "sertifikat atau enkripsinya tidak sah"),
    ((below.NameResolutionError, socket.gaierror), "nama situsnya tidak ditemukan"),
    (ConnectionRefusedError, "sambungan ditolak"),
    ((below.ConnectTimeoutError, requests.ConnectTimeout), "tidak ada yang menyahut"),
    (below.ProxyError, "perantara (proxy) tidak menyambungkan"),
    ((http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError), "sambungan diputus sebelum ada jawaban"),
    (http.client.HTTPException, "jawabannya bukan HTTP yang sah"),
)  # fmt: skip
_SILENCE = (below.ReadTimeoutError, requests.ReadTimeout, TimeoutError)
_NO_CONNECTION = (below.ConnectTimeoutError, requests.ConnectTimeout)
_LASTING = (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema, below.LocationValueError)


def transport_error(error: Exception, url: str, timeout_s: float) -> SatudataError | Again:
    """The failure behind an error of the transport: `Again` where it may pass."""
    causes = list(_causes(error))
    if any(isinstance(cause, _LASTING) for cause in causes):
        return UnsafeUrl(url, "bukan alamat yang sah")
    lengths = next((str(cause) for cause in causes if isinstance(cause, below.InvalidHeader)), None)
    if lengths is not None:
        return WrongLength(url, lengths.rpartition("(")[2].rstrip(")"))
    if any(isinstance(cause, _SILENCE) for cause in causes) and not any(isinstance(cause, _NO_CONNECTION) for cause in causes):
        return Again(FetchTimeout(url, timeout_s))
    cut = next((cause for cause in causes if isinstance(cause, below.IncompleteRead | http.client.IncompleteRead)), None)
    if cut is not None:
        return Again(TruncatedDownload(url, *_counts(cut)))
    reason = next((said for kind, said in _REASONS if any(isinstance(cause, kind) for cause in causes)), "sambungan gagal")
    unreachable = HostUnreachable(url, reason)
    return unreachable if reason == _REASONS[0][1] else Again(unreachable)


def _counts(cut: BaseException) -> tuple[int, int | None]:
    """Bytes received and declared; a chunked answer declares nothing."""
    partial, expected = getattr(cut, "partial", 0), getattr(cut, "expected", None)
    received = partial if isinstance(partial, int) else len(partial or b"")
    return received, received + expected if isinstance(expected, int) and expected >= 0 else None


def _causes(error: BaseException | None, depth: int = 6) -> Iterator[BaseException]:
    """The error and all that stands behind it: urllib3 and requests wrap each other in arguments, reasons and contexts."""
    if error is None or not depth:
        return
    yield error
    behind = [getattr(error, "reason", None), error.__cause__, error.__context__, *error.args]
    for cause in behind:
        if isinstance(cause, BaseException):
            yield from _causes(cause, depth - 1)
