"""A column's keys have to fit its type: a number convention on a text, or a date format without a year, would silently do nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from contracts.explain import Flaw, suggestion
from contracts.formats import format_problem
from contracts.models.columns import ABOVE, Column
from contracts.models.contract import Contract
from contracts.rules.surroundings import Surroundings
from contracts.text import normalise

NUMBERS = frozenset({"integer", "decimal", "percent", "latitude", "longitude"})
MEASURES = frozenset({"integer", "decimal", "percent"})
TIMES = frozenset({"date", "timestamp", "period"})
REGION = frozenset({"wilayah"})
FITTING: dict[str, frozenset[str]] = {
    "numbers": NUMBERS,
    "range": NUMBERS,
    "unit": MEASURES,
    "unit_from": MEASURES,
    "indikator": MEASURES,
    "klasifikasi": MEASURES,
    "format": TIMES,
    "reference": frozenset({"code"}),
    "parts": REGION | {"code"},
    "level": REGION,
    "within": REGION,
    "system": REGION,
    "bare_name_is": REGION,
    "unknown": REGION,
}
"""Key -> the types for which it has an effect."""


def flaws(contract: Contract, around: Surroundings) -> Iterator[Flaw]:
    """Keys without effect, impossible formats, contradictions, unknown references."""
    for name, column in contract.columns.items():
        yield from _fitting(name, column)
        yield from _formats(contract, name, column)
        yield from _contradictions(contract, name, column)
        yield from _meaning(name, column, around)


def _fitting(name: str, column: Column) -> Iterator[Flaw]:
    for key, types in FITTING.items():
        if key in column.model_fields_set and column.type not in types:
            should_be = f"hapus `{key}`, atau pakai tipe {' / '.join(sorted(types))}"
            yield Flaw(("columns", name, key), f"`{key}` tidak berarti untuk tipe {column.type}", should_be, (name,))


def _formats(contract: Contract, name: str, column: Column) -> Iterator[Flaw]:
    grain = contract.period.grain if contract.period and contract.period.column == name else None
    if column.type not in TIMES:
        return
    for template in column.format or ():
        if problem := format_problem(template, column.type, grain):
            yield Flaw(("columns", name, "format"), problem, "huruf D DD M MM MMM MMMM YY YYYY HH mm S Q W, misalnya D MMMM YYYY", (name,))


def _contradictions(contract: Contract, name: str, column: Column) -> Iterator[Flaw]:
    if column.required and column.optional:
        yield Flaw(("columns", name, "optional"), "`required` dan `optional` bersama-sama", "salah satu")
    if column.unit is not None and column.unit_from is not None:
        yield Flaw(("columns", name, "unit_from"), "`unit` dan `unit_from` bersama-sama", "salah satu")
    if column.blank is not None and column.type in NUMBERS and not is_number(column.blank):
        yield Flaw(("columns", name, "blank"), f"`{column.blank}` bukan angka", "angka, misalnya 0", (name,))
    if column.blank == ABOVE and column.origin not in (None, "from", "join"):
        yield Flaw(
            ("columns", name, "blank"),
            "`blank: above` hanya untuk sel di bawah sebuah judul kolom",
            "kolom dengan `from` atau `join`",
            (name,),
        )
    yield from listed(("columns", name, "in"), name, column, column.in_ or ())
    missing = {normalise(sign) for sign in (*contract.missing, *(column.missing or ()))}
    for sign in (*contract.zero, *(column.zero or ())):
        if normalise(sign) in missing:
            yield Flaw(("columns", name, "zero"), f'tanda "{sign}" berarti kosong sekaligus nol', "salah satu: missing atau zero")


def _meaning(name: str, column: Column, around: Surroundings) -> Iterator[Flaw]:
    if column.reference is not None and around.references and column.reference not in around.references:
        should_be = suggestion(column.reference, sorted(around.references))
        yield Flaw(("columns", name, "reference"), f"daftar acuan `{column.reference}` tidak ada", should_be)
    if column.klasifikasi is not None and column.indikator is None:
        yield Flaw(("columns", name, "klasifikasi"), "`klasifikasi` tanpa `indikator`", "`indikator: <kode>` pada kolom yang sama")


def listed(path: tuple[str | int, ...], name: str, column: Column, values: Iterable[str]) -> Iterator[Flaw]:
    """A listed value that no cell of the column could ever be: a database would refuse to compare the two."""
    reads, like = LISTED.get("integer" if column.type in NUMBERS else column.type, (str, ""))
    for value in values:
        try:
            reads(value)
        except ValueError:
            yield Flaw(path, f"`{value}` tidak dapat menjadi isi kolom `{name}` ({column.type})", like, (name,))
            return


def is_number(text: str) -> bool:
    """Whether a text of a contract is a plain number; ``nan`` and ``inf`` compare with nothing and are none."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _number(text: str) -> None:
    if not is_number(text):
        raise ValueError(text)


def _truth(text: str) -> None:
    if text not in ("true", "false"):
        raise ValueError(text)


LISTED: dict[str, tuple[Callable[[str], object], str]] = {
    "integer": (_number, "angka, misalnya 100"),
    "boolean": (_truth, "true atau false"),
    "date": (lambda text: datetime.strptime(text, "%Y-%m-%d"), "tanggal berbentuk YYYY-MM-DD"),
    "timestamp": (datetime.fromisoformat, "waktu berbentuk YYYY-MM-DD HH:mm"),
}
"""Type -> what reads a listed value of it, or raises ValueError, and what would be right; every other type is a text."""
