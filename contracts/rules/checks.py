"""Each entry of ``checks`` has the parameters of its rule, none that it would not look at, and columns it can judge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.condition.grammar import read_condition
from contracts.condition.words import ConditionError
from contracts.explain import Flaw, suggestion
from contracts.models.checks import EXTRA_PARAMETERS, PARAMETERS, Check, parameters_of
from contracts.models.contract import Contract
from contracts.rules.columns import MEASURES, NUMBERS, TIMES, is_number, listed
from contracts.text import normalise

DEGREES = frozenset({"latitude", "longitude", "decimal"})
JUDGES: dict[str, frozenset[str]] = {
    "range": NUMBERS,
    "ratio": MEASURES,
    "sum_of": MEASURES,
    "change_within": MEASURES,
    "not_future": TIMES,
    "date_order": TIMES,
    "mean_of": MEASURES,
    "max_of": MEASURES,
    "in_box": DEGREES,
    "axes_swapped": DEGREES,
    "outlier": MEASURES,
    "personal_data": frozenset({"text", "code", "unit", "integer"}),
    "same_as_dataset": MEASURES,
    "scale_lost": MEASURES,
    "unit_shift": MEASURES,
    "refiled": MEASURES,
}
"""Rule -> the types it can judge; a rule not listed judges any."""
REGION_CODE = re.compile(r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$")
EXAMPLES = {
    "column": "kolom yang diperiksa",
    "columns": "daftar kolom",
    "values": "daftar nilai yang boleh",
    "range": "[terkecil, terbesar]",
    "length": "[terpendek, terpanjang]",
    "pattern": "pola regex",
    "op": "salah satu dari < <= = != >= >",
    "other": "kolom atau angka pembanding",
    "parts": "daftar kolom bagian",
    "of": "kolom pembilang",
    "to": "kolom penyebut",
    "percent": "persen perubahan yang masih wajar",
    "condition": "syarat yang benar bila barisnya salah, misalnya harga > 2 * modal",
    "message": "kalimat yang menyebut apa yang salah dan apa yang benar",
    "latitude": "kolom lintang",
    "longitude": "kolom bujur",
    "dataset": "id dataset yang menyatakan angka yang sama",
}


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Missing, superfluous and unjudgeable parameters of ``checks``."""
    seen: set[str] = set()
    for i, check in enumerate(contract.checks):
        yield from _parameters(i, check)
        yield from _columns(i, check, contract)
        yield from _comparable(i, check, contract)
        yield from _in_order(i, check, contract)
        yield from _placed(i, check, contract)
        yield from _condition(i, check, contract)
        if check.rule == "in_set" and (column := contract.columns.get(check.column or "")):
            yield from listed(("checks", i, "values"), check.column or "", column, check.values or ())
        yield from _where(i, check, contract)
        if check.rule_id in seen:
            yield Flaw(("checks", i, "id"), f"aturan `{check.rule_id}` disebut dua kali", "`id:` yang berbeda untuk setiap aturan")
        seen.add(check.rule_id)


def _parameters(i: int, check: Check) -> Iterator[Flaw]:
    for key in PARAMETERS[check.rule]:
        if getattr(check, key) in (None, ()):
            yield Flaw(("checks", i, key), "belum diisi", f"`{key}`: {EXAMPLES[key]} (wajib untuk rule {check.rule})")
    for key in sorted(check.model_fields_set - parameters_of(check.rule)):
        should_be = f"parameter {check.rule}: {', '.join(PARAMETERS[check.rule])}"
        yield Flaw(("checks", i, key), f"`{key}` tidak berarti untuk rule {check.rule}", should_be)


def judged(check: Check) -> Iterator[tuple[str, str]]:
    """(parameter, column) for each column a check names, of the parameters its rule has."""
    for key in (*PARAMETERS[check.rule], *EXTRA_PARAMETERS.get(check.rule, ())):
        value = getattr(check, key)
        if key in ("column", "of", "to", "latitude", "longitude") and value is not None:
            yield key, value
        elif key in ("columns", "parts"):
            yield from ((key, name) for name in value or ())
        elif key == "other" and check.dataset is None and value is not None and not is_number(value):
            yield key, value


