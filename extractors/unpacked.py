"""A table that was packed for sending: the one in a ZIP, or the bytes in a GZIP, lie unpacked in a temporary file while they are read.

The archive keeps what was published; what came out of it is never kept.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from contracts.errors import WrongFormat, ZipBomb
from contracts.settings import settings
from extractors.sniff import HEAD_BYTES, SniffedType, sniff
from extractors.unzip import BROKEN, guard_zip, most_unzipped_bytes

_CHUNK = 1024 * 1024
_BROKEN = (*BROKEN, gzip.BadGzipFile)
MOST_NAMED = 4
"""Tables of a ZIP that an error names."""
NO_TABLE = ("binary", "empty", "pdf", "png", "xml", "zip", "gzip", "text")
"""What stands in a ZIP beside its table: readme files, pictures, folders of other programs."""


@contextmanager
def unpacked(path: Path, file_name: str) -> Iterator[tuple[Path, str, SniffedType]]:
    """(path, name, type) of what is to be read; those of the file itself where it is not packed.

    Raises: `WrongFormat` for a ZIP with no table, or with several; `ZipBomb`.
    """
    sniffed = sniff(path)
    if sniffed not in ("zip", "gzip"):
        yield path, file_name, sniffed
        return
    with TemporaryDirectory(prefix="satudata-buka-") as folder:
        inner = Path(folder) / "isi"
        try:
            name = _from_zip(path, file_name, inner) if sniffed == "zip" else _from_gzip(path, file_name, inner)
        except _BROKEN as error:
            raise WrongFormat(file_name, "arsip yang utuh", "arsip yang rusak, terkunci, atau terpotong") from error
        yield inner, f"{file_name}/{name}", sniff(inner)


def _from_zip(path: Path, file_name: str, inner: Path) -> str:
    guard_zip(path, file_name, settings().max_unzipped_bytes)
    with zipfile.ZipFile(path) as container:
        if strays := [part.filename for part in container.infolist() if _leaves_its_folder(part.filename)]:
            raise WrongFormat(file_name, "ZIP berisi satu tabel", f"arsip ZIP dengan isi yang menunjuk ke luar foldernya ({strays[0]})")
        tables = [part for part in container.infolist() if _is_table(container, part)]
        if len(tables) != 1:
            names = "; ".join(part.filename for part in tables[:MOST_NAMED])
            raise WrongFormat(file_name, "ZIP berisi satu tabel", f"arsip ZIP dengan {len(tables)} tabel{f' ({names})' if names else ''}")
        with container.open(tables[0]) as packed:
            _copy(packed, inner, file_name, settings().max_unzipped_bytes)  # type: ignore[arg-type]
        return tables[0].filename.rpartition("/")[2]


def _leaves_its_folder(name: str) -> bool:
    """Nothing here is unpacked under its own name, but who packs such a name has something else in mind than a table."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return ".." in parts or name.startswith(("/", "\\"))


def _is_table(container: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Told by its bytes, as every file is; a workbook is a ZIP itself, whose directory stands at its end."""
    if part.is_dir() or part.filename.startswith("__MACOSX/") or part.filename.rpartition("/")[2].startswith("."):
        return False
    with container.open(part) as packed:
        head = packed.read(HEAD_BYTES)
    return head.startswith(b"PK\x03\x04") or sniff(head) not in NO_TABLE


def _from_gzip(path: Path, file_name: str, inner: Path) -> str:
    with gzip.open(path) as packed:
        _copy(packed, inner, file_name, most_unzipped_bytes(path, settings().max_unzipped_bytes))  # type: ignore[arg-type]
    return file_name.removesuffix(".gz")


def _copy(packed: BinaryIO, inner: Path, file_name: str, most: int) -> None:
    size = 0
    with inner.open("wb") as out:
        while chunk := packed.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise ZipBomb(file_name, size, most)
            out.write(chunk)
