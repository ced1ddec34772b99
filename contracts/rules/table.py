"""Finding the table, its groups and its unpivoted headers: what one part gives, another part has to take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.explain import Flaw, suggestion
from contracts.models.contract import Contract
from contracts.models.table import GroupRow
from contracts.pattern_words import NOT_A_PATTERN


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Groups and headers that are taken but never given, or given but never taken."""
    yield from _table(contract)
    yield from _groups(contract)
    yield from _unpivot(contract)


def named_groups(pattern: str | None) -> tuple[str, ...]:
    """The named groups of a regular expression; none when it does not compile, which is said elsewhere."""
    try:
        return tuple(re.compile(pattern or "").groupindex)
    except NOT_A_PATTERN:
        return ()


def _table(contract: Contract) -> Iterator[Flaw]:
    table = contract.table
    if table.every and table.title is None:
        yield Flaw(("table", "every"), "`every` tanpa `title`", "`title:` pola judul yang berulang")
    if table.css is not None and table.beside is not None:
        yield Flaw(("table", "css"), "`css` dan `beside` bersama-sama", "salah satu")
    for i, row in enumerate(contract.rows):
        if not row.where:
            yield Flaw(("rows", i, "where"), "kosong", "`{judul kolom: pola}`")


def _groups(contract: Contract) -> Iterator[Flaw]:
    given = {row.gives for row in contract.rows if isinstance(row, GroupRow)}
    if contract.table.every:
        given.update(named_groups(contract.table.title))
    taken = {column.group for column in contract.columns.values()} | {column.title for column in contract.columns.values()}
    for name, column in contract.columns.items():
        if column.group is not None and column.group not in given:
            yield Flaw(("columns", name, "group"), f"tidak ada baris kelompok yang memberi `{column.group}`", _known(column.group, given))
    for i, row in enumerate(contract.rows):
        if isinstance(row, GroupRow) and row.gives not in taken:
            yield Flaw(("rows", i, "gives"), f"`{row.gives}` tidak dipakai kolom mana pun", f"kolom dengan `group: {row.gives}`")


def _unpivot(contract: Contract) -> Iterator[Flaw]:
    unpivot = contract.unpivot
    groups = named_groups(unpivot.headers) if unpivot else ()
    for name, column in contract.columns.items():
        if column.header is None:
            continue
        if unpivot is None:
            yield Flaw(("columns", name, "header"), "`header` tanpa `unpivot`", "`from: <judul kolom>`, atau tambahkan `unpivot:`")
        elif column.header not in groups:
            should_be = _known(column.header, set(groups), "grup bernama `(?P<nama>...)` di unpivot.headers")
            yield Flaw(("columns", name, "header"), f"unpivot.headers tidak punya grup `{column.header}`", should_be)
    if unpivot is not None:
        yield from _value(contract, unpivot.value)
        if not groups and _compiles(unpivot.headers):
            yield Flaw(("unpivot", "headers"), "tidak punya grup bernama", "grup `(?P<tahun>...)` yang membedakan baris-barisnya")


def _value(contract: Contract, value: str) -> Iterator[Flaw]:
    column = contract.columns.get(value)
    if column is None:
        yield Flaw(("unpivot", "value"), f"kolom `{value}` tidak ada", suggestion(value, list(contract.columns)))
    elif column.origin is not None:
        yield Flaw(("columns", value, column.origin), "kolom nilai unpivot sudah punya asal", f"hapus `{column.origin}`")


def _known(name: str, given: set[str], otherwise: str = "baris `is: group` dengan `gives:`") -> str:
    return suggestion(name, sorted(given)) if given else otherwise


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except NOT_A_PATTERN:
        return False
    return True
