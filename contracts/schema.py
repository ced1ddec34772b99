"""The contract language as a JSON Schema, so that an editor completes keys and underlines mistakes while a contract is written.

Generated from the models, so it cannot tell another story than the loader; `sources/contract.schema.json` is its committed copy.
"""

from __future__ import annotations

import json
from typing import Any

from contracts.models.contract import Contract

FILE_NAME = "contract.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT = "Teks"
SCALAR = {"description": "Any scalar: the loader keeps it as text", "type": ["string", "number", "boolean"]}
QUOTED = {"integer": r"^-?\d+$", "number": r"^-?\d*\.?\d+$", "boolean": r"^([Tt]rue|[Ff]alse|[Yy]es|[Nn]o)$"}
"""YAML's own idea of a scalar does not matter to the loader, which reads 61.10 and NO as text and "3" as a number where it wants one;
an editor must not object to either."""


def contract_schema() -> dict[str, Any]:
    """The schema of a contract."""
    schema = Contract.model_json_schema(by_alias=True)
    pages = schema["$defs"]["Pages"]["properties"]
    pages["number"] = {**pages["param"], "description": "The same as param"}
    schema["$defs"][TEXT] = SCALAR
    return {"$schema": DIALECT, "title": "Kontrak sumber satudata", **_widened(schema, is_names=False)}


def schema_text() -> str:
    """The schema as it is committed and printed."""
    return json.dumps(contract_schema(), ensure_ascii=False, indent=2) + "\n"


def _widened(node: Any, is_names: bool) -> Any:  # noqa: ANN401 - any JSON value
    """The schema in the words of a contract author: no titles, no nulls, any scalar where the loader reads text.

    ``is_names``: the keys of this object are names of properties, not words of JSON Schema.
    """
    if isinstance(node, list):
        return [_widened(item, is_names=False) for item in node]
    if not isinstance(node, dict):
        return node
    if not is_names:
        node = _without_null(node)
    kept = {key: _widened(value, key in ("properties", "$defs")) for key, value in node.items() if is_names or key != "title"}
    return kept if is_names else _scalar(kept)


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    """An optional key is left out, not set to null."""
    if "anyOf" not in node or node.get("default", "") is not None:
        return node
    rest = {key: value for key, value in node.items() if key not in ("anyOf", "default")}
    kinds = [kind for kind in node["anyOf"] if kind.get("type") != "null"]
    return {**kinds[0], **rest} if len(kinds) == 1 else {"anyOf": kinds, **rest}


def _scalar(node: dict[str, Any]) -> dict[str, Any]:
    kind = node.get("type")
    if kind == "string" and not {"pattern", "enum", "const"} & set(node):
        return {"$ref": f"#/$defs/{TEXT}", **{key: value for key, value in node.items() if key != "type"}}
    if isinstance(kind, str) and kind in QUOTED:
        return {**node, "type": [kind, "string"], "pattern": QUOTED[kind]}
    return node
