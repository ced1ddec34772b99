"""A column's name becomes the name of a column in PostgreSQL: it has to be one there, and none that the product gives itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.explain import Flaw
from contracts.models.contract import Contract

NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}\Z")
"""PostgreSQL cuts longer names short, and needs quotes around any other character in every query of every reader."""
POSTGRES = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
"""System columns of every table (PostgreSQL documentation, 5.5)."""
PUBLISHED = frozenset({"penerbit", "status_angka", "baris_ke", "diperbarui_pada"})
"""Columns that the table of a dataset has of its own: one without a concept, or restricted."""
RESERVED = POSTGRES | PUBLISHED


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Names that no table can have, or that stand beside one of the same name."""
    for name in contract.columns:
        if not NAME.match(name):
            problem = f"`{name[:80]}` tidak dapat menjadi nama kolom"
            yield Flaw(
                ("columns", name), problem, "huruf kecil, angka, dan _, diawali huruf, paling banyak 63; judul di berkas ditulis di `from`"
            )
        elif name in POSTGRES or (name in PUBLISHED and (contract.concept is None or contract.akses == "terbatas")):
            yield Flaw(("columns", name), f"nama kolom `{name}` sudah dipakai gudang data sendiri", f"nama lain, misalnya `{name}_sumber`")
