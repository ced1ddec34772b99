"""Bytes of a text file -> UTF-8 blocks of whole lines, whatever encoding and line ends it was saved with.

An encoding cannot be known from the first kilobytes: many agencies' files are ASCII until one Windows-1252 letter a hundred thousand rows
down. So a byte that is not UTF-8 is read as Windows-1252 where it stands, and no file has to be read twice.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from contracts.errors import BadEncoding, WrongFormat

BLOCK_BYTES = 1 << 21
LONGEST_LINE = 1 << 24
BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: the one byte that is not UTF-8, read as Windows-1252."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", errors="ignore") or byte.decode("latin-1"), error.start + 1


codecs.register_error("windows_1252", as_windows_1252)


def encoding_of(head: bytes) -> str:
    """The encoding the first bytes speak for: a byte order mark, or the zero bytes of UTF-16; else UTF-8."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    zeros = head[:4096].count(0)
    if zeros > len(head[:4096]) // 4:
        return "utf-16-le" if head[1:4096:2].count(0) >= zeros // 2 + 1 else "utf-16-be"
    return "utf-8"


def utf8_blocks(path: Path, file_name: str, encoding: str | None = None, block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    """The file as UTF-8 blocks that end with a line, without byte order mark and NUL, every line end a newline.

    Raises: `BadEncoding` where the contract's own encoding does not fit, `WrongFormat` for a line of 16 MB.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        file.seek(0)
        codec = codecs.lookup(encoding or encoding_of(head)).name
        pieces = iter(lambda: file.read(block_bytes), b"")
        if codec != "utf-8":
            pieces = (text.encode("utf-8", "replace") for text in _decoded(pieces, codec, file_name))
        carry, first, cr_only = b"", True, False
        for piece in pieces:
            if first:
                piece, first = piece.removeprefix(codecs.BOM_UTF8), False
                cr_only = b"\r" in piece and b"\n" not in piece
            carry, block = _cut(carry + piece.replace(b"\0", b""), b"\r" if cr_only else b"\n")
            if len(carry) > LONGEST_LINE:
                raise WrongFormat(file_name, "teks yang terbagi dalam baris", "satu baris yang lebih panjang dari 16 MB")
            if block:
                yield _tidied(block, cr_only)
        if carry:
            yield _tidied(carry, cr_only) + b"\n"


def _cut(data: bytes, line_end: bytes) -> tuple[bytes, bytes]:
    """(what comes after the last whole line, the whole lines)."""
    end = data.rfind(line_end) + 1
    return data[end:], data[:end]


def _tidied(block: bytes, cr_only: bool) -> bytes:
    """UTF-8 with newlines; a lone carriage return inside a line of a file with newlines is a space."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n" if cr_only else b" ")
    if block.isascii():
        return block
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return block.decode("utf-8", errors="windows_1252").encode("utf-8")
    return block


def text_pieces(path: Path, file_name: str, encoding: str | None = None, block_bytes: int = BLOCK_BYTES) -> Iterator[str]:
    """The file as text in pieces of any kind of cut, without NUL: for formats that know no lines. Raises: `BadEncoding`."""
    with path.open("rb") as file:
        codec = codecs.lookup(encoding or encoding_of(file.read(4096))).name
        file.seek(0)
        yield from _decoded(iter(lambda: file.read(block_bytes), b""), codec, file_name)


def _decoded(pieces: Iterator[bytes], codec: str, file_name: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)(errors="windows_1252" if codec == "utf-8" else "strict")
    try:
        for piece in pieces:
            yield decoder.decode(piece).replace("\0", "")
        yield decoder.decode(b"", final=True)
    except UnicodeError:
        raise BadEncoding(file_name, codec) from None
