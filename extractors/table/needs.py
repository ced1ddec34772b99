"""What a contract expects of a header: the names it asks for, the headers it turns into rows, and those it knows and does not want.

Worked out once per parse; finding the table, reading JSON and reporting drift all ask here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from contracts.errors import MissingColumn, UnitChanged
from contracts.models.columns import ORIGINS, Column
from contracts.models.contract import Contract
from contracts.models.table import GroupRow
from contracts.text import as_stored, normalise
from extractors.bounded_pattern import BoundedPattern
from extractors.cells import PART

_BRACKETS, _YEAR = re.compile(r"[(\[][^()\[\]]*[)\]]"), re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Wide:
    """A header that `unpivot` turns into rows."""

    key: str
    header: str
    groups: dict[str, str | None]


@dataclass(frozen=True)
class Layout:
    """Which columns of a chunk the contract means."""

    keys: dict[str, str]
    """Normalised header -> key in `CellChunk.columns`; of equal headers the first."""
    wide: tuple[Wide, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    """Headers that the contract names and the table has twice."""

    @property
    def needed(self) -> frozenset[str]:
        """The keys of all that is meant."""
        return frozenset([*self.keys.values(), *(wide.key for wide in self.wide)])

    def key(self, spellings: Iterable[str]) -> str | None:
        """The key of the first of these names that the table has."""
        return next((self.keys[name] for name in map(normalise, spellings) if name in self.keys), None)


class Needs:
    """The expectations of one contract."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self.wide = BoundedPattern(contract.unpivot.headers) if contract.unpivot else None
        self.given = frozenset(_given(contract))
        """Names that are no headers: groups of `unpivot`, of group rows and of the table's title."""
        self.required = tuple(self._names(optional=False))
        """Each a tuple of spellings, one of which a header must have."""
        self.optional = tuple(self._names(optional=True))
        self.named = frozenset(normalise(name) for names in (*self.required, *self.optional) for name in names)
        self.known = self.named | {normalise(name) for name in contract.ignore}
        self._not_wide = self.known - _only_looked_at(contract)

    def spellings(self, name: str) -> tuple[str, ...]:
        """The headers that a header or column name may stand for."""
        column = self._contract.columns.get(name)
        return (name, *(own_spellings(name, column, self._contract) if column else ()))

    def _names(self, *, optional: bool) -> Iterator[tuple[str, ...]]:
        contract = self._contract
        for name, column in contract.columns.items():
            if column.optional == optional:
                yield from ((spelling,) for spelling in column.parts or ())
                yield from ((item,) for item in column.join or () if isinstance(item, str) and item not in self.given)
                if own := own_spellings(name, column, contract):
                    yield own
        for name in dict.fromkeys(_names_in_rules(contract)):
            is_optional = name in contract.columns and contract.columns[name].optional
            if is_optional == optional:
                yield self.spellings(name)

    def missing(self, names: Collection[str]) -> tuple[str, ...]:
        """The first spelling of each required name that is not among these normalised headers."""
        return tuple(spellings[0] for spellings in self.required if not any(normalise(name) in names for name in spellings))

    def fits(self, headers: Sequence[str]) -> bool:
        """Whether this is a header of the contract's table."""
        names = set(map(normalise, headers))
        return not self.missing(names) and (self.wide is None or any(self._is_wide(header) for header in headers))

    def score(self, headers: Sequence[str]) -> int:
        """How many of the names these headers have: for telling the nearest header where none fits."""
        names = set(map(normalise, headers))
        return len(self.required) - len(self.missing(names)) + any(self._is_wide(header) for header in headers)

    def _is_wide(self, header: str) -> re.Match[str] | None:
        if self.wide is None or normalise(header) in self._not_wide:
            return None
        return self.wide.search(as_stored(header))

    def layout(self, headers: Sequence[str]) -> Layout:
        """Which of these headers are meant; blank ones are none."""
        keys: dict[str, str] = {}
        wide: list[Wide] = []
        unknown: dict[str, None] = {}
        repeated: dict[str, None] = {}
        for key, header in zip(keys_of(headers), headers, strict=True):
            name, match = normalise(header), self._is_wide(header)
            if match:
                wide.append(Wide(key, header, match.groupdict()))
            if name in self.named:
                repeated |= {header: None} if name in keys else {}
                keys.setdefault(name, key)
            elif name and not match and name not in self.known:
                unknown[header] = None
        return Layout(keys, tuple(wide), tuple(unknown), tuple(repeated))

    def missing_column(self, file_name: str, headers: Iterable[str]) -> MissingColumn:
        """The error for the nearest header: what it lacks, and what it has instead, the most similar first."""
        found = [header for header in dict.fromkeys(headers) if header]
        missing = tuple(dict.fromkeys(self.missing(set(map(normalise, found)))))
        if not missing and self._contract.unpivot:
            missing = (self._contract.unpivot.headers,)
        free = {normalise(header): header for header in found if normalise(header) not in self.known}
        near = [free[name] for wanted in missing for name in get_close_matches(normalise(wanted), free, n=1, cutoff=0.5)]
        nearest = tuple(dict.fromkeys([*near, *free.values()]))
        changed = tuple(f"{wanted} → {header}" for wanted in missing for header in free.values() if _differs_in_brackets(wanted, header))
        return UnitChanged(file_name, missing, nearest, changed) if changed else MissingColumn(file_name, missing, nearest)


