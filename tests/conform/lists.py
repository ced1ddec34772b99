"""Reference lists of a test's registry, edited as a person does in their files, and loaded."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable

from contracts.references import SHIPPED
from tests.conform.conftest import Gudang
from warehouse.references import load_references

Row = dict[str, str]


def edit(gudang: Gudang, name: str, change: Callable[[Row], Row | None]) -> None:
    """A list of the registry with every row as `change` gives it back; None deletes it."""
    folder = gudang.sources / "references"
    if not folder.is_dir():
        shutil.copytree(SHIPPED / "references", folder)
    path = folder / f"{name}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = [new for row in csv.DictReader(file) if (new := change(row)) is not None]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def without(*codes: str) -> Callable[[Row], Row | None]:
    return lambda row: None if row["kode"] in codes else row


def load(gudang: Gudang, role: str = "loader") -> None:
    with gudang.database.connect(role, autocommit=True) as conn:
        load_references(conn)


def listed(gudang: Gudang, name: str, code: str) -> bool:
    return bool(gudang.value(f"select count(*) from ops.reference_item where reference = '{name}' and code = '{code}'", "steward"))
