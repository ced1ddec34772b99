"""The dashboards of `bi/superset` as the file Superset imports, with the address of this warehouse in it and without its password."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

BUNDLE = Path(__file__).resolve().parents[1] / "bi" / "superset"
ROOT = "satudata"
DATABASE = "databases/Satu_Data.yaml"
MASK = "XXXXXXXXXX"
"""What Superset takes for 'ask for the password'."""


def write_bundle(to: Path, address: str, tables: Mapping[str, str]) -> Path:
    """Zip the dashboards for the reader whose address (with password) is given. Raises: OSError where `to` cannot be written.

    `tables`: mart -> the table that releases go on with, where that bears another name.
    """
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in sorted(BUNDLE.rglob("*.yaml")):
            place = path.relative_to(BUNDLE).as_posix()
            content = _as_superset_wants(yaml.safe_load(path.read_text(encoding="utf-8")))
            if place == DATABASE:
                content["sqlalchemy_uri"] = _without_password(address)
            if "table_name" in content:
                content["table_name"] = tables.get(content["table_name"], content["table_name"])
            bundle.writestr(f"{ROOT}/{place}", yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    return to


def _as_superset_wants(content: dict[str, Any]) -> dict[str, Any]:
    """What a chart asks stands in the sources as YAML, to be read; Superset wants it as a text of JSON."""
    if "query_context" in content:
        content["query_context"] = json.dumps(content["query_context"])
    return content


def _without_password(address: str) -> str:
    at = urlsplit(address)
    return at._replace(scheme="postgresql+psycopg2", netloc=at.netloc.replace(f":{at.password}@", f":{MASK}@")).geturl()
