"""The damaged, careless and hostile files that offices put online, each made when it is served."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from openpyxl import Workbook

from tests.extractors.formats.workbooks import raw_xlsx

HEADER = ("kode", "tanggal", "harga")
ROWS = tuple((f"k{n:02d}", f"{1 + n % 2} Juni 2026", f"{10_000 + n * 125:,}".replace(",", ".")) for n in range(40))
SUMMARIES = (("Jumlah komoditas kota", "498.000"), ("Rata-rata", "12.500"), ("JUMLAH", "497.500"))
REGIONS = tuple((name, "1.500") for name in ("Ladang", "Kapuas Kanan Hulu", "Tanjung Puri", "Kapuas Kanan Hilir", "Kapuas Kiri Hilir"))
RECORDS = [{"id": n, "nama": f"Desa {n}", "isi": {"nilai": n * 1.5}} for n in range(1, 24)]
Line = Iterable[str]


def csv(rows: Iterable[Line] = ROWS, header: Line = HEADER, end: str = "\n", cut: str = ";") -> bytes:
    return end.join(cut.join(row) for row in (header, *rows)).encode()


def with_rows(*rows: Line, end: str = "\n") -> bytes:
    """All the good rows, and these."""
    return csv((*ROWS, *rows), end=end)


def stray_quotes() -> bytes:
    """A row between one whose quote nobody closes, and one whose quote nobody opened."""
    return with_rows(('"k90', "1 Juni 2026", "500"), ("k91", "1 Juni 2026", "600"), ('k92"', "1 Juni 2026", "700"))


def changed(position: int, change: Callable[[str], str], rows: range = range(40)) -> bytes:
    """The good rows with one column changed in some."""
    return csv([tuple(change(v) if i == position and n in rows else v for i, v in enumerate(row)) for n, row in enumerate(ROWS)])


def late(kode: bytes) -> bytes:
    """Ten thousand good rows, and then one with this code."""
    filler = b"".join(b"z%06d;1 Juni 2026;5.000\n" % n for n in range(10_000))
    return csv() + b"\n" + filler + kode + b";1 Juni 2026;5.000\n"


def native() -> list[tuple[object, ...]]:
    return [HEADER, *((kode, tanggal, int(harga.replace(".", ""))) for kode, tanggal, harga in ROWS)]


def xlsx(rows: Iterable[Iterable[object]] | None = None) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows or native():
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def xlsx_of_xml(rows: bytes = b"", texts: bytes = b"") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        raw_xlsx(Path(folder) / "x", _cells() + rows, texts=texts)
        return (Path(folder) / "x").read_bytes()


def _cells() -> bytes:
    lines = []
    for number, row in enumerate(native(), 1):
        texts = (f'<c r="{column}{number}" t="inlineStr"><is><t>{value}</t></is></c>' for column, value in zip("ABC", row, strict=True))
        lines.append(f'<row r="{number}">{"".join(texts)}</row>')
    return "".join(lines).encode()


def empty_styled_rows() -> bytes:
    """A million rows below the table that are nothing but format."""
    return xlsx_of_xml(b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(42, 1_000_042)))


def zip_bomb() -> bytes:
    """A sheet of a few megabytes that grows to two gigabytes."""
    packed = io.BytesIO(xlsx())
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as parts, parts.open("xl/worksheets/sheet2.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(1 << 20))
    return packed.getvalue()


def xml_bomb() -> bytes:
    """A billion laughs among the shared texts."""
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    return replaced("xl/sharedStrings.xml", f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]><sst><si><t>&j;</t></si></sst>'.encode())


def xml_reads_file() -> bytes:
    """A cell that asks for a file of the machine that reads it."""
    text = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'
    return replaced("xl/sharedStrings.xml", text)


def replaced(name: str, content: bytes) -> bytes:
    """A workbook with one part changed or added; the header asks for its first shared text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = b'<c r="A2" t="inlineStr"><is><t>k00</t></is></c>'
            new.writestr(part, old.read(part).replace(text, b'<c r="A2" t="s"><v>0</v></c>'))
        new.writestr(name, content)
    return out.getvalue()


def archive(name: str) -> bytes:
    """A ZIP that holds one file under this name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr(name, csv())
    return out.getvalue()


def locked_workbook() -> bytes:
    """An XLSX under a password: a container of old Office whose directory holds an encrypted package (MS-OFFCRYPTO 1.3.1)."""
    entry = "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00" + bytes(16) + bytes(4) + bytes(460) + entry * 4


def formulas() -> bytes:
    """Saved by a program that does not calculate: formulas without a value."""
    return xlsx([HEADER, *((kode, tanggal, f"=B{n}*2") for n, (kode, tanggal, _) in enumerate(ROWS, 2))])


def document(records: object = RECORDS, **more: object) -> bytes:
    return json.dumps({"meta": {"total": len(RECORDS), "last": 1}, "data": records, "hasil": records, "berikut": None, **more}).encode()


def nan_document() -> bytes:
    return json.dumps({"data": [{"id": n, "isi": {"nilai": float("nan") if n == 3 else n}} for n in range(1, 24)]}).encode()


def deep_document() -> bytes:
    return b'{"data": [{"id": 1, "isi": ' + b"[" * 200_000 + b"]" * 200_000 + b"}]}"
