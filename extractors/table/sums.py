"""What a stated sum came to, told so that the agency finds the row: which one, what it says, what its rows add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from contracts.models.checks import DEFAULT_SEVERITY
from contracts.models.table import GroupRow, TotalRow
from extractors.report import Finding
from extractors.table.amounts import ARITHMETIC, shown

MOST_TOLD = 20
"""Mismatches told one by one."""
RULE = "total"


class Sum(NamedTuple):
    """A stated sum, what was added up, and where it is stated."""

    stated: Decimal | None
    added: Decimal
    place: str


def compared(sums: Iterable[tuple[str, Sum]], tolerance: float) -> tuple[int, list[tuple[str, Sum]]]:
    """(how many sums are stated, those that are wrong), of (header, sum) pairs.

    A total row whose cell is empty (a formula that was never calculated) states nothing and is not counted.
    """
    stated = [(header, each) for header, each in sums if each.stated is not None]
    allowed = Decimal(str(tolerance))
    return len(stated), [(header, each) for header, each in stated if abs(ARITHMETIC.subtract(each.stated or 0, each.added)) > allowed]


def judged(column: str, checked: int, wrong: Sequence[tuple[str, Sum]]) -> Iterator[Finding]:
    """The findings on one column: a failure per mismatch (the first of them), or one pass; a warning where no sum is stated."""
    if not checked:
        message = f"Baris jumlah tidak berisi angka untuk kolom {column}, sehingga tidak dapat dicocokkan (rumus yang belum dihitung?)."
        yield replace(_finding(column, 0, 0, message, observed="tidak ada angka"), severity="warn", outcome="fail")
        return
    for header, each in wrong[:MOST_TOLD]:
        yield _mismatch(column, header, each, checked, len(wrong))
    if not wrong:
        message = f"{checked} jumlah yang dinyatakan cocok dengan rinciannya (kolom {column})."
        yield _finding(column, checked, 0, message)


def absent(rule: TotalRow | GroupRow, column: str, place: str) -> Finding:
    """No row of the table, whose first row stands at `place`, matched: nothing could be compared, perhaps as it was cut off before its total."""
    where = ", ".join(f"{name} ~ {text}" for name, text in rule.where.items())
    of_table = f" dalam tabel mulai {place}" if place else ""
    message = (
        f"Baris jumlah ({where}) tidak ditemukan{of_table}, sehingga kolom {column} tidak dapat dicocokkan. Periksa apakah tabelnya terpotong; bila OPD memang"
        f" tidak lagi menulisnya, setujui dengan `--terima {RULE}.{column}` dan hapus aturannya dari kontrak."
    )
    finding = _finding(column, 0, 0, message, observed="tidak ada baris jumlah", expected=where)
    return replace(finding, severity="hold" if isinstance(rule, TotalRow) else "warn", outcome="fail")


def _mismatch(column: str, header: str, each: Sum, checked: int, failed: int) -> Finding:
    stated, added = shown(each.stated or Decimal(0)), shown(each.added)
    name = f"{column} ({header})" if header else column
    said, summed = (text.replace(".", ",") for text in (stated, added))
    message = f"{each.place}: kolom {name} menyatakan {said}, padahal rinciannya berjumlah {summed}."
    return replace(_finding(column, checked, failed, message, observed=stated, expected=added), lokasi=each.place)


def _finding(column: str, checked: int, failed: int, message: str, *, observed: str = "", expected: str = "") -> Finding:
    return Finding(
        rule=RULE, rule_id=f"{RULE}.{column}", severity=DEFAULT_SEVERITY[RULE], outcome="fail" if failed else "pass", column=column,
        checked=checked, failed=failed, observed=observed, expected=expected, message=message,
    )  # fmt: skip
