"""The values that one contract is asked for again and again: ``{penerbit}``, and ``{tanggal}``, ``{bulan}`` or ``{tahun}``.

A request varies in one time value only, its finest; coarser ones are read off it, so that ``?tahun={tahun}&bulan={bulan}`` can be said:
``{bulan}`` alone is 2023-02, beside ``{tahun}`` it is 02.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contracts.models.contract import Contract

TIMES: dict[str, str] = {"tanggal": "hari", "bulan": "bulan", "tahun": "tahun"}
"""Placeholder -> grain of its value, finest first."""
WIDTHS = {"tanggal": 10, "bulan": 7, "tahun": 4}
KNOWN = ("penerbit", *TIMES)
_PLACEHOLDER = re.compile(r"(?<!\$)\{(\w+)\}")


def request_texts(contract: Contract) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a contract in which placeholders are filled, with its path."""
    source = contract.source
    for key in ("url", "package", "domain", "var"):
        if (text := getattr(source, key)) is not None:
            yield ("source", key), text
    for key in ("params", "headers", "body"):
        part = getattr(source, key)
        if isinstance(part, str):
            yield ("source", key), part
        for name in part if isinstance(part, Mapping) else ():
            yield ("source", key, name), part[name]


def used_in(text: str) -> frozenset[str]:
    """The placeholders of one text."""
    return frozenset(_PLACEHOLDER.findall(text))


def used_by(contract: Contract) -> frozenset[str]:
    """The placeholders of all texts of a contract."""
    return frozenset(name for _, text in request_texts(contract) for name in used_in(text))


def varying_time(contract: Contract) -> str | None:
    """The one time placeholder by which requests differ: that of ``each``, else the finest used, else None."""
    names = contract.source.each or used_by(contract)
    return next((name for name in TIMES if name in names), None)


def fill(text: str, penerbit: str, nilai: Mapping[str, str], beside: frozenset[str] = frozenset()) -> str:
    """The text with its placeholders filled; an unknown one stays as it is.

    ``nilai``: one time value, such as ``{"bulan": "2023-02"}``; ``beside``: the placeholders of the whole request.
    """
    values = {"penerbit": penerbit, **_coarser(nilai)}
    if {"bulan", "tahun"} <= used_in(text) | beside and "bulan" in values:
        values["bulan"] = values["bulan"][5:]
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def _coarser(nilai: Mapping[str, str]) -> dict[str, str]:
    """2023-02-14 is also a month and a year."""
    finest = max(nilai.values(), key=len, default="")
    return {name: finest[:width] for name, width in WIDTHS.items() if len(finest) >= width}
