"""Files that are not the file: cut off, empty, a page of the server's instead."""

from __future__ import annotations

import random

from bench.corruption.case import ByteVariant

PAGE = b"<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1><p>Silakan coba beberapa saat lagi.</p></body></html>"


def cut_off(share: float) -> ByteVariant:
    """The connection ended: only this share of the bytes arrived, give or take a hundredth."""
    return lambda data, rng: data[: max(1, int(len(data) * (share + rng.uniform(-0.01, 0.01))))]


def instead(page: bytes) -> ByteVariant:
    """The server answered with something else."""
    return lambda *_: page


def head_only(data: bytes, _: random.Random) -> bytes:
    """The first line alone, as an export of an empty query; of a document in one line an empty list."""
    return b"[]" if data.count(b"\n") < 2 else data.replace(b"\r", b"\n").split(b"\n")[0] + b"\n"


CUT_OFF = {"sepersepuluh tiba": cut_off(0.1), "separuh tiba": cut_off(0.5), "hampir semua tiba": cut_off(0.95)}
EMPTY = {"nol bita": instead(b""), "baris kosong": instead(b"\n\n\n"), "judul saja": head_only}
PAGES = {
    "galat 500": instead(PAGE % (b"500 Internal Server Error", b"Terjadi kesalahan")),
    "halaman masuk": instead(PAGE % (b"Login", b"Silakan masuk")),
    "galat JSON": instead(b'{"status": false, "message": "Data tidak tersedia"}'),
}
