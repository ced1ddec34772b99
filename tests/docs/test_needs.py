"""Prevents a need that the documentation says is answered, and the sample city answers otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.conftest import REPO, Kota
from tests.docs.pages import answer, queries, with_answers

PAGES = sorted((REPO / "docs" / "kebutuhan").glob("*.md"))

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]  # the first test waits for two days of the city


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_question_the_query_and_the_answer_of_a_need(page: Path, kota: Kota, refresh: bool) -> None:
    """Every query of a page is asked as a reader, and its answer is what stands below it."""
    text = page.read_text()
    asked = [query for query, _ in queries(text)]
    assert asked, "a need without a query"
    found = [answer(*kota.ask(query)) for query in asked]
    if refresh:
        page.write_text(with_answers(text, found))
        return
    assert [said for _, said in queries(text)] == found
