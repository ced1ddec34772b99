"""Prevents a mart without a page, and a page that describes columns as they were."""

from __future__ import annotations

import pytest

from tests.docs.conftest import REPO
from tests.docs.pages import COLUMNS, column_table, models, queries

PAGES = REPO / "docs" / "mart"


@pytest.mark.parametrize("name", sorted(models()))
def test_every_mart_has_a_page_that_says_what_its_model_says(name: str, refresh: bool) -> None:
    path, model = PAGES / f"{name}.md", models()[name]
    text = path.read_text()
    fresh = COLUMNS.sub(lambda found: found[1] + column_table(model), text)
    if refresh:
        path.write_text(fresh)
    assert "Butir: " in text, "the page says what one row is"
    assert COLUMNS.search(text)
    assert list(queries(text)), "the page has an example query"
    assert fresh == (fresh if refresh else text)


def test_every_page_is_of_a_mart() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {*models(), "README"}
