"""Placeholders, ``each``, ``for_each`` and ``same_as`` tell one story about how often a source is asked, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.durations import last_n
from contracts.explain import Flaw, suggestion
from contracts.models.contract import Contract
from contracts.placeholders import KNOWN, TIMES, request_texts, used_by, used_in

CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
"""A publisher's code is a folder name of the inbox and a part of addresses."""


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Unknown placeholders, publishers that are never asked for, values that are never used."""
    for path, text in request_texts(contract):
        for name in sorted(used_in(text) - set(KNOWN)):
            yield Flaw(path, f"`{{{name}}}` tidak dikenal", suggestion(name, KNOWN))
    yield from _publishers(contract)
    yield from _each(contract)


def _publishers(contract: Contract) -> Iterator[Flaw]:
    asks_itself = contract.source.kind != "inbox" and contract.source.same_as is None
    used = "penerbit" in used_by(contract)
    if used and contract.for_each is None:
        yield Flaw(("for_each",), "`{penerbit}` dipakai tanpa `for_each`", "`for_each: kelurahan`, kecamatan, opd, atau daftar kode")
    if contract.for_each is not None and asks_itself and not used:
        yield Flaw(("source", "url"), "semua penerbit akan meminta alamat yang sama", "`{penerbit}` di dalam url, params, atau body")
    if isinstance(contract.for_each, tuple):
        yield from _codes(contract.for_each)


def _codes(codes: tuple[str, ...]) -> Iterator[Flaw]:
    if not codes:
        yield Flaw(("for_each",), "daftar penerbit kosong", "sedikitnya satu kode")
    for i, code in enumerate(codes):
        if not CODE.match(code):
            yield Flaw(("for_each", i), f"`{code}` tidak dapat menjadi kode penerbit", "huruf, angka, titik, dan garis saja")
        elif code in codes[:i]:
            yield Flaw(("for_each", i), f"`{code}` disebut dua kali", "setiap penerbit sekali")


def _each(contract: Contract) -> Iterator[Flaw]:
    each = contract.source.each
    if not each:
        return
    if len(each) > 1:
        yield Flaw(("source", "each"), "lebih dari satu nilai waktu", "yang paling halus saja; {bulan} dan {tahun} terbaca dari {tanggal}")
        return
    (name, text), *_ = each.items()
    try:
        if last_n(name, text) > 1 and contract.write == "snapshot":
            problem = "`snapshot` mengakhiri semua yang tidak ada di batch, jadi setiap nilai `each` menghapus nilai sebelumnya"
            yield Flaw(("write",), problem, "`replace_period` (dengan `period`) atau `append`")
    except ValueError as error:
        yield Flaw(
            ("source", "each", name),
            str(error),
            f"jumlah terakhir, misalnya {'7d' if name == 'tanggal' else '3m' if name == 'bulan' else '2y'}",
        )
    yield from _each_used(contract, name)


def _each_used(contract: Contract, name: str) -> Iterator[Flaw]:
    if contract.source.same_as is not None:  # the address is the other dataset's; the registry compares the two
        return
    used = used_by(contract) & set(TIMES)
    if name not in used:
        yield Flaw(("source", "each", name), f"`{{{name}}}` tidak dipakai di alamat", f"`{{{name}}}` di dalam url, params, atau body")
    order = list(TIMES)
    for finer in sorted(used):
        if order.index(finer) < order.index(name):
            yield Flaw(("source", "each", name), f"`{{{finer}}}` lebih halus daripada `{{{name}}}`", f"`each: {{{finer}: ...}}`")
