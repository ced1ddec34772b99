"""The rows' periods against the period that their request asked for: figures of October behind the address of November.

An address that names its period is often answered with the file of another one, as nobody has put the new file there yet. Such rows are
accepted as that period's own, again, and that the asked one is missing is said nowhere. A feed that brings others beside the asked one is no such
answer, nor is one for a day: where nothing was sold, the last day is shown again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa

from contracts.models.contract import Contract
from contracts.periods import bounds, period_of
from contracts.placeholders import TIMES, varying_time
from extractors.report import Finding

RULE_ID = "period.alamat"
MOST_NAMED = 3


class AskedPeriod:
    """Counts, chunk after chunk, the rows of each period; nothing is asked where requests do not differ by periods of the contract's grain."""

    def __init__(self, contract: Contract, nilai: Mapping[str, str]) -> None:
        period, name = contract.period, varying_time(contract)
        is_alike = period is not None and period.column is not None and period.grain != "hari"
        is_asked = period is not None and is_alike and name is not None and TIMES[name] == period.grain and name in nilai
        self._name = name if is_asked and name is not None else ""
        self._column = period.column if period else None
        self._asked = nilai[self._name] if self._name else ""
        self._rows: Counter[str] = Counter()

    def take(self, first_days: pa.Array) -> None:
        """Note the first days of the periods of a chunk."""
        if self._asked:
            counted = first_days.drop_null().value_counts()
            self._rows.update({str(each["values"]): int(each["counts"]) for each in counted.to_pylist()})

    def findings(self) -> list[Finding]:
        """One finding for the batch; none where no row has a period, or no period was asked for."""
        if not self._rows:
            return []
        own = bounds(self._asked)[0].isoformat()
        return [self._finding({} if own in self._rows else self._rows)]

    def _finding(self, others: Mapping[str, int]) -> Finding:
        failed, checked = sum(others.values()), sum(self._rows.values())
        message = f"Ada baris tentang {self._name} {self._asked}, yang diminta alamatnya."
        shown = ", ".join([self._period(day) for day in sorted(others)][-MOST_NAMED:]) + (", ..." if len(others) > MOST_NAMED else "")
        if others:
            message = (
                f"Semua baris tentang {shown}, sedangkan alamatnya meminta {self._name} {self._asked}, yang sendiri tidak ada. Periksa apakah berkas"
                f" lama terpasang di alamat itu; bila memang begitu terbitnya, setujui dengan `--terima {RULE_ID}`."
            )
        return Finding(
            rule="period", rule_id=RULE_ID, severity="hold", outcome="fail" if others else "pass", column=self._column, checked=checked,
            failed=failed, observed=shown if others else self._asked, expected=self._asked, message=message,
        )  # fmt: skip

    def _period(self, first_day: str) -> str:
        return period_of(bounds(first_day)[0], TIMES[self._name])
