"""Until when a Produsen is to mend what was returned to it (Perpres 39/2019 Ps 34)."""

from __future__ import annotations

from datetime import date

from contracts.dataset import Dataset
from contracts.errors import SatudataError
from contracts.models.pemda import Pemda
from contracts.references import holidays
from contracts.working_days import after_working_days


def due_date(dataset: Dataset, run_date: date) -> date:
    """`tenggat_hari_kerja` of its pemda (default 14) working days after a run; holidays are those of references/hari_libur."""
    try:
        free = holidays(dataset.root)
    except SatudataError:
        free = frozenset()  # a registry without the list knows no holidays; `source check` says what is wrong with a broken one
    days = dataset.pemda.tenggat_hari_kerja if dataset.pemda else int(Pemda.model_fields["tenggat_hari_kerja"].default)
    return after_working_days(run_date, days, free)
