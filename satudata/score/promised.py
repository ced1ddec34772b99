"""What the registry promises of each dataset: who sends it, and how much of its metadata has been handed over."""

from __future__ import annotations

from typing import Any

from contracts.dataset import Dataset
from contracts.hand_over import MS_IND, MS_VAR, OF_SIMPLE, STANDAR_DATA, UNLISTED, missing_fields
from contracts.models.data_item import DataItem
from contracts.registry import Registry

FORM = {"ms_ind": len(MS_IND) + len(OF_SIMPLE), "ms_var": len(MS_VAR), UNLISTED: len(STANDAR_DATA) + len(MS_VAR)}
"""Fields that are missing with a form, or with an entry, that is not there at all."""


def promised(registry: Registry) -> list[dict[str, Any]]:
    """Every dataset of an agency: dataset, pemda (code), opd, publishers, metadata [have, wanted], licence, is_closed."""
    return [
        {
            "dataset": dataset.id, "pemda": dataset.pemda.kode, "opd": dataset.opd, "publishers": list(dataset.publishers()),
            "metadata": metadata_fields(dataset), "licence": bool(dataset.contract.licence), "is_closed": dataset.contract.akses == "tertutup",
        }
        for dataset in registry.datasets.values() if dataset.pemda is not None and dataset.opd
    ]  # fmt: skip


def metadata_fields(dataset: Dataset) -> list[int]:
    """[fields handed over, fields wanted] of all its data items; a dataset that names none owes an entry."""
    items = {item.kode: item for item in dataset.items}
    pairs = [_fields(items[code]) if code in items else (0, FORM[UNLISTED]) for code in dataset.contract.item]
    have, wanted = zip(*(pairs or [(0, FORM[UNLISTED])]), strict=True)
    return [sum(have), sum(wanted)]


def _fields(item: DataItem) -> tuple[int, int]:
    wanted = len(STANDAR_DATA) + (_of_form(item) if item.jenis_data == "statistik" else 0)
    missing = sum(FORM.get(name, 1) for name in missing_fields(item))
    return max(wanted - missing, 0), wanted


def _of_form(item: DataItem) -> int:
    if item.bentuk == "variabel":
        return FORM["ms_var"] * max(len(item.ms_var), 1)
    is_told = item.ms_ind is None or item.ms_ind.komposit is not None
    return FORM["ms_ind"] if is_told else len(MS_IND)
