"""How a contract's columns are spelt in Postgres: one place, so that staging, raw and the rules agree."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.models.columns import ColumnType
from contracts.registry import Dataset

PG_TYPES: dict[ColumnType, str] = {
    "text": "text", "code": "text", "wilayah": "text", "unit": "text", "period": "text",
    "integer": "bigint", "decimal": "numeric", "percent": "numeric", "latitude": "numeric", "longitude": "numeric",
    "boolean": "boolean", "date": "date", "timestamp": "timestamptz",
}  # fmt: skip
"""Type of a contract column -> type in Postgres. Codes stay text: 61.10 is not 61.1."""

STAGE_SYSTEM: tuple[tuple[str, str], ...] = (
    ("_no", "bigint"), ("_lokasi", "text"), ("_cacat", "jsonb"), ("_status_angka", "text"), ("_periode_mulai", "date"), ("_periode_akhir", "date"),
)  # fmt: skip
"""The columns every staging table begins with."""


def quote(name: str) -> str:
    """An SQL identifier, quoted."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL text, quoted."""
    return "'" + text.replace("'", "''") + "'"


def joined(separator: str, texts: Iterable[str]) -> str:
    """SQL: those of the texts that are not null, one behind the other; of any number, where `concat_ws` takes a hundred."""
    return f"array_to_string(array[{', '.join(texts)}]::text[], {literal(separator)})"


def relation(published_as: str) -> str:
    """A published table in SQL, by the name the ledger knows it by: the schema stands in it where it is not `mart`."""
    schema, _, bare = published_as.rpartition(".")
    return f"{schema or 'mart'}.{quote(bare)}"


def shown(published_as: str) -> str:
    """The name of a published table with its schema, as people write it."""
    return published_as if "." in published_as else f"mart.{published_as}"


def contract_columns(dataset: Dataset) -> list[tuple[str, str]]:
    """(name, Postgres type) of every column of a contract, in its order."""
    return [(name, PG_TYPES[column.type]) for name, column in dataset.contract.columns.items()]
