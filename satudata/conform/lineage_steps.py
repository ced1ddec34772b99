"""`dbt_project/asal.yml`: what the authors of the models say about where rows come from, as steps that SQL can follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from satudata.conform.inputs import PROJECT
from warehouse.lineage_sources import LineageSource

FILE = PROJECT / "asal.yml"


def said() -> dict[str, Any]:
    """Table -> its steps, or what it is made of where its rows were never accepted from a source."""
    found: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def lineage_sources() -> Iterator[LineageSource]:
    """The steps of all tables that have any."""
    for table, steps in said().items():
        for step in steps if isinstance(steps, list) else ():
            source = step["dari"]
            is_published = "." not in source
            yield LineageSource(table, source, is_published, _condition(step), tuple(step.get("kolom", ())))


def key_columns(table: str) -> tuple[str, ...]:
    """The integer keys of a table that lead to the rows it is made of; () where its rows were never accepted from a source."""
    steps = said().get(table)
    return tuple(steps[0].get("kunci", ())) if isinstance(steps, list) else ()


def _condition(step: Mapping[str, Any]) -> str:
    parts = [
        f"{theirs} = (select k.natural_key from ops.key as k where k.key_id = m.{ours})" for ours, theirs in step.get("kunci", {}).items()
    ]
    parts += [f"{theirs} = m.{ours}" for ours, theirs in step.get("sama", {}).items()]
    return " and ".join([*parts, *([step["bila"]] if "bila" in step else [])])
