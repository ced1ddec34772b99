"""What dbt's manifest says about the tables to publish: their keys, their comments, and which keys lead to which dimension."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from warehouse.published import ForeignKey, PublishedTable

TAGS = ("terbit", "instansi")
"""Of a model that everybody reads, and of one that only agencies do."""
ABOUT_TABLES = "kamus"
"""Tag of a model whose rows are about tables or deliveries, not figures: a rollback does not hold it."""
REFERENCE_TEST = "merujuk"
SUMS = {
    "antarwilayah": "jumlahkan hanya antarwilayah selevel dalam satu periode, jangan antarperiode",
    "antarwilayah dan antarperiode": "boleh dijumlahkan antarwilayah selevel dan antarperiode",
    "antarbaris": "boleh dijumlahkan antarbaris",
    "tidak": "jangan dijumlahkan",
    "menurut indikator": "boleh tidaknya dijumlahkan menurut dim_indikator.penjumlahan",
    "menurut kolom ukuran": "kebutuhan boleh dijumlahkan antarwilayah dan antarperiode, ukuran lain hanya antarwilayah",
}
"""`penjumlahan` of a column -> what its comment says: most people see a column in their BI tool and never open the dictionary."""


def published_tables(manifest: Mapping[str, Any]) -> list[PublishedTable]:
    """The models with one of `TAGS`, in the order of their names; foreign keys are what the `merujuk` tests have just proven."""
    nodes = manifest["nodes"].values()
    models = {node["name"]: node for node in nodes if node["resource_type"] == "model" and set(TAGS) & set(node["tags"])}
    keys = {name: _primary_key(node) for name, node in models.items()}
    leads: dict[str, list[ForeignKey]] = {}
    for node in nodes:
        if (node.get("test_metadata") or {}).get("name") == REFERENCE_TEST:
            model = node["attached_node"].split(".")[-1]
            leads[model] = [_foreign_key(column, to, keys) for column, to in node["test_metadata"]["kwargs"]["ke"].items()]
    referenced = {key.table for led in leads.values() for key in led}
    return [
        PublishedTable(
            node["config"]["meta"].get("terbit_sebagai", name), f"{node['schema']}.{name}", keys[name], node["description"],
            {column["name"]: _meaning(column) for column in node["columns"].values()}, tuple(leads.get(name, ())),
            figures=name not in referenced and ABOUT_TABLES not in node["tags"], incremental=node["config"]["materialized"] == "incremental",
        )
        for name, node in sorted(models.items())
    ]  # fmt: skip


def _meaning(column: Mapping[str, Any]) -> str:
    """What a column means, and over what it may be summed up where it is a figure."""
    rule = column.get("config", {}).get("meta", {}).get("penjumlahan")
    return f"{column['description']}. Penjumlahan: {SUMS[rule]}" if rule else str(column["description"])


def _primary_key(node: Mapping[str, Any]) -> tuple[str, ...]:
    return next(tuple(constraint["columns"]) for constraint in node["constraints"] if constraint["type"] == "primary_key")


def _foreign_key(column: str, to: str, keys: Mapping[str, tuple[str, ...]]) -> ForeignKey:
    found = re.search(r"ref\('(\w+)'\)", to)
    table = found[1] if found else ""
    return ForeignKey(column, table, keys[table][0])
