"""A part of a free condition: its SQL, written anew from what was understood, and what kind of thing it is.

Nothing of a contract's own text becomes SQL: names are quoted, texts are quoted, signs and functions come from our list. So a condition
cannot end early, open a query or name another table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from contracts.condition.words import ConditionError, Kind
from contracts.models.columns import ColumnType
from contracts.pattern_words import ENDING, WrongPattern
from contracts.postgres_pattern import to_postgres
from contracts.regex_risk import may_run_for_ever

KINDS: dict[ColumnType, Kind] = {
    "text": "teks", "code": "teks", "wilayah": "teks", "unit": "teks", "period": "teks", "integer": "angka", "decimal": "angka",
    "percent": "angka", "latitude": "angka", "longitude": "angka", "boolean": "logika", "date": "tanggal", "timestamp": "waktu",
}  # fmt: skip
PG_KINDS: dict[Kind, str] = {
    "angka": "numeric", "teks": "text", "tanggal": "date", "waktu": "timestamp", "logika": "boolean", "kosong": "text",
}  # fmt: skip
MOMENTS = {"tanggal", "waktu"}


class Part(NamedTuple):
    """A part: `said` is the text or number that it is, where it stands written out."""

    sql: str
    kind: Kind
    said: str | None = None


def whole_number(part: Part, most: int) -> str | None:
    """The digits of a whole number written out, not above `most`; None where the part is anything else."""
    said = part.said or ""
    return said if part.kind == "angka" and said.isascii() and said.isdigit() and len(said) <= 6 and int(said) <= most else None


def text_part(text: str) -> Part:
    """A text written out."""
    return Part("'" + text.replace("'", "''") + "'", "teks", text)


def column_part(name: str, column_type: ColumnType, zone: str) -> Part:
    """A column. Whole numbers are made numeric, so that no sum or product of theirs can overflow; a time is the publisher's own."""
    kind = KINDS[column_type]
    if kind == "waktu":
        return Part(f'("{name}" at time zone {text_part(zone).sql})', kind)
    return Part(f'"{name}"::numeric' if kind == "angka" else f'"{name}"', kind)


def needs(kind: Kind, part: Part, where: str) -> Part:
    """The part itself. Raises ConditionError where it is of another kind; for a date, a text that reads as one will do."""
    if part.kind == kind:
        return part
    if part.kind == "kosong":
        return Part(f"{part.sql}::{PG_KINDS[kind]}", kind)
    if kind == "tanggal" and part.kind == "waktu":
        return Part(f"{part.sql}::date", kind)
    if kind in MOMENTS and part.said is not None:
        return _moment(part.said, kind)
    raise ConditionError(f"{where} memerlukan {kind}, bukan {part.kind}", f"kolom atau nilai berupa {kind}")


def alike(parts: Iterable[Part], where: str) -> list[Part]:
    """The parts, of one kind that can be compared: a text beside a date is read as one. Raises ConditionError."""
    parts = list(parts)
    kinds: list[Kind] = [part.kind for part in parts if part.said is None or part.kind != "teks"] or [part.kind for part in parts]
    wanted = next((kind for kind in kinds if kind != "kosong"), kinds[0])
    if wanted in MOMENTS:
        return [part if part.kind in MOMENTS else needs(wanted, part, where) for part in parts]
    return [needs(wanted, part, where) for part in parts]


def pattern_part(part: Part) -> Part:
    """A pattern written out, in Postgres' words. Raises ConditionError where it cannot run, or may never end."""
    if part.kind != "teks" or part.said is None:
        raise ConditionError("pola harus ditulis langsung", "pola di antara tanda kutip, misalnya '^[0-9]{4}$'")
    try:
        pattern = to_postgres(part.said)
        endless = may_run_for_ever(part.said, fold=False)
    except WrongPattern as error:
        raise ConditionError(error.problem, error.should_be) from error
    if endless:
        raise ConditionError(f"pola `{part.said}` dapat berjalan tanpa akhir", ENDING)
    return text_part(pattern)


def _moment(text: str, kind: Kind) -> Part:
    try:
        if kind == "tanggal":
            return Part(f"date '{date.fromisoformat(text).isoformat()}'", kind)
        return Part(f"timestamp '{datetime.fromisoformat(text).replace(tzinfo=None).isoformat(sep=' ')}'", kind)
    except ValueError:
        raise ConditionError(f"`{text}` bukan tanggal", "tanggal berbentuk 'YYYY-MM-DD'") from None
