"""Marks behind figures, as in 1.234*: the figures count, and the contract says what each mark means.

Without it a month of provisional figures is a month of texts, and is left out of the months beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.cells import TEXT
from satudata.new_contract.figures import ENOUGH, figures
from satudata.new_contract.sample import Column
from satudata.new_contract.signs import without_signs

_MARKED = re.compile(r"(?P<figure>.*[0-9%]) ?(?P<mark>\*{1,3}|[†‡]|[*rpsx]\))", re.IGNORECASE)
MEANING = {"*": "sementara", "**": "sangat sementara", "r)": "revisi"}
"""As BPS writes them below its tables; any other mark is taken for the first."""


def without_marks(columns: Sequence[Column]) -> tuple[list[Column], dict[str, str]]:
    """The columns of figures without the marks behind some of them, and mark -> what it is taken for."""
    found: dict[str, str] = {}
    bare = []
    for column in columns:
        marks = _marks(column)
        found |= {mark: MEANING.get(mark, MEANING["*"]) for mark in sorted(marks)}
        bare.append(_bare(column) if marks else column)
    return bare, found


def _marks(column: Column) -> set[str]:
    texts = column.of_kind(TEXT)
    marked = {text: match for text in texts if (match := _MARKED.fullmatch(text))}
    if not marked:
        return set()
    bare = Counter({(marked[text]["figure"] if text in marked else text): count for text, count in texts.items()})
    return {match["mark"].lower() for match in marked.values()} if figures(without_signs(bare)).share >= ENOUGH else set()


def _bare(column: Column) -> Column:
    texts = (text if text is None or not (match := _MARKED.fullmatch(text)) else match["figure"] for text in column.texts)
    return Column(column.header, tuple(texts), column.kinds)
