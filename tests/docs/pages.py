"""The pages of marts and needs as text: their tables, queries and answers, read and written alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

REPO = Path(__file__).resolve().parents[2]
MODELS = REPO / "dbt_project" / "models"
QUERY = re.compile(r"```sql\n(?P<query>.*?)\n```\n(?:\n(?P<answer>(?:\|[^\n]*\n)+))?", re.DOTALL)
COLUMNS = re.compile(r"(## Kolom\n\n)((?:\|.*\n)*)")
MOST_ROWS = 20
REASON = "\nDi kota contoh jawabannya kosong"
"""How a page begins to say why a query answers nothing there."""


@dataclass(frozen=True)
class Model:
    """What the dbt project says of a published table."""

    name: str
    description: str
    columns: list[dict[str, Any]]
    key: list[str]


def models() -> dict[str, Model]:
    """Published marts, and the history that publishing writes itself."""
    said = yaml.safe_load((MODELS / "marts" / "_marts.yml").read_text())["models"]
    found = {one["name"]: Model(one["name"], one["description"], one["columns"], one["constraints"][0]["columns"]) for one in said}
    for source in yaml.safe_load((MODELS / "staging" / "_sumber.yml").read_text())["sources"]:
        for table in source["tables"]:
            if "terbit" in table.get("config", {}).get("tags", ()):
                found[table["name"]] = Model(table["name"], table["description"], table["columns"], [])
    return found


def column_table(model: Model) -> str:
    """The columns of a page, as the model describes them."""
    rows = [
        (one["name"], one["data_type"], one.get("config", {}).get("meta", {}).get("satuan", ""), one["description"])
        for one in model.columns
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in [("kolom", "tipe", "satuan", "arti"), ("---",) * 4, *rows])


def queries(text: str) -> Iterator[tuple[str, str | None]]:
    """Each query of a page and the answer below it."""
    for found in QUERY.finditer(text):
        yield found["query"], found["answer"]


def answer(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A result as a page shows it."""
    assert len(rows) <= MOST_ROWS, f"{len(rows)} rows are no answer for a page: add a limit"
    lines = [names, ["---"] * len(names), *([_cell(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def with_answers(text: str, answers: Sequence[str]) -> str:
    """The page with these answers, in the order of its queries."""
    left = iter(answers)
    return QUERY.sub(lambda found: f"```sql\n{found['query']}\n```\n\n{next(left)}", text)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).replace("|", "\\|")
