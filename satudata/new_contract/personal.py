"""Personal data, told by headers and by the shape of what stands below them (UU 27/2022): better marked once too often."""

from __future__ import annotations

import re
from collections import Counter

_SHAPES = {
    "nik": re.compile(r"[1-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}"),
    "surel": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "telepon": re.compile(r"(?:\+?62|0)[ -]?8\d(?:[ -]?\d){7,11}"),
}
_HEADERS = {
    "nik": r"nik|no[ _.]*(?:ktp|nik)|nomor[ _]*induk[ _]*kependudukan",
    "kk": r"(?:no|nomor)[ _.]*(?:kk|kartu[ _]*keluarga)|nkk|kk",
    "telepon": r"(?:no|nomor)?[ _.]*(?:hp|handphone|tele?pon|telp|wa|whatsapp|ponsel)",
    "surel": r"e-?mail|surel",
}
_PERSON = re.compile(
    r"nama[ _]*(?:lengkap|penduduk|warga|penerima|pemilik|pasien|siswa|pegawai|anak|ibu|ayah|bayi|balita|kepala[ _]*keluarga|kk|pemohon|peserta)",
    re.IGNORECASE,
)
_NAME = re.compile(r"nama|name", re.IGNORECASE)
_ADDRESS = re.compile(r"alamat.*|address|tempat[ _]*tinggal", re.IGNORECASE)


def personal_of(header: str, texts: Counter[str]) -> str | None:
    """The kind of personal data a column holds by itself; None for any other column."""
    for kind, words in _HEADERS.items():
        if re.fullmatch(words, header.strip(), re.IGNORECASE) and (kind != "kk" or _is_long_number(texts)):
            return kind
    for kind, shape in _SHAPES.items():
        if len(texts) > 1 and sum(bool(shape.fullmatch(text)) for text in texts) >= 0.9 * len(texts):
            return kind
    return "nama" if _PERSON.fullmatch(header.strip()) else None


def personal_beside(header: str) -> str | None:
    """The kind that a column is where another one of the file is personal: names and addresses are then of persons."""
    bare = header.strip()
    return "nama" if _NAME.fullmatch(bare) else "alamat" if _ADDRESS.fullmatch(bare) else None


def _is_long_number(texts: Counter[str]) -> bool:
    return bool(texts) and all(re.fullmatch(r"\d{16}", text) for text in texts)
