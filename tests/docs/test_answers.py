"""Prevents an example query that no longer runs, and one that shows nobody what its answer looks like, because it has none."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from satudata.lineage.row import row_of
from tests.docs.conftest import REPO, Kota
from tests.docs.pages import REASON, queries

TRACED = re.compile(r"satudata lineage ([a-z_.]+(?: [^\s`]+=(?:'[^']*'|[^\s`]*))+)")
FIGURES = [
    pytest.param(command, id=f"{path.stem}-{number}")
    for path in (REPO / "README.md", *sorted((REPO / "docs").rglob("*.md")))
    for number, command in enumerate(TRACED.findall(path.read_text()))
]
ASKING = [path for path in sorted((REPO / "docs").rglob("*.md")) if list(queries(path.read_text()))]


@pytest.mark.slow
@pytest.mark.timeout(3600)  # the first test waits for two days of the city
@pytest.mark.parametrize("page", ASKING, ids=lambda page: page.relative_to(REPO / "docs").as_posix())
def test_every_example_query_answers_something_on_the_sample_city(page: Path, kota: Kota) -> None:
    """Or the page says why it does not: a paragraph below the query that begins as `REASON`."""
    text = page.read_text()
    for query, _ in queries(text):
        names, rows = kota.ask(query)
        assert names
        below = text.partition(query)[2].partition("```sql")[0]
        assert bool(rows) != (REASON in below), f"{len(rows)} rows\n{query}"


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("command", FIGURES)
def test_every_example_of_lineage_means_one_row(command: str, kota: Kota) -> None:
    table, *pairs = shlex.split(command)
    with kota.database.connect("transformer") as conn:
        assert row_of(conn, table, pairs).key
