"""The bytes of an answer: counted, bounded, whole.

A stream that ends early must never look like a short file, and a small compressed body must not become a large one unseen. Decoding is ours
because both can only be told there: the size cap holds for what comes out, and a compressed stream knows whether it reached its end.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import cast

import requests
from urllib3 import HTTPResponse

from contracts.errors import HostUnreachable, TooLarge, TruncatedDownload, WrongLength

CHUNK_BYTES = 1024 * 1024
_LENGTH = re.compile(r"[0-9]{1,18}")
_GZIP = b"\x1f\x8b"


def body_chunks(response: requests.Response, url: str, max_bytes: int) -> Iterator[bytes]:
    """The decoded bytes of an answer, about 1 MiB at a time.

    Raises: `TooLarge` (declared or counted), `TruncatedDownload`, `WrongLength`, `HostUnreachable` for an encoding we did not ask for; urllib3's errors.
    """
    if (_declared(response, url) or 0) > max_bytes:
        raise TooLarge(url, max_bytes)
    size = 0
    for chunk in _decoded(response, url):
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge(url, max_bytes)
        yield chunk


def _declared(response: requests.Response, url: str) -> int | None:
    """The length that an answer states; None where it states none, or comes in chunks (RFC 9112 6.3).

    A length that is none leaves the end open: a connection that lives on would be waited for in silence. Raises: `WrongLength`.
    """
    stated = response.headers.get("Content-Length")
    if stated is None or "chunked" in response.headers.get("Transfer-Encoding", "").lower():
        return None
    length, *others = {one.strip() for one in stated.split(",")}
    if others or not _LENGTH.fullmatch(length):
        raise WrongLength(url, stated)
    return int(length)


def _wire(response: requests.Response) -> Iterator[bytes]:
    raw = cast(HTTPResponse, response.raw)
    while chunk := raw.read(CHUNK_BYTES, decode_content=False):
        yield chunk


def _decoded(response: requests.Response, url: str) -> Iterator[bytes]:
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return _wire(response)
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _inflated(_wire(response), encoding, url)
    raise HostUnreachable(url, f"isinya disandikan sebagai {encoding}, yang tidak diminta")


def _inflated(wire: Iterator[bytes], encoding: str, url: str) -> Iterator[bytes]:
    head = next(wire, b"")
    bits = _window_bits(head, encoding)
    if bits is None:
        yield head
        yield from wire
        return
    inflation, received = _Inflation(bits), 0
    try:
        for chunk in chain([head], wire):
            received += len(chunk)
            yield from inflation.feed(chunk)
    except zlib.error:
        raise TruncatedDownload(url, received, None) from None
    if not inflation.is_whole:
        raise TruncatedDownload(url, received, None)


def _window_bits(head: bytes, encoding: str) -> int | None:
    """How to inflate a stream, by its first bytes; None when it only says that it is compressed."""
    if head.startswith(_GZIP):
        return zlib.MAX_WBITS | 16
    if encoding == "deflate" and head:
        return zlib.MAX_WBITS if head[:1] == b"\x78" else -zlib.MAX_WBITS
    return None


class _Inflation:
    """Inflating, a bounded piece at a time, over however many members the stream has."""

    def __init__(self, bits: int) -> None:
        self._bits, self._inflater = bits, zlib.decompressobj(bits)

    @property
    def is_whole(self) -> bool:
        return self._inflater.eof

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self._inflater.eof:
                self._inflater = zlib.decompressobj(self._bits)
            yield self._inflater.decompress(chunk, CHUNK_BYTES)
            chunk = self._inflater.unconsumed_tail or self._inflater.unused_data
