"""A pattern of a contract as it is run on agencies' texts: not on one so long that the search could take minutes.

A check lets a pattern through whose time grows with a power of the text's length, as hardly any pattern is without: cells are short. The text
decides, and it is an agency's. One beyond the pattern's measure does not match: an extract then sets its row aside.
"""

from __future__ import annotations

import re

from contracts.regex_risk import longest_text


class BoundedPattern:
    """A valid pattern, without regard to case, with the longest text it is run on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pattern = re.compile(text, re.IGNORECASE)
        self._longest = longest_text(text)
        self.groups = self._pattern.groups
        self.groupindex = self._pattern.groupindex

    def search(self, text: str) -> re.Match[str] | None:
        """The first match; None where there is none, or where the text is too long to look for one."""
        return self._pattern.search(text) if len(text) <= self._longest else None
