"""What a stated sum came to, told so that the agency finds the row: which one, what it says, what its rows add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from contracts.models.checks import DEFAULT_SEVERITY
from contracts.models.table import GroupRow, TotalRow
from extractors.report import Finding
from extractors.table.amounts import shown

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
    return len(stated), [(header, each) for header, each in stated if abs(each.stated - each.added) > allowed]  # type: ignore[operator]


def judged(column: str, checked: int, wrong: Sequence[tuple[str, Sum]]) -> Iterator[Finding]:
    """The findings on one column: a failure per mismatch (the first of them), or one pass."""
    for header, each in wrong[:MOST_TOLD]:
        yield _mismatch(column, header, each, checked, len(wrong))
    if not wrong:
        message = f"{checked} jumlah yang dinyatakan cocok dengan rinciannya (kolom {column})."
        yield _finding(column, "pass", checked, 0, "", "", message, None)


def absent(rule: TotalRow | GroupRow, column: str) -> Finding:
    """No row of the table matched: nothing could be compared, perhaps because the table was cut off before its total."""
    where = ", ".join(f"{name} ~ {text}" for name, text in rule.where.items())
    message = f"Baris jumlah ({where}) tidak ditemukan, sehingga kolom {column} tidak dapat dicocokkan. Periksa apakah tabelnya terpotong."
    return _finding(column, "fail", 0, 0, "tidak ada baris jumlah", where, message, None, severity="warn")


def _mismatch(column: str, header: str, each: Sum, checked: int, failed: int) -> Finding:
    stated, added = shown(each.stated or Decimal(0)), shown(each.added)
    name = f"{column} ({header})" if header else column
    message = f"{each.place}: kolom {name} menyatakan {stated}, padahal rinciannya berjumlah {added}."
    return _finding(column, "fail", checked, failed, stated, added, message, each.place)


def _finding(
    column: str, outcome: str, checked: int, failed: int, observed: str, expected: str, message: str, place: str | None, severity: str | None = None
) -> Finding:
    return Finding(
        rule=RULE, rule_id=f"{RULE}.{column}", severity=severity or DEFAULT_SEVERITY[RULE], outcome=outcome, column=column,  # type: ignore[arg-type]
        checked=checked, failed=failed, observed=observed, expected=expected, message=message, lokasi=place,
    )  # fmt: skip
