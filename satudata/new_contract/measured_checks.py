"""Rules on figures that the README recommends and no contract has unless it names them, as a comment for its author."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from satudata.new_contract.draft import ColumnDraft, Draft

_PRICE = re.compile(r"(?:^|[\W_])(?:harga|tarif|price)(?:$|[\W_])", re.IGNORECASE)


def add_measured_checks(draft: Draft, rows: pa.Table) -> None:
    """Name below a proven draft the rules that its figures want, and for prices what they came to so far."""
    figures = [column.name for column in draft.columns if column.is_measure and column.name not in draft.key]
    rules = ["scale_lost", "unit_shift", *(["refiled"] if draft.period else [])]
    if figures:
        draft.last_notes.append(f"tulis di checks: {', '.join(rules)} untuk kolom angka yang memerlukannya ({', '.join(figures)})")
    draft.last_notes += [note for name in figures if (note := _range_note(draft.column(name), rows))]


def _range_note(column: ColumnDraft, rows: pa.Table) -> str:
    is_price = bool(_PRICE.search(column.header or column.name)) or str(column.keys.get("unit", "")).startswith("Rp/")
    found = pc.min_max(pc.cast(rows.column(column.name), pa.float64())).as_py() if is_price else {"min": None}
    if found["min"] is None:
        return ""
    return f"{column.name} berkisar dari {found['min']:g} sampai {found['max']:g} di berkas ini; beri range: [terendah, tertinggi] yang masih wajar"
