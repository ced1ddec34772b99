"""Reference lists of a test's registry, edited as a person does in their files, and loaded; and rows that use them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date

from contracts.references import SHIPPED
from satudata.conform.inputs import release_input
from satudata.conform.prepare import prepare
from tests.conform.conftest import Gudang
from tests.conform.registry import STOK, stok
from warehouse.references import load_references

Row = dict[str, str]
STOCK = "sintang.dkp.stok"
SEPAUK, DEDAI = "61.05.03", "61.05.07"


def accept_stock(gudang: Gudang) -> None:
    """Stocks of rice of two kecamatan of Sintang, one written by its name, one by its code."""
    gudang.contract(STOCK, STOK)
    gudang.accept(STOCK, [stok("Sepauk", "2026-05-18", 40, 25), stok(DEDAI, "2026-05-18", 40, 7)])


def resolved(gudang: Gudang, day: date) -> None:
    """What a transform does first."""
    with gudang.database.connect("transformer", autocommit=True) as conn, gudang.database.connect("loader", autocommit=True) as loader:
        prepare(conn, loader, release_input(conn, day))


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
