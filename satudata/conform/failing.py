"""What a failed test found in the rows of one dataset, as a sentence for those who mend them: how many, whose, where in the file, what is wrong.

A test of a staging view fails rows that say themselves where they stood; of a published table the steps of `dbt_project/asal.yml` lead there. What is
wrong says the `description` of the test, beside its condition. No figure is repeated: it may be one that is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from satudata.conform.build import NodeResult
from satudata.conform.lineage_steps import key_columns, lineage_sources
from warehouse.names import literal

STAGING = "staging."


@dataclass(frozen=True)
class Failing:
    """The rows of one dataset that fail one test."""

    rows: int
    sentence: str


def failing(conn: Connection, test: NodeResult, node: Mapping[str, Any]) -> dict[str, Failing]:
    """Dataset -> what the test found there; {} where it broke, or a row names no dataset. `node` is the test in dbt's manifest.

    Raises: psycopg's errors where the relations it looked at are gone.
    """
    if test.status != "fail" or not test.compiled:
        return {}
    described = conn.execute(f"select * from ({test.compiled}) t limit 0".encode()).description or ()
    columns = {column.name for column in described}
    if "_dataset_id" not in columns:
        return {}
    query = (
        f"select d.dataset, count(*) from ({test.compiled}) t left join ops.dataset d on d.dataset_id = t._dataset_id group by 1 order by 1"
    )
    counted = conn.execute(query.encode()).fetchall()
    if any(dataset is None for dataset, _ in counted):
        return {}
    return {
        dataset: Failing(rows, _sentence(dataset, rows, test, node, _example(conn, test, node, dataset, columns)))
        for dataset, rows in counted
    }


def _sentence(dataset: str, rows: int, test: NodeResult, node: Mapping[str, Any], example: str) -> str:
    wrong = str(node.get("description") or "").strip().rstrip(".")
    return f"{dataset}: {rows} baris tidak lolos uji {test.name}{f': {wrong}' if wrong else ''}.{f' Contoh: {example}.' if example else ''}"


def _example(conn: Connection, test: NodeResult, node: Mapping[str, Any], dataset: str, columns: Collection[str]) -> str:
    """One row: where it stood in the file, its publisher, its key; '' where the rows that fail do not tell."""
    query = _query(node, columns)
    if not query:
        return ""
    of_it = f"(select d.dataset_id from ops.dataset d where d.dataset = {literal(dataset)})"
    mine = f"select * from ({test.compiled}) t where t._dataset_id = {of_it} limit 1"
    with conn.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(f"with m as ({mine}) {query}".encode()).fetchone()
    return _told(found) if found else ""


def _query(node: Mapping[str, Any], columns: Collection[str]) -> str:
    """SQL: where the failing row `m` stood; '' where it does not say all that a step to the accepted rows asks for."""
    if "_lokasi" in columns:
        return "select m._penerbit as penerbit, m._lokasi as lokasi, '' as kunci from m"
    model = node.get("config", {}).get("meta", {}).get("asal") or str(node.get("attached_node") or "").rpartition(".")[2]
    keys = key_columns(model)
    steps = [one for one in lineage_sources() if one.table == model and one.source.startswith(STAGING)]
    if not steps or not keys or not set(keys) <= set(columns):
        return ""
    named = ", ".join(f"(select k.natural_key from ops.key as k where k.key_id = m.{name})" for name in keys)
    return (
        f"select s._penerbit as penerbit, s._lokasi as lokasi, ops.masked(concat_ws(', ', {named})) as kunci"
        f" from m join {steps[0].source} as s on s._dataset_id = m._dataset_id and {steps[0].condition}"
        " order by s._fetched_at desc, s._penerbit, s._lokasi limit 1"
    )


def _told(found: Mapping[str, Any]) -> str:
    penerbit = found["penerbit"] and f"penerbit {found['penerbit']}"
    return ", ".join(filter(None, [found["lokasi"], penerbit, found["kunci"] and f"kunci {found['kunci']}"]))
