"""Rules on whether a cell holds anything readable: castable, required, key.

One cell breaks one of them: what was published and cannot be read is not also called empty.
"""

from __future__ import annotations

from contracts.models.checks import DEFAULT_SEVERITY, Check
from contracts.models.columns import Column, ColumnType
from expectations.rules.calendar_days import no_such_day
from expectations.rules.judged import Judged, row_rule
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import MASKED, clipped, literal, quote, uncastable
from extractors.coerce.spoilt import NAMING
from extractors.doubts import CLOSES, HEADER, HEADING, OPEN_LABEL, OPENS, OTHER_ORDER, SHORT, UNDER, UNRULED
from extractors.marks import REMARKS, REMARKS_ON_NAMES

TYPE_NAMES: dict[ColumnType, str] = {
    "text": "teks", "code": "kode", "wilayah": "wilayah", "unit": "satuan", "period": "periode", "integer": "bilangan bulat",
    "decimal": "bilangan", "percent": "persentase", "latitude": "lintang", "longitude": "bujur", "boolean": "ya atau tidak",
    "date": "tanggal", "timestamp": "tanggal dan jam",
}  # fmt: skip


STRAY_QUOTE = " (hapus atau gandakan tanda kutip yang tersesat di baris ini)"
NEXT_STEPS = {
    OPEN_LABEL: " (berbunyi seperti jumlah, tetapi bukan jumlah baris di atasnya: "
    "sebut di `rows` kontrak dengan `is: total`, atau `is: data` bila memang nama)",
    UNRULED: " (berlabel jumlah atau rata-rata, dan kontrak tidak punya aturan untuknya: tulis di `rows` kontrak `is: total` bila jumlah, "
    "`is: drop` bila rata-rata, `is: data` bila memang data)",
    HEADING: " (hanya labelnya yang terisi: tulis ejaannya pada aturan `is: group` di `rows` kontrak bila judul kelompok, sebut dengan `is: data` bila "
    "baris data tanpa angka, dengan `is: drop` bila catatan)",
    UNDER: " (kelompok baris ini tidak pasti: tulis ejaan judul itu pada aturan `is: group` di `rows` kontrak, atau sebut dengan `is: data` bila bukan judul)",
    HEADER: " (judul kolom sekali lagi: sebut di `rows` kontrak dengan `is: drop` bila memang sering terulang)",
    OTHER_ORDER: " (urutan kolom berganti di tengah tabel, maka isi baris ini dapat tertukar: minta OPD memakai satu urutan, atau baca tiap tabelnya "
    "dengan `table: {title: ..., every: true}`)",
    OPENS: STRAY_QUOTE, CLOSES: STRAY_QUOTE,
    SHORT: " (baris ini lebih pendek daripada baris lain: lengkapi selnya, atau sebut di `rows` kontrak dengan `is: drop` bila bukan data)",
}  # fmt: skip
"""What to do about a row that is set aside whole, by the mark that stands behind its text."""


def castable_rules(judged: Judged) -> list[Rule]:
    """One rule per column: what was published there can be read as the column's type."""
    return [_castable(name, column, judged) for name, column in judged.contract.columns.items()]


def key_rules(judged: Judged) -> list[Rule]:
    """One rule per key column: it is there."""
    return [_key(name) for name in judged.contract.key]


def required_rule(check: Check, judged: Judged) -> Rule:
    """The cell is not empty."""
    return row_rule(
        check, judged, fails=_empty(check.column or ""), subject=f"Kolom {check.column}", observed="'kosong'", expected="diisi",
        ours="ExpectColumnValuesToBeFilled",
    )  # fmt: skip


def _empty(name: str) -> str:
    return f"{quote(name)} is null and ({uncastable(name)}) is not true"


def _key(name: str) -> Rule:
    fails = _empty(name)
    return Rule(
        rule="key", rule_id=f"key.{name}", severity=DEFAULT_SEVERITY["key"], column=name, fails=fails, subject=f"Kolom kunci {name}",
        observed="'kosong'", expected="diisi", expectation=Expected("ExpectKeyColumnToBeFilled", {"column": name, "fails": fails}),
    )  # fmt: skip


def _castable(name: str, column: Column, judged: Judged) -> Rule:
    fails, text = uncastable(name), f"(_cacat ->> {literal(name)})"
    remarks = [None if column.pribadi else no_such_day(text, column), _next_step(text, judged) if judged.contract.key[0] == name else None]
    return Rule(
        rule="castable", rule_id=f"castable.{name}", severity=DEFAULT_SEVERITY["castable"], column=name, fails=fails,
        subject=f"Kolom {name} berisi", observed=" || ".join([MASKED if column.pribadi else clipped(text), *filter(None, remarks), marked(text, column)]),
        expected=_readable_as(column), expectation=Expected("ExpectColumnValuesToBeCastable", {"column": name, "fails": fails}),
    )  # fmt: skip


def _next_step(text: str, judged: Judged) -> str:
    cases = (f"when position({literal(f'[{mark}')} in {text}) > 0 then {literal(step)}" for mark, step in NEXT_STEPS.items())
    return f"{_of_other_column(text, judged)} || case {' '.join(cases)} else '' end"


def _of_other_column(text: str, judged: Judged) -> str:
    """SQL text: the column of the key in which the label of a total stands that no rule looks for, where the text of this one only carries it."""
    others = [name for name in judged.contract.key[1:] if judged.contract.columns[name].type in NAMING]
    stands = {name: f"{literal(f' [{UNRULED}')} || {quote(name)}::text || ']'" for name in others}
    cases = [f"when right({text}, length({mark})) = {mark} then {literal(f', label di kolom {name}')}" for name, mark in stands.items()]
    return f"case {' '.join(cases)} else '' end" if cases else "''"


def marked(text: str, column: Column) -> str:
    """SQL text: what the marks in a text stand for, '' where it holds none."""
    remarks = REMARKS | (REMARKS_ON_NAMES if column.type in NAMING else {})
    return " || ".join(f"case when {text} ~ {literal(mark)} then {literal(remark)} else '' end" for mark, remark in remarks.items())


def _readable_as(column: Column) -> str:
    if column.extract:
        return f"{TYPE_NAMES[column.type]} menurut pola {column.extract}"
    if column.codes:
        return "salah satu tanda " + ", ".join(column.codes)
    return TYPE_NAMES[column.type] + (f" berbentuk {' atau '.join(column.format)}" if column.format else "")