def _differs_in_brackets(wanted: str, header: str) -> bool:
    """``Produksi (Ton)`` and ``Produksi (Kw)``; years in brackets are no units."""
    (mine, unit), (theirs, other) = _BRACKETS.subn("()", normalise(wanted)), _BRACKETS.subn("()", normalise(header))
    return bool(unit) and unit == other and mine == theirs and not _YEAR.search(wanted + header)


def keys_of(headers: Sequence[str]) -> list[str]:
    """A key for each header; equal headers get different ones."""
    first = {header: i for i, header in reversed(list(enumerate(headers)))}
    return [header if first[header] == i else f"{header}{PART}{i}" for i, header in enumerate(headers)]


def own_spellings(name: str, column: Column, contract: Contract) -> tuple[str, ...]:
    """The headers a column is read from: those of ``from``; without any origin its own name, unless it holds the unpivoted values."""
    if column.from_ is not None:
        return column.from_
    has_origin = any(getattr(column, origin, None) is not None for origin in ORIGINS)
    is_value = contract.unpivot is not None and contract.unpivot.value == name
    return () if has_origin or is_value else (name,)


def _given(contract: Contract) -> Iterator[str]:
    for text in (contract.unpivot.headers if contract.unpivot else None, contract.table.title):
        yield from BoundedPattern(text).groupindex if text else ()
    yield from (rule.gives for rule in contract.rows if isinstance(rule, GroupRow))


def _only_looked_at(contract: Contract) -> set[str]:
    """Headers that row rules look at and nothing else names: looking at a header does not take its figures out of `unpivot`."""
    own = (own_spellings(name, column, contract) for name, column in contract.columns.items())
    pieces = (item for column in contract.columns.values() for item in (*(column.parts or ()), *(column.join or ())))
    total = (contract.unpivot.total if contract.unpivot else None,)
    read = [*contract.columns, *contract.ignore, *(name for names in own for name in names), *pieces, *total]
    taken = {normalise(name) for name in read if isinstance(name, str)}
    return {name for name in map(normalise, (name for rule in contract.rows for name in rule.where)) if name not in taken}


def _names_in_rules(contract: Contract) -> Iterator[str]:
    for rule in contract.rows:
        yield from rule.where
        if isinstance(rule, GroupRow) and rule.from_:
            yield rule.from_
    if contract.unpivot and contract.unpivot.total:
        yield contract.unpivot.total
