"""How well the marts of the sample city are filled: from how many datasets, and how many of their units they cover (`samples/marts.yml`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from psycopg import Connection

from contracts.registry import load_registry
from satudata.conform.lineage_steps import lineage_sources
from satudata.stack.airflow_cfg import REPOSITORY
from warehouse.lineage_sources import LineageSource
from warehouse.names import quote
from warehouse.published import columns

UNITS = REPOSITORY / "samples" / "marts.yml"
LEAST_DATASETS = 2
LEAST_PERCENT = 90.0


@dataclass(frozen=True)
class Covered:
    """What a mart came to."""

    mart: str
    rows: int
    """Of the whole table, also of what is about none of its units."""
    datasets: int
    """Behind the rows about its units, or about the regions that they lie in."""
    units: int
    """How many there are; 0 for a mart that has none."""
    parts: Mapping[str, int]
    """Part (a value of `each`; '' where there is none) -> how many of the units have a row."""

    @property
    def percent(self) -> float | None:
        """The share of the units that the worst part covers; None for a mart without units."""
        return 100 * min(self.parts.values()) / self.units if self.units else None

    @property
    def is_enough(self) -> bool:
        """Whether it is filled as the demo promises."""
        return self.rows > 0 and self.datasets >= LEAST_DATASETS and (self.percent is None or self.percent >= LEAST_PERCENT)


def said(path: Path = UNITS) -> dict[str, dict[str, Any]]:
    """Mart -> what it must cover, as the file says it."""
    found: dict[str, dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def covered(conn: Connection, path: Path = UNITS) -> Iterator[Covered]:
    """Every mart of the file as it is published now. Raises: `WarehouseUnreachable`."""
    for mart, text in said(path).items():
        yield _covered(conn, mart, text)


def units_of(units: Mapping[str, Any]) -> tuple[str, ...]:
    """The names or codes of all units, from the lists that hold them; each once. Raises: KeyError for a kind of list that is not known."""
    return tuple(sorted({unit for kind, text in units.items() for unit in KINDS[kind](text)}))


def _regions(levels: Mapping[str, Iterable[str]]) -> list[str]:
    from samples.figures import wilayah

    return [kode for level, parents in levels.items() for induk in parents for kode, _ in wilayah(induk, level)]


def _above(units: Mapping[str, Any]) -> list[str]:
    """The regions that the units lie in: what is said of a whole kabupaten fills the mart of its kecamatan too."""
    return [induk for parents in units.get("wilayah", {}).values() for induk in parents]


def _facts(lists: Mapping[str, str]) -> list[str]:
    from samples.figures import facts

    return [row[column] for name, column in lists.items() for row in facts(name)]


def _opd(pemda: Iterable[str]) -> list[str]:
    """What has no urusan of its own is a part of an OPD, or of another government."""
    folders = load_registry().folders
    return [opd.nama for name in pemda for opd in folders[name].opd.values() if opd.urusan]


def _contracts(what: Iterable[str]) -> list[str]:
    registry = load_registry()
    every = list(registry.datasets.values())
    names = {"dataset": [one.id for one in every], "produsen_data": [registry.folders[one.pemda_id].opd[one.opd].nama for one in every]}
    return [name for each in what for name in names[each]]


KINDS: Mapping[str, Callable[[Any], list[str]]] = {"wilayah": _regions, "facts": _facts, "opd": _opd, "kontrak": _contracts}


def _covered(conn: Connection, mart: str, text: Mapping[str, Any]) -> Covered:
    units = units_of(text.get("units", {}))
    if not _exists(conn, mart):
        return Covered(mart, 0, 0, len(units), {"": 0})
    about = f"m.{quote(text['unit'])} = any(%(units)s)" if units else "true"
    rows = conn.execute(f"select count(*) from {_published(conn, mart)}".encode()).fetchone() or (0,)
    places = [*units, *_above(text.get("units", {}))]
    queries = [text["datasets"].encode()] if "datasets" in text else _dataset_queries(conn, mart, about)
    datasets = {number for query in queries for (number,) in conn.execute(query, {"units": places})}
    return Covered(mart, int(rows[0]), len(datasets), len(units), dict(_parts(conn, mart, text, list(units))) if units else {})


def _exists(conn: Connection, mart: str) -> bool:
    return conn.execute("select to_regclass(%s) is not null", [_published(conn, mart)]).fetchone() == (True,)


def _parts(conn: Connection, mart: str, text: Mapping[str, Any], units: list[str]) -> Iterator[tuple[str, int]]:
    unit, filled = quote(text["unit"]), [f"{quote(column)} is not null" for column in text.get("filled", ())]
    query = f"select count(distinct {unit}) from {_published(conn, mart)} where {' and '.join([f'{unit} = any(%s)', *filled])}"
    for column, values in text.get("each", {"": [""]}).items():
        for value in values:
            same = f" and {quote(column)} = %s" if column else ""
            found = conn.execute((query + same).encode(), [units, *([value] if column else [])]).fetchone()
            yield value, int(found[0]) if found else 0


def _dataset_queries(conn: Connection, mart: str, about: str) -> Iterator[bytes]:
    """SQL that lists the datasets behind a mart's rows.

    They are those of the published rows that its rows come from; its own, where it names them; else those of the OPD it speaks of.
    """
    table, steps = _published(conn, mart), [step for step in lineage_sources() if step.table == mart and step.is_published]
    if not steps and "_dataset_id" in columns(conn, table):
        yield f"select distinct m._dataset_id from {table} as m where {about}".encode()
    elif not steps:
        yield f"select distinct s._dataset_id from {table} as m join {_published(conn, 'dim_sumber')} as s using (opd_key) where {about}".encode()
    for step in steps:
        yield _through(conn, mart, step, about)


def _through(conn: Connection, mart: str, step: LineageSource, about: str) -> bytes:
    from_rows = f"select from {_published(conn, mart)} as m where {about} and {step.condition}"
    return f"select distinct s._dataset_id from {_published(conn, step.source)} as s where exists ({from_rows})".encode()


def _published(conn: Connection, model: str) -> str:
    """The newest version of a model's table, in SQL."""
    found = conn.execute("select ops.newest_table(%s)", [model]).fetchone()
    return f"mart.{quote(found[0] if found else model)}"
