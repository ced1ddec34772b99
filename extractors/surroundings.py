"""What is known of rows from around them: their file, sheet, address, the texts above the table, fields beside the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.source_file import SourceFile


@dataclass(frozen=True)
class Surroundings:
    """The surroundings of the rows of one table in one file."""

    file: SourceFile
    sheet_name: str = ""
    above: tuple[str, ...] = ()
    """Texts above the header, in the order in which `title:` looks through them."""
    titles: tuple[str, ...] = ()
    """Those of them that can be the table's title: the rows right above it, and the nearest heading of its page."""
    title: Mapping[str, str | None] = field(default_factory=dict)
    """Named groups of `table.title`."""
    document: Mapping[str, object] = field(default_factory=dict)
    """Fields outside the records, by their path."""
