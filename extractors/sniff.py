"""What the bytes of a file are, judged from the bytes alone.

Names, extensions, format fields and mimetypes of agencies' files are wrong too often to be asked (HTML saved as .xls, a PNG declared CSV).
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Literal, cast

from extractors.sniff_text import text_type

SniffedType = Literal[
    "csv", "xlsx", "xls", "ods", "html", "json", "xml", "png", "pdf", "zip", "gzip", "empty", "text", "binary"
]  # fmt: skip
HEAD_BYTES = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")


def sniff(source: Path | BinaryIO | bytes) -> SniffedType:
    """The type of a file (a path, a seekable stream or its bytes); ``empty`` is no byte or white space alone.

    Every input has a type, so nothing is raised but OSError. A broken ZIP stays ``zip``; NUL-filled and unknown bytes are ``binary``.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return sniff(stream)
    return _of_stream(io.BytesIO(source) if isinstance(source, bytes) else source)


def _of_stream(stream: BinaryIO) -> SniffedType:
    head = stream.read(HEAD_BYTES)
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found(stream)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return cast(SniffedType, text_type(head, is_whole=len(head) < HEAD_BYTES))


def _zip_type(stream: BinaryIO) -> SniffedType:
    """A workbook is told by the parts its directory lists, never by the order in which they were written."""
    try:
        with zipfile.ZipFile(stream) as parts:
            names = set(parts.namelist())
            if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
                return "xlsx"
            is_ods = "mimetype" in names and parts.read("mimetype")[:46] == b"application/vnd.oasis.opendocument.spreadsheet"
            return "ods" if is_ods else "zip"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "zip"


def _ole_type(stream: BinaryIO) -> SniffedType:
    """The container of .xls also holds .doc, .ppt and locked .xlsx: the names in its directory tell (MS-CFB 2.6)."""
    stream.seek(0)
    header = stream.read(512)
    if len(header) < 512:
        return "binary"
    sector_bytes = 1 << min(struct.unpack_from("<H", header, 30)[0], 12)
    stream.seek((struct.unpack_from("<I", header, 48)[0] + 1) * sector_bytes)
    directory = stream.read(8 * sector_bytes)
    return "xls" if any(name.encode("utf-16-le") + b"\0\0" in directory for name in ("Workbook", "Book")) else "binary"


def _always(found: SniffedType) -> Callable[[BinaryIO], SniffedType]:
    return lambda _: found


_MAGIC: tuple[tuple[bytes, Callable[[BinaryIO], SniffedType]], ...] = (
    (b"PK\x03\x04", _zip_type),
    (b"PK\x05\x06", _zip_type),
    (_OLE, _ole_type),
    *((magic, _always("xls")) for magic in _BARE_BIFF),
    (b"\x89PNG\r\n\x1a\n", _always("png")),
    (b"\x1f\x8b", _always("gzip")),
)
