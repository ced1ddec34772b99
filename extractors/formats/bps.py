"""The dynamic table of the BPS WebAPI, decoded by enumeration.

A key of `datacontent` is the codes of five dimensions written one after the other, without separator or padding. It cannot be cut up
(``1218011710``), but it can be looked up: every combination of the response's own dimension lists is written the same way.
Source: webapi.bps.go.id, model/data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from contracts.errors import AmbiguousKeys, BadJson
from extractors.formats.json_path import Record
from extractors.formats.json_stream import JsonReader
from extractors.formats.native import Number

DIMENSIONS = ("vervar", "var", "turvar", "tahun", "turtahun")
"""In the order of a key."""


def bps_records(path: Path, file_name: str, encoding: str | None = None) -> Iterator[tuple[Record, str]]:
    """One record per published figure: each dimension and its label, `nilai` and `satuan`; what is not published is no record.

    Raises: `AmbiguousKeys` where two combinations give one key, `BadJson` where a key belongs to none or the envelope is not BPS's.
    """
    reader = JsonReader(path, file_name, encoding)
    response = reader.value()
    reader.finish()
    if not isinstance(response, dict) or "data-availability" not in response:
        raise BadJson(file_name, "bukan tabel dinamis BPS: `data-availability` tidak ada")
    content = response.get("datacontent") or {}
    if response["data-availability"] != "available" or not isinstance(content, dict):
        return
    meanings = _meanings(response, content, file_name)
    for key, figure in content.items():
        if key not in meanings:
            raise BadJson(file_name, f"kunci `{key}` tidak cocok dengan daftar dimensinya sendiri")
        yield _record(meanings[key], figure), f"datacontent.{key}"


def _meanings(response: Mapping[str, object], content: Mapping[str, object], file_name: str) -> dict[str, Sequence[Mapping[str, object]]]:
    """The combination that each published key stands for."""
    lists = [_entries(response, name) for name in DIMENSIONS]
    meanings: dict[str, Sequence[Mapping[str, object]]] = {}
    for entries in product(*lists):
        key = "".join(str(entry.get("val", "")) for entry in entries)
        if key not in content:
            continue
        if key in meanings:
            raise AmbiguousKeys(file_name, key, (_labels(meanings[key]), _labels(entries)))
        meanings[key] = entries
    return meanings


def _entries(response: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """The entries of a dimension; one that the response leaves out adds nothing to a key."""
    entries = response.get(name)
    found: list[Mapping[str, object]] = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return found or [{}]


def _labels(entries: Sequence[Mapping[str, object]]) -> str:
    return " / ".join(str(entry.get("label", "")) for entry in entries)


def _record(entries: Sequence[Mapping[str, object]], figure: object) -> Record:
    record: Record = {}
    for name, entry in zip(DIMENSIONS, entries, strict=True):
        record[name], record[f"{name}_label"] = _code(entry.get("val")), entry.get("label")
    return {**record, "nilai": figure, "satuan": entries[1].get("unit")}


def _code(value: object) -> object:
    """Codes are texts whether the response writes them as numbers or not."""
    return str(value) if isinstance(value, Number) else value
