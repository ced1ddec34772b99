"""How the headers of a batch differ from what its contract knows: new ones, optional ones that are gone, names that stand twice."""

from __future__ import annotations

from contracts.models.contract import Contract
from contracts.text import visible
from extractors.report import Finding, ParseReport
from extractors.table.needs import Layout, own_spellings


class Drift:
    """Gathers the headers of a batch, table after table."""

    def __init__(self, contract: Contract) -> None:
        self._optional = {name: own_spellings(name, column, contract) for name, column in contract.columns.items() if column.optional}
        self._seen: set[str] = set()
        self._unknown: dict[str, None] = {}
        self._repeated: dict[str, None] = {}

    def see(self, layout: Layout) -> None:
        """The headers of the next chunk."""
        self._unknown |= dict.fromkeys(layout.unknown)
        self._repeated |= dict.fromkeys(layout.repeated)
        self._seen |= {name for name, spellings in self._optional.items() if layout.key(spellings) is not None}

    def tell(self, report: ParseReport) -> None:
        """Put what was found into the report of the batch."""
        report.unknown_headers = tuple(self._unknown)
        report.missing_optional = tuple(name for name, spellings in self._optional.items() if spellings and name not in self._seen)
        report.findings += [_repeated(header) for header in self._repeated]


def _repeated(header: str) -> Finding:
    message = (
        f'Judul kolom "{visible(header)}" ada lebih dari satu kali, dan kontrak tidak dapat mengatakan yang mana; yang dibaca hanya yang pertama. '
        f'Minta OPD membedakan judulnya, atau terima yang pertama dengan `--terima "drift.{header}"`.'
    )
    return Finding(
        rule="drift", rule_id=f"drift.{header}", severity="hold", outcome="fail", column=None, checked=1, failed=1,
        observed="lebih dari satu kali", expected="satu kali", message=message, source="drift",
    )  # fmt: skip
