"""Pydantic's findings as sentences for a contract author: which key, what is wrong with it, what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from contracts.yaml_tree import Path, Plain

Shape = Any
"""A type expression: a model, or a list or mapping of models."""


class Flaw(NamedTuple):
    """One thing wrong, at a path of the YAML data."""

    path: Path
    problem: str
    should_be: str
    about: tuple[str, ...] = ()
    """Columns on whose type the flaw rests: it says nothing while such a type is itself in doubt."""


TEMPLATES: dict[str, tuple[str, str]] = {
    "int_parsing": ("`{input}` bukan bilangan bulat", "bilangan bulat, misalnya 3"),
    "float_parsing": ("`{input}` bukan angka", "angka dengan titik desimal, misalnya 0.05"),
    "finite_number": ("`{input}` bukan angka", "angka biasa, misalnya 100"),
    "int_parsing_size": ("`{input}` terlalu besar", "bilangan bulat, misalnya 3"),
    "string_too_long": ("terlalu panjang", "paling banyak {max_length} huruf"),
    "bool_parsing": ("`{input}` bukan ya atau tidak", "true atau false"),
    "string_type": ("seharusnya satu teks", "satu teks; beri tanda kutip bila memuat : {{ [ atau #"),
    "dict_type": ("seharusnya pasangan `kunci: nilai`", "pasangan `kunci: nilai`"),
    "model_type": ("seharusnya pasangan `kunci: nilai`", "pasangan `kunci: nilai`"),
    "model_attributes_type": ("seharusnya pasangan `kunci: nilai`", "pasangan `kunci: nilai`"),
    "tuple_type": ("seharusnya sebuah daftar", "daftar, misalnya [a, b]"),
    "list_type": ("seharusnya sebuah daftar", "daftar, misalnya [a, b]"),
    "too_short": ("kosong", "sedikitnya satu isi"),
    "string_too_short": ("kosong", "sebuah teks"),
    "too_long": ("terlalu banyak isi", "paling banyak {max_length}"),
    "greater_than_equal": ("`{input}` terlalu kecil", "paling sedikit {ge:g}"),
    "greater_than": ("`{input}` terlalu kecil", "lebih dari {gt:g}"),
    "less_than_equal": ("`{input}` terlalu besar", "paling banyak {le:g}"),
    "string_pattern_mismatch": ("`{input}` tidak berbentuk semestinya", "teks berpola {pattern}"),
    "union_tag_invalid": ("`{tag}` tidak dikenal", "salah satu dari {expected_tags}"),
    "union_tag_not_found": ("tidak menyebut jenisnya", "`is: drop`, `is: total`, atau `is: group`"),
    "date_from_datetime_parsing": ("`{input}` bukan tanggal", "tanggal YYYY-MM-DD"),
    "date_parsing": ("`{input}` bukan tanggal", "tanggal YYYY-MM-DD"),
}
"""Pydantic error type -> (what is wrong, what would be right), filled from the input and the error's context."""


def flaws_of(errors: Sequence[ErrorDetails], shape: Shape, data: Plain) -> list[Flaw]:
    """The findings of one validation, one per place, most specific first where a union gave several."""
    found: dict[Path, Flaw] = {}
    for error in errors[:MOST_FLAWS]:
        flaw = _flaw(error, shape, data)
        found.setdefault(flaw.path, flaw)
    unions = {path[:length] for path in found for length in range(len(path))}
    kept = [flaw for path, flaw in found.items() if path not in unions]
    typos = {flaw.path[:-1] + (name,) for flaw in kept if (name := _meant(flaw, shape, data))}
    return [flaw for flaw in kept if not (flaw.path in typos and flaw.problem == MISSING)]


MISSING = "belum diisi"
MOST_FLAWS = 300
"""Nobody mends more in one go; a file of which every line is wrong must not cost minutes."""


def closest(name: str, known: Sequence[str]) -> str | None:
    """The known name that the author most likely meant."""
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.6)), None)


def suggestion(name: str, known: Sequence[str], most: int = 20) -> str:
    """What would be right instead of an unknown name."""
    near = closest(name, known)
    listed = ", ".join(known[:most]) + (", ..." if len(known) > most else "")
    return f"mungkin `{near}` (yang dikenal: {listed})" if near else f"salah satu dari {listed}"


