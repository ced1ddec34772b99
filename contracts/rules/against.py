"""What a figure is measured by: `against` of scale_lost, unit_shift and refiled, `dataset` of same_as_dataset. Whether that dataset exists is the
registry's to know (`contracts.registry_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator

from contracts.explain import Flaw, suggestion
from contracts.models.checks import Check
from contracts.models.contract import Contract
from contracts.rules.columns import MEASURES


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Measures that are no figure of the row, no `dataset.column`, or have no period to be filed under."""
    for i, check in enumerate(contract.checks):
        if check.against is not None:
            yield from _against(i, check, contract)
        if check.rule == "refiled" and contract.period is None and check.against not in contract.columns:
            yield Flaw(
                ("checks", i, "rule"), "`refiled` tanpa `period` tidak punya periode lain", "`period:`, atau `against:` sebuah kolom"
            )
        if check.rule == "same_as_dataset" and check.severity == "fail":
            should_be = "hold, quarantine, atau warn: dataset lain tidak menggagalkan pemuatan"
            yield Flaw(("checks", i, "severity"), "`fail` tidak berlaku untuk same_as_dataset", should_be)


def named_dataset(check: Check) -> tuple[str, str] | None:
    """(dataset, column) of another dataset that a check measures by; None where it names none."""
    if check.rule == "same_as_dataset" and check.dataset and check.column:
        return check.dataset, check.other or check.column
    if check.against is None or "." not in check.against:
        return None
    dataset, column = check.against.rsplit(".", 1)
    return dataset, column


def _against(i: int, check: Check, contract: Contract) -> Iterator[Flaw]:
    column = contract.columns.get(check.against or "")
    if column is None and "." not in (check.against or ""):
        yield Flaw(("checks", i, "against"), f"kolom `{check.against}` tidak ada", suggestion(check.against or "", list(contract.columns)))
    elif column is not None and column.type not in MEASURES:
        problem = f"kolom `{check.against}` bertipe {column.type}, tidak dapat menjadi pembanding"
        yield Flaw(("checks", i, "against"), problem, f"kolom {' / '.join(sorted(MEASURES))}, atau dataset.kolom", (check.against or "",))