def _columns(i: int, check: Check, contract: Contract) -> Iterator[Flaw]:
    for key, name in judged(check):
        column = contract.columns.get(name)
        types = JUDGES.get(check.rule)
        if column is None:
            yield Flaw(("checks", i, key), f"kolom `{name}` tidak ada", suggestion(name, list(contract.columns)))
        elif types is not None and column.type not in types:
            problem = f"kolom `{name}` bertipe {column.type}, tidak dapat diperiksa oleh {check.rule}"
            yield Flaw(("checks", i, key), problem, f"kolom {' / '.join(sorted(types))}", (name,))


def _comparable(i: int, check: Check, contract: Contract) -> Iterator[Flaw]:
    """Only like can be compared with like: numbers, moments, or texts."""
    sides = [contract.columns.get(name) for name in (check.column or "", check.other or "")]
    if check.rule != "compare" or check.other is None or sides[0] is None:
        return
    mine = _kind(sides[0].type)
    other = "angka" if is_number(check.other) else _kind(sides[1].type) if sides[1] else mine
    if mine != other:
        problem = f"`{check.column}` ({sides[0].type}) tidak dapat dibandingkan dengan `{check.other}`"
        yield Flaw(
            ("checks", i, "other"), problem, "dua kolom sejenis, atau kolom angka dan sebuah angka", (check.column or "", check.other)
        )


def _in_order(i: int, check: Check, contract: Contract) -> Iterator[Flaw]:
    """An order needs two moments of one type."""
    if check.rule != "date_order" or not check.columns:
        return
    types = {contract.columns[name].type for name in check.columns if name in contract.columns}
    if len(check.columns) != 2 or len(types) > 1:
        yield Flaw(("checks", i, "columns"), "urutan waktu memerlukan dua kolom sejenis", "[kolom mulai, kolom selesai]", check.columns)


def _placed(i: int, check: Check, contract: Contract) -> Iterator[Flaw]:
    """A point lies in one rectangle; a region is named by its code, or by a column of regions."""
    if check.box is not None and check.within is not None:
        yield Flaw(("checks", i, "within"), "`box` dan `within` bersama-sama", "salah satu")
    if check.within is None or REGION_CODE.match(check.within):
        return
    column = contract.columns.get(check.within)
    if column is None or column.type != "wilayah" or column.system != "kemendagri":
        should_be = 'kode Kemendagri, misalnya "35.71", atau kolom bertipe wilayah'
        yield Flaw(("checks", i, "within"), f"`{check.within}` bukan wilayah", should_be, (check.within,))


def _condition(i: int, check: Check, contract: Contract) -> Iterator[Flaw]:
    """A free condition is one that we understand."""
    if check.rule != "sql" or check.condition is None:
        return
    try:
        read_condition(check.condition, {name: column.type for name, column in contract.columns.items()})
    except ConditionError as error:
        yield Flaw(("checks", i, "condition"), error.problem, error.should_be, _mentioned(check.condition, contract))


def _mentioned(condition: str, contract: Contract) -> tuple[str, ...]:
    words = set(re.findall(r"\w+", condition.casefold()))
    return tuple(name for name in contract.columns if name in words)


def _kind(column_type: str) -> str:
    return "angka" if column_type in NUMBERS else column_type if column_type in ("date", "timestamp", "boolean") else "teks"


def _where(i: int, check: Check, contract: Contract) -> Iterator[Flaw]:
    spelt = {normalise(text) for column in contract.columns.values() for text in column.from_ or ()}
    for name in check.where or ():
        if name not in contract.columns and normalise(name) not in spelt:
            yield Flaw(("checks", i, "where", name), f"kolom atau judul `{name}` tidak ada", suggestion(name, list(contract.columns)))
