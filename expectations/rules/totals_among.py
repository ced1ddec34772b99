"""total: no row is the sum of the rows beside it. Which rows are was found before (`expectations.measuring.totals_among`)."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.rules.judged import Judged
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import literal, shown


def totals_among_rules(judged: Judged) -> Iterator[Rule]:
    """A rule for each column in which such rows have their label; none for most batches."""
    if judged.totals is None:
        return
    for name in judged.totals.columns:
        rows = f"select _no from {judged.totals.table} where kolom = {literal(name)}"
        fails = f"_no in ({rows})"
        yield Rule(
            rule="total", rule_id=f"total.{name}.kelas", severity="quarantine", column=name, scope="batch", fails=fails,
            subject=f"Kolom {name} berisi", observed=shown(name, judged.column(name)), expected="sebuah rincian, bukan jumlahnya",
            beside=f"select _no, {literal(_told(judged, name))} as told from ({rows}) x",
            expectation=Expected("ExpectClassesNotToSumUpOthers", {
                "column": name, "query": f"select count(*), count(*) filter (where {fails}) from {judged.table}",
            }),
        )  # fmt: skip


def _told(judged: Judged, name: str) -> str:
    *rest, last = [one for one in judged.contract.key if one != name] or [""]
    others = f"{', '.join(rest)} dan {last}" if rest else last
    where = f"di antara baris dengan {others} yang sama " if others else ""
    return (
        f"Angkanya {where}tepat jumlah baris lain, sehingga semua jumlah menjadi ganda. "
        "Sebut di `rows` kontrak dengan `is: drop` bila memang jumlah, dengan `is: data` bila data."
    )
