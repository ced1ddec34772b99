"""Every regular expression of a contract can be run, gives the group that is asked of it, and cannot hang on a long cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from contracts.explain import Flaw
from contracts.models.columns import TitleOrigin
from contracts.models.contract import Contract
from contracts.pattern_words import ENDING, WrongPattern, read_pattern
from contracts.postgres_pattern import to_postgres
from contracts.regex_risk import may_run_for_ever
from contracts.yaml_tree import Path

MOST_LENGTH = 1_000


class Pattern(NamedTuple):
    """A regular expression and where it stands; ``captures``: a group of it becomes a text; ``in_sql``: Postgres runs it too."""

    path: Path
    text: str
    captures: bool = False
    in_sql: bool = False


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Patterns that cannot run, capture nothing, or may run for ever."""
    for pattern in patterns_of(contract):
        yield from _flaws(pattern)


def patterns_of(contract: Contract) -> Iterator[Pattern]:
    """Every regular expression of a contract."""
    table = contract.table
    if table.title is not None:
        yield Pattern(("table", "title"), table.title)
    if table.ends_at is not None:
        yield Pattern(("table", "ends_at"), table.ends_at)
    if contract.unpivot is not None:
        yield Pattern(("unpivot", "headers"), contract.unpivot.headers)
    for i, row in enumerate(contract.rows):
        yield from (Pattern(("rows", i, "where", name), text) for name, text in row.where.items())
    yield from _of_columns(contract)
    for i, check in enumerate(contract.checks):
        yield from (Pattern(("checks", i, "where", name), text, in_sql=True) for name, text in (check.where or {}).items())
        if check.pattern is not None:
            yield Pattern(("checks", i, "pattern"), check.pattern, in_sql=True)


def _of_columns(contract: Contract) -> Iterator[Pattern]:
    table_groups = contract.table.every
    for name, column in contract.columns.items():
        for key in ("extract", "title", "file_name", "sheet_name", "url"):
            text = getattr(column, key)
            if text is not None and not (key == "title" and table_groups and text.isidentifier()):
                yield Pattern(("columns", name, key), text, captures=True)
        for i, part in enumerate(column.join or ()):
            if isinstance(part, TitleOrigin):
                yield Pattern(("columns", name, "join", i, "title"), part.title, captures=True)


def _flaws(pattern: Pattern) -> Iterator[Flaw]:
    if len(pattern.text) > MOST_LENGTH:
        yield Flaw(pattern.path, f"pola sepanjang {len(pattern.text)} huruf", f"pola yang lebih pendek, paling banyak {MOST_LENGTH} huruf")
        return
    try:
        groups = read_pattern(pattern.text).state.groups - 1
        if pattern.in_sql:
            to_postgres(pattern.text)
    except WrongPattern as error:
        yield Flaw(pattern.path, error.problem, error.should_be)
        return
    if pattern.captures and not groups:
        yield Flaw(pattern.path, f"pola `{pattern.text}` tidak mengambil apa pun", "tanda kurung ( ) di sekitar teks yang diambil")
    if may_run_for_ever(pattern.text, fold=not pattern.in_sql):
        yield Flaw(pattern.path, f"pola `{pattern.text}` dapat berjalan tanpa akhir", ENDING)
