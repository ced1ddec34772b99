"""JSON: flat records in a list, and figures at the end of names (commodity, day, market)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bench.corruption.document import Document, NotApplicable, Row


@dataclass
class Records(Document):
    """A list of objects with the same fields."""

    def render(self) -> tuple[bytes, list[str]]:
        """See `Document`; a place is `[N]`, counted from 1."""
        records = [dict(zip(self.header, row.cells, strict=True)) for row in self.rows]
        return json.dumps(records, ensure_ascii=False).encode(), [f"[{n}]" for n, row in enumerate(self.rows, start=1) if row.damaged]


@dataclass
class Cube(Document):
    """commodities.{commodity}.columns names the markets, commodities.{commodity}.prices.{day} their figures."""

    rest: dict[str, Any] = field(default_factory=dict)

    def render(self) -> tuple[bytes, list[str]]:
        """See `Document`; a place is `commodities.C.prices.D[N]`. Raises NotApplicable for what the shape cannot say."""
        out: dict[str, Any] = {}
        places = []
        for row in self.rows:
            commodity, market, day, figure = row.cells
            mine = out.setdefault(str(commodity), {"columns": [], "prices": {}})
            if market not in mine["columns"]:
                mine["columns"].append(market)
            figures = mine["prices"].setdefault(str(day), [])
            if mine["columns"].index(market) != len(figures):
                raise NotApplicable("one figure per market and day")
            figures.append(figure)
            if row.damaged:
                places.append(f"commodities.{commodity}.prices.{day}[{len(figures)}]")
        if any(len(f) != len(one["columns"]) for one in out.values() for f in one["prices"].values()):
            raise NotApplicable("one figure per market and day")
        return json.dumps({**self.rest, "commodities": out}, ensure_ascii=False).encode(), places


@dataclass
class Leaves(Document):
    """{commodity}.{market}: figure, beside fields of the whole document."""

    rest: dict[str, Any] = field(default_factory=dict)

    def render(self) -> tuple[bytes, list[str]]:
        """See `Document`; a place is `C.M`. Raises NotApplicable for what the shape cannot say."""
        out: dict[str, Any] = dict(self.rest)
        for commodity, market, figure in (row.cells for row in self.rows):
            mine = out.setdefault(str(commodity), {})
            if not isinstance(mine, dict) or str(market) in mine:
                raise NotApplicable("one figure per market")
            mine[str(market)] = figure
        return json.dumps(out, ensure_ascii=False).encode(), [f"{row.cells[0]}.{row.cells[1]}" for row in self.rows if row.damaged]


def read_records(data: bytes) -> Records:
    """Take apart a list of objects."""
    records = json.loads(data)
    header = list(dict.fromkeys(name for record in records for name in record))
    return Records(header, [Row([record.get(name) for name in header]) for record in records])


def read_cube(data: bytes) -> Cube:
    """Take apart a cube of commodities, markets and days."""
    found = json.loads(data)
    commodities = found.pop("commodities")
    rows = [
        Row([name, market, day, figure])
        for name, one in commodities.items()
        for day, figures in one["prices"].items()
        for market, figure in zip(one["columns"], figures, strict=True)
    ]
    return Cube(["commodity", "market", "day", "figure"], rows, rest=found)


def read_leaves(data: bytes) -> Leaves:
    """Take apart a day of figures by commodity and market."""
    found = json.loads(data)
    rows = [Row([name, market, figure]) for name, one in found.items() if isinstance(one, dict) for market, figure in one.items()]
    return Leaves(["commodity", "market", "figure"], rows, rest={name: one for name, one in found.items() if not isinstance(one, dict)})
