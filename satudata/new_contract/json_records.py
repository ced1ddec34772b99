"""Where the rows of a JSON document are: the path to the largest set of alike objects, in the language of ``records:``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contracts.text import normalise
from extractors.formats.json_fields import is_names
from satudata.new_contract.column_names import slug
from satudata.new_contract.points import is_point

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|\d{1,2}[-/]\d{1,2}[-/]\d{4}")
_KEYS = ("kunci", "rincian", "bagian")
MANY = 25
"""Fields from which of an inner object only those are taken that tell what it is."""
_TELLING = re.compile(r"\.(?:name|nama|title|judul|label|kode|code)$", re.IGNORECASE)
FEWEST_ALIKE = 2
"""Members from which an object of objects is a table keyed by name."""


@dataclass(frozen=True)
class Records:
    """A set of records in a document."""

    steps: tuple[str, ...]
    count: int
    fields: int
    """Fields with a value of their own in a typical record."""
    labels: tuple[tuple[str, str], ...] = ()
    up: tuple[str, ...] = ()
    """Fields of the enclosing object."""
    names: str | None = None
    """Where the names of records that are arrays stand."""
    note: str = ""
    """What a person should look at."""

    @property
    def path(self) -> str:
        return ".".join(self.steps)


def records_of(document: object) -> Records | None:
    """The set of records with most figures and texts in it; of equal ones the outermost. None where nothing looks like records."""
    found = list(_candidates(document, (), ())) or list(_single(document, ()))
    return max(found, key=lambda each: (each.count * max(each.fields, 1), -len(each.steps)), default=None)


def _single(value: object, steps: tuple[str, ...]) -> Iterator[Records]:
    """Objects that are one record each, in a document without any list of them."""
    for name, member in value.items() if isinstance(value, dict) else ():
        if isinstance(member, dict) and re.fullmatch(r"[^.*{}]+", name):
            yield Records((*steps, name), 1, _fields([member]))
            yield from _single(member, (*steps, name))


def _candidates(value: object, steps: tuple[str, ...], around: tuple[Mapping[str, object], ...]) -> Iterator[Records]:
    if isinstance(value, list):
        yield from _of_list(value, steps)
        yield from _of_arrays(value, steps, around)
    elif isinstance(value, dict):
        if keyed := _keyed(value, steps):
            yield from keyed
        for name, member in value.items():
            if re.fullmatch(r"[^.*{}]+", name):
                yield from _candidates(member, (*steps, name), (*around, value))


def _of_list(value: Sequence[object], steps: tuple[str, ...]) -> Iterator[Records]:
    objects = [each for each in value if isinstance(each, dict)]
    if objects and len(objects) == len(value):
        yield Records((*steps, "*"), len(objects), _fields(objects))
        yield from _inside(objects, (*steps, "*"), ())
    elif lists := [each for each in value if isinstance(each, list)]:
        yield from _of_lists(lists, objects, steps)
    elif value and not any(isinstance(each, dict | list) for each in value):
        yield Records((*steps, "*"), len(value), 0)


def _of_arrays(value: Sequence[object], steps: tuple[str, ...], around: tuple[Mapping[str, object], ...]) -> Iterator[Records]:
    """Rows that are arrays, with their names in a list beside them."""
    widths = {len(row) if isinstance(row, list) else 0 for row in value}
    for name, names in around[-1].items() if around and len(widths) == 1 else ():
        if names is not value and isinstance(names, list) and len(names) in widths and re.fullmatch(r"[^.*{}]+", name) and is_names(names):
            yield Records((*steps, "*"), len(value), len(names), names=".".join((*steps[:-1], name)))
            return


def _of_lists(lists: Sequence[Sequence[object]], beside: Sequence[Mapping[str, object]], steps: tuple[str, ...]) -> Iterator[Records]:
    """Lists of objects in a list, perhaps behind an object that says of their pages."""
    records = [record for each in lists for record in each if isinstance(record, dict)]
    if records and len(records) == sum(map(len, lists)):
        note = (
            "halaman lain, bila ada, belum diminta: jumlahnya berdiri di dalam daftar yang sama, lihat `pages` di docs/kontrak.md"
            if beside
            else ""
        )
        yield Records((*steps, "*", "*"), len(records), _fields(records), note=note)


def _inside(objects: Sequence[Mapping[str, object]], steps: tuple[str, ...], outer: tuple[str, ...]) -> Iterator[Records]:
    """Lists of objects in each of these objects, and in those again; what they stand in is known as ``up``, ``up.up``."""
    for name in filter(re.compile(r"[^.*{}]+").fullmatch, objects[0]):
        inner = [value for each in objects if isinstance(value := each.get(name), dict)]
        lists = [value for each in objects if isinstance(value := each.get(name), list)]
        up = tuple(f"up.{field}" for field in (*field_names(objects), *outer) if not field.startswith(f"{name}."))
        if len(inner) == len(objects):
            yield from _inside(inner, (*steps, name), up)
        elif len(lists) == len(objects):
            yield from _listed([record for each in lists for record in each], (*steps, name, "*"), up)


def _listed(records: Sequence[object], steps: tuple[str, ...], up: tuple[str, ...]) -> Iterator[Records]:
    """What the lists at this path hold: records, or lists of them."""
    objects = [record for record in records if isinstance(record, dict)]
    if objects and len(objects) == len(records):
        yield Records(steps, len(objects), _fields(objects), up=up)
        yield from _inside(objects, steps, up)
    elif not objects and (lists := [record for record in records if isinstance(record, list)]):
        yield from _listed([record for each in lists for record in each], (*steps, "*"), up)


def _fields(objects: Sequence[Mapping[str, object]]) -> int:
    return sum(1 for value in objects[0].values() if not isinstance(value, list)) if objects else 0


def _keyed(value: Mapping[str, object], steps: tuple[str, ...]) -> list[Records]:
    """An object whose members are alike: its keys are values of a column."""
    members = {name: member for name, member in value.items() if isinstance(member, dict)}
    if len(members) >= FEWEST_ALIKE and len(members) >= 0.6 * len(value):
        return _inner(members, steps, _key_name(list(members), len(steps)))
    if len(value) >= FEWEST_ALIKE and all(map(_DATE.fullmatch, value)) and not any(isinstance(v, dict | list) for v in value.values()):
        return [Records((*steps, _key_name(list(value), len(steps))), len(value), 2)]
    return []


def _inner(members: Mapping[str, object], steps: tuple[str, ...], key: str) -> list[Records]:
    """Objects in an object: each a record, or each a set of records again."""
    objects = [member for member in members.values() if isinstance(member, dict)]
    if within := _keyed_twice(objects):
        return [Records((*steps, key, "{rincian}"), len(within), _fields(within) + 2)]
    shared = set.intersection(*(set(each) for each in objects))
    if len(shared) >= 0.5 * max(map(len, objects)):
        found = [Records((*steps, key), len(objects), _fields(objects) + 1)] if not _nested(objects[0]) else []
        return found + [each for name in sorted(shared) for each in _deeper([o[name] for o in objects], (*steps, key, name), objects)]
    if all(not isinstance(value, dict | list) for each in objects for value in each.values()):
        return [Records((*steps, key, "{rincian}"), sum(map(len, objects)), 3)]
    return []


def _keyed_twice(objects: Sequence[Mapping[str, object]]) -> Sequence[Mapping[str, object]]:
    """The records of objects that are keyed by a value each, below another such key; empty where they are not alike."""
    within = [member for each in objects for member in each.values() if isinstance(member, dict)]
    if len(within) < sum(map(len, objects)) or min(map(len, objects)) < FEWEST_ALIKE:
        return []
    are_records = all(each.keys() == within[0].keys() and not any(isinstance(v, dict | list) for v in each.values()) for each in within)
    return within if are_records and not all(map(_DATE.fullmatch, within[0])) else []


def _nested(value: Mapping[str, object]) -> bool:
    return any(isinstance(each, dict) and len(each) > FEWEST_ALIKE for each in value.values())


def _deeper(values: Sequence[object], steps: tuple[str, ...], beside: Sequence[Mapping[str, object]]) -> Iterator[Records]:
    """The same member of each of several objects: series by date, or arrays of figures with labels beside them."""
    objects = [value for value in values if isinstance(value, dict) and value]
    if len(objects) < len(values) or not all(_DATE.fullmatch(name) for each in objects for name in each):
        return
    leaves = [leaf for each in objects for leaf in each.values()]
    key = "{tanggal}"
    if all(isinstance(leaf, list) for leaf in leaves):
        label = _label(objects[0], beside[0])
        yield Records((*steps, key), sum(map(len, leaves)), 3, ((("label", ".".join((*steps[:-1], label))),) if label else ()))
    elif not any(isinstance(leaf, dict | list) for leaf in leaves):
        yield Records((*steps, key), len(leaves), 3)


def _label(series: Mapping[str, object], beside: Mapping[str, object]) -> str | None:
    """The array beside a series that names its elements."""
    length = len(next(iter(series.values())))  # type: ignore[arg-type]
    return next((name for name, value in beside.items() if isinstance(value, list) and len(value) == length and _texts(value)), None)


def _texts(values: Sequence[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _key_name(keys: Sequence[str], depth: int) -> str:
    """What to call the column of keys."""
    if all(map(_DATE.fullmatch, keys)):
        return "{tahun}" if all(len(key) == len("2025") for key in keys) else "{tanggal}"
    return "{" + _KEYS[min(depth // 2, len(_KEYS) - 1)] + "}"


def field_names(records: Sequence[Mapping[str, object]]) -> list[str]:
    """The fields of records that hold single values, those of an inner object as ``name.field``; lists hold no single value."""
    names: dict[str, None] = {}
    for record in records:
        for name, value in record.items():
            if isinstance(value, dict):
                names |= {
                    f"{name}.{inner}": None for inner, each in value.items() if not isinstance(each, dict | list) or is_point(inner, each)
                }
            elif not isinstance(value, list):
                names[name] = None
    taken: dict[str, str] = {}
    for name in names:
        taken.setdefault(normalise(name), name)
    found = [name for name in taken.values() if slug(name)]
    return found if len(found) <= MANY else [name for name in found if "." not in name or _TELLING.search(name)]


def is_cut(records: Sequence[Mapping[str, object]], names: Sequence[str]) -> bool:
    """Whether records hold more than these fields."""
    tops = {name.partition(".")[0] for name in names} | set(names)
    inner = any(
        isinstance(value, dict) and any(f"{name}.{each}" not in names for each in value) for r in records for name, value in r.items()
    )
    return inner or any(name not in tops for record in records for name in record)
