"""Whether a ZIP container (XLSX, ODS) may be opened at all.

A workbook of a few hundred kilobytes can grow to gigabytes when opened, and the directory that declares the sizes is written by whoever
made the file. So the declared sizes are judged first, and where the compressed bytes could hide a bomb behind false ones, the parts are
inflated once into nothing and counted.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from contracts.errors import WrongFormat, ZipBomb

HARMLESS_BYTES = 64 * 1024 * 1024
"""Below this a container costs little whatever its ratio."""
MAX_RATIO = 200
"""Real sheets shrink 5 to 40 times; a sheet of nothing but formatted empty rows about 100 times."""
DEFLATE_MAX_RATIO = 1032
"""What deflate can reach at most: a smaller file cannot hide a larger one."""
_CHUNK = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
"""How `zipfile` says that it cannot read a container: damaged, packed in a way it does not know (NotImplementedError), locked, cut short."""


def guard_zip(path: Path, file_name: str, max_bytes: int) -> None:
    """Refuse a container that would grow beyond `max_bytes` or is built to exhaust us.

    Raises: `ZipBomb` (declared or actual size, ratio, overlapping parts), `WrongFormat` (not a whole ZIP).
    """
    size_bytes = path.stat().st_size
    most = most_unzipped_bytes(path, max_bytes)
    try:
        with zipfile.ZipFile(path) as container:
            parts = container.infolist()
        _judge(file_name, sum(part.file_size for part in parts), most)
        overlapping = sum(part.compress_size for part in parts) > size_bytes
        if overlapping or size_bytes * DEFLATE_MAX_RATIO > HARMLESS_BYTES:
            _judge(file_name, _inflated_bytes(path, parts, most), most)
    except BROKEN as error:
        raise WrongFormat(file_name, "buku kerja yang utuh", "ZIP yang rusak atau terpotong") from error


def most_unzipped_bytes(path: Path, max_bytes: int) -> int:
    """How large a packed file may become: by its ratio, though never more than `max_bytes`; a small one whatever its ratio."""
    return min(max_bytes, max(HARMLESS_BYTES, MAX_RATIO * path.stat().st_size))


def _judge(file_name: str, unzipped_bytes: int, most: int) -> None:
    if unzipped_bytes > most:
        raise ZipBomb(file_name, unzipped_bytes, most)


def _inflated_bytes(path: Path, parts: list[zipfile.ZipInfo], most: int) -> int:
    """The real size of all parts together, counted until it is clearly too much; nothing is kept."""
    total = 0
    with path.open("rb") as stream:
        for part in parts:
            for size in _inflated_sizes(stream, part):
                total += size
                if total > most:
                    return total
    return total


def _inflated_sizes(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[int]:
    """Inflate the compressed bytes themselves: `ZipFile.open` would stop at the declared size and never see the lie."""
    if part.compress_type != zipfile.ZIP_DEFLATED:
        yield part.compress_size
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _packed(stream, part):
        while packed and not inflater.eof:
            yield len(inflater.decompress(packed, _CHUNK))
            packed = inflater.unconsumed_tail


def _packed(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The compressed bytes of a part, behind its local header of 30 bytes, name and extra field (APPNOTE 4.3.7)."""
    stream.seek(part.header_offset + 26)
    name_bytes, extra_bytes = (int.from_bytes(stream.read(2), "little") for _ in range(2))
    stream.seek(name_bytes + extra_bytes, 1)
    left = part.compress_size
    while left > 0 and (packed := stream.read(min(_CHUNK, left))):
        left -= len(packed)
        yield packed
