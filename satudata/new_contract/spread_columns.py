"""Headers that are values as contract columns: one for each group of their pattern, and one for the figures."""

from __future__ import annotations

from collections.abc import Sequence

from satudata.new_contract.column_names import free
from satudata.new_contract.column_types import typed
from satudata.new_contract.draft import ColumnDraft, Draft
from satudata.new_contract.sample import Column
from satudata.new_contract.spread import PLAIN_MONTH, Spread, total_beside
from satudata.new_contract.time_columns import year_of

VALUE = "nilai"


def add_spread(draft: Draft, data: Sequence[Column], spread: Spread | None, above: Sequence[str]) -> None:
    """Turn the headers of a spread into rows: what their groups say, and the figures below them as one column."""
    if spread is None:
        return
    wide = [column for column in data if column.header in spread.headers]
    texts = tuple(text for column in wide for text in column.texts)
    value = typed(free(VALUE, draft.names), Column("", texts, tuple(kind for column in wide for kind in column.kinds)))
    value.keys.pop("from")
    if not value.is_measure:
        value.keys = {"type": "decimal"}
    units = [column.name for column in draft.columns if column.type == "unit"]
    if len(units) == 1:
        value.keys["unit_from"] = units[0]
    total = total_beside(spread, data)
    draft.columns = [column for column in draft.columns if total is None or column.header != total]
    missing = spread.missing if spread.missing != "drop" else None
    draft.unpivot = {"headers": spread.pattern, "value": value.name, "missing": missing, "total": total}
    draft.unpivot = {key: each for key, each in draft.unpivot.items() if each is not None}
    draft.unpivot_note = "sel kosong tetap menjadi baris" if spread.missing == "keep" else ""
    for group in spread.groups:
        _add_group(draft, group, spread, above)
    draft.columns.append(value)


def _add_group(draft: Draft, group: str, spread: Spread, above: Sequence[str]) -> None:
    name = free(group, draft.names)
    year = year_of(draft.columns, above) if group == PLAIN_MONTH else None
    if year is not None:
        keys: dict[str, object] = {"join": [group, year], "type": "period", "format": "MMMM YYYY"}
        draft.columns.append(ColumnDraft(free("bulan", draft.names), keys, "bulan dari judul kolom, tahun dari tempat lain", "", "bulan"))
        return
    if spread.time is None or spread.time[0] != group or group == PLAIN_MONTH:
        draft.columns.append(ColumnDraft(name, {"header": group, "type": "text"}))
        return
    _, notation, grain = spread.time
    kind = "date" if grain == "hari" else "period"
    draft.columns.append(ColumnDraft(name, {"header": group, "type": kind, "format": notation}, "", "", grain))
