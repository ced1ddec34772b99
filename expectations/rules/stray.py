"""stray: a row is of the time its file is about. Which periods are not was found before (`expectations.measuring.stray`)."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.models.checks import DEFAULT_SEVERITY
from expectations.measuring.stray import Strays
from expectations.rules.judged import Judged
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import literal, shown


def stray_rules(judged: Judged) -> Iterator[Rule]:
    """The rule of a contract whose rows name their period; none for others."""
    period, found = judged.contract.period, judged.strays
    if period is None or period.column is None:
        return
    fails = _fails(found) if found else "false"
    yield Rule(
        rule="stray", rule_id=f"stray.{period.column}", severity=DEFAULT_SEVERITY["stray"], column=period.column, scope="batch", fails=fails,
        subject=f"Kolom {period.column} berisi", observed=shown(period.column, judged.column(period.column)),
        expected=_expected(found) if found else "dekat baris lain berkasnya",
        expectation=Expected("ExpectPeriodsToBelongTogether", {"column": period.column, "fails": fails}),
    )  # fmt: skip


def _expected(found: Strays) -> str:
    if not found.days:
        return "sesuai urutan waktu baris sebelum dan sesudahnya di berkas ini (hari dan bulan tertukar, atau salah tulis tahun?)"
    return f"antara {found.first} dan {found.last} seperti baris lain berkas ini (salah tulis tanggal?)"


def _fails(found: Strays) -> str:
    """SQL: the row is of a period that is not believed, or is not believed itself."""
    periods = f"_periode_mulai in ({', '.join(literal(str(day)) for day in found.days)})"
    rows = f"_no in ({', '.join(map(str, found.rows))})"
    return " or ".join([*[periods] * bool(found.days), *[rows] * bool(found.rows)])
