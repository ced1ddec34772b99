"""Rules on figures that the README recommends and no contract has unless it names them, as a comment for its author."""

from __future__ import annotations

import re

import pyarrow as pa

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
    found = [float(text) for text in rows.column(column.name).to_pylist() if text is not None] if is_price else []
    if not found:
        return ""
    return f"{column.name} berkisar dari {min(found):g} sampai {max(found):g} di berkas ini; beri range: [terendah, tertinggi] yang masih wajar"
