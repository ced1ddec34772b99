"""Many decisions at once: what waits as a sheet with an empty column for the code, and the same sheet once it is filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contracts.errors import WrongUsage
from contracts.reference_files import csv_rows
from satudata.finding_report.cells import cell
from satudata.mapping.assign import Wish
from satudata.session import warehouse
from warehouse.mappings import waiting

COLUMNS = ("teks", "kode", "daftar", "dataset", "level", "induk", "baris", "sejak", "sebab", "calon", "alasan")
NEEDED = ("teks", "kode")


def listed(dataset: str | None = None) -> list[dict[str, Any]]:
    """What waits for a code, of one dataset or of all, as `warehouse.mappings.waiting` tells it."""
    with warehouse() as conn:
        return waiting(conn, dataset)


def to_sheet(found: Sequence[dict[str, Any]]) -> str:
    """CSV of what waits: `kode` is empty, the candidates stand beside it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerow([
            cell(one["published"]), "", one["reference"], one["dataset"], one["level"], cell(one["within"]), one["rows"],
            f"{one['first_seen']:%Y-%m-%d}", one["why"], "; ".join(map(named, one["candidates"])), "",
        ])  # fmt: skip
    return out.getvalue()


def named(candidate: dict[str, Any]) -> str:
    """A candidate for a person: its code, its name and where it lies."""
    return f"{candidate['code']} {candidate['name']}" + (f" ({candidate['place']})" if candidate["place"] else "")


def from_sheet(path: Path) -> list[Wish]:
    """The decisions of a sheet; rows whose `kode` is empty are left for later.

    Raises: `BrokenContract` where it cannot be read, `WrongUsage` where a column is missing or nothing is decided.
    """
    rows = [row for _, row in csv_rows(path, NEEDED)]
    wishes = [
        Wish(_text(row["teks"]), row["kode"], row.get("dataset") or None, row.get("daftar") or None, row.get("alasan") or None)
        for row in rows
        if row["kode"].strip()
    ]
    if not wishes:
        raise WrongUsage(f"Tidak ada baris berkode di {path}", "Isi kolom `kode`, lalu jalankan lagi")
    return wishes


def _text(shown: str) -> str:
    """A text as it was before `cell` kept it from being a formula."""
    return shown[1:] if shown.startswith("'") and cell(shown[1:]) == shown else shown
