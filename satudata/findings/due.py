"""Until when what was found is to be mended or decided: rows set aside, findings, batches (Perpres 39/2019 Ps 34)."""

from __future__ import annotations

from datetime import date

from contracts.dataset import Dataset
from contracts.errors import SatudataError
from contracts.models.pemda import DUE_DAYS
from contracts.references import holidays
from contracts.working_days import after_working_days


def due_date(dataset: Dataset | None, run_date: date) -> date:
    """`tenggat_hari_kerja` of its pemda (default 14) working days after a run; holidays are those of references/hari_libur.

    Without a dataset (the registry has it no more, or the finding is of none) the default holds.
    """
    try:
        free = holidays(dataset.root if dataset else None)
    except SatudataError:
        free = frozenset()  # a registry without the list knows no holidays; `source check` says what is wrong with a broken one
    return after_working_days(run_date, dataset.due_days if dataset else DUE_DAYS, free)