def _flaw(error: ErrorDetails, shape: Shape, data: Plain) -> Flaw:
    kind, context = error["type"], error.get("ctx", {})
    path = _path(error["loc"], data, keep_last=kind == "missing")
    if kind == "contract":
        return Flaw(path, str(context["problem"]), str(context["should_be"]))
    if kind == "missing":
        return Flaw(path, MISSING, _description(path, shape, data))
    if kind == "extra_forbidden":
        return Flaw(path, f"kunci `{path[-1]}` tidak dikenal", suggestion(str(path[-1]), _known_keys(path[:-1], shape, data)))
    if kind in ("literal_error", "enum"):
        expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return Flaw(path, f"`{_short(error['input'])}` tidak dikenal", f"salah satu dari {expected}")
    problem, should_be = TEMPLATES.get(kind, ("`{input}` tidak dapat dipakai", "lihat halaman kontrak"))
    values = {**context, "input": _short(error["input"])}
    return Flaw(path, problem.format(**values), should_be.format(**values))


def _short(value: object, most: int = 60) -> str:
    text = str(value)
    return text if len(text) <= most else f"{text[:most]}..."


def _path(loc: tuple[int | str, ...], data: Plain, keep_last: bool) -> Path:
    """Pydantic's location without the names of union members, which are no keys of the file."""
    path: list[str | int] = []
    for step in loc[:-1] if keep_last else loc:
        if (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            data = _child(data, step)
            path.append(step)
    return (*path, *loc[-1:]) if keep_last else tuple(path)


def _meant(flaw: Flaw, shape: Shape, data: Plain) -> str | None:
    """The key that an unknown key was meant to be, so that its absence is not reported a second time."""
    known = _known_keys(flaw.path[:-1], shape, data) if "tidak dikenal" in flaw.problem and flaw.path else []
    return closest(str(flaw.path[-1]), known) if known else None


def _known_keys(path: Path, shape: Shape, data: Plain) -> list[str]:
    return [name for owner in _models_at(path, shape, data) for name in field_names(owner)]


def field_names(model: type[BaseModel]) -> list[str]:
    """The keys of a model as a contract writes them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _description(path: Path, shape: Shape, data: Plain) -> str:
    for owner in _models_at(path[:-1], shape, data):
        for name, field in owner.model_fields.items():
            if (field.alias or name) == path[-1] and field.description:
                example = f"[{', '.join(map(str, field.examples[0]))}]" if field.examples else "..."
                return f"`{path[-1]}: {example}` ({field.description})"
    return f"`{path[-1]}: ...`"


def _models_at(path: Path, shape: Shape, data: Plain) -> list[type[BaseModel]]:
    """The models that may stand at a path; of a list of row rules, the one that the row's ``is`` names."""
    shapes = [shape]
    for step in path:
        shapes = [inner for outer in shapes for inner in _into(outer, step)]
        data = _child(data, step)
    owners = [member for outer in shapes for member in _members(outer) if _is_model(member)]
    tag = data.get("is") if isinstance(data, dict) else None
    return [owner for owner in owners if "is_" in owner.model_fields and tag in get_args(owner.model_fields["is_"].annotation)] or owners


def _into(shape: Shape, step: str | int) -> Iterator[Shape]:
    for member in _members(shape):
        if _is_model(member):
            yield from (field.annotation for name, field in member.model_fields.items() if (field.alias or name) == step)
        elif _origin(member) is dict:
            yield get_args(member)[1]
        elif _origin(member) in (tuple, list):
            yield from (inner for inner in get_args(member) if inner is not Ellipsis)


def _members(shape: Shape) -> Iterator[Shape]:
    """A type without ``Annotated``, and a union as its members."""
    if _origin(shape) is Annotated:
        yield from _members(get_args(shape)[0])
    elif _origin(shape) in (Union, UnionType):
        for member in get_args(shape):
            yield from _members(member)
    else:
        yield shape


def _origin(shape: Shape) -> object:
    return get_origin(shape)


def _is_model(shape: Shape) -> bool:
    return isinstance(shape, type) and _origin(shape) is None and issubclass(shape, BaseModel)


def _child(data: Plain, step: str | int) -> Plain:
    if isinstance(data, dict):
        return data.get(str(step), "")
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else ""
