"""Python functions over columns at the price of their distinct values.

A column of a million dates holds a few hundred different texts. What pyarrow has no kernel for is therefore written as a function of
one text and run once for each text it has not met, with what it knows kept from chunk to chunk.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

MOST_KNOWN = 50_000
LONGEST_KNOWN = 200
"""Characters beyond which a text is not kept: prose hardly repeats, and would make memory grow with the file."""


class Memo:
    """A function of one text, applied to whole columns."""

    def __init__(self, function: Callable[[str], str | None]) -> None:
        self._function = function
        self._known: dict[str, str | None] = {}

    def __call__(self, text: pa.Array) -> pa.Array:
        """The function's result for each text; null stays null."""
        encoded = text.dictionary_encode()
        results = pa.array(self._results(encoded.dictionary.to_pylist()), pa.string())
        return results.take(encoded.indices)

    def _results(self, texts: list[str]) -> list[str | None]:
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        return [self._result(text) for text in texts]

    def _result(self, text: str) -> str | None:
        if text in self._known:
            return self._known[text]
        result = self._function(text)
        if len(text) <= LONGEST_KNOWN:
            self._known[text] = result
        return result
