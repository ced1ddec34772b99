"""Data Prioritas is checked a second time, by the Pembina Data of its jenis data (Perpres 39/2019 Ps 20 and 35): who that is, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.models.data_item import JenisData
from contracts.registry import Dataset
from warehouse.reviews import Review

WAITING = "Menunggu tinjauan Walidata sebelum diterbitkan (publikasi: tinjau)."
WAITING_PRIORITY = "Data Prioritas: menunggu tinjauan Walidata, lalu Pembina Data, sebelum diterbitkan."


def review_needed(dataset: Dataset, *, is_first: bool) -> str | None:
    """Why a batch that passed its rules still waits for a person; None where it is published by itself."""
    if kinds_of_priority(dataset):
        return WAITING_PRIORITY
    wanted = dataset.contract.publikasi
    return WAITING if wanted == "tinjau" or (wanted == "tinjau_pertama" and is_first) else None


def kinds_of_priority(dataset: Dataset) -> tuple[JenisData, ...]:
    """The jenis data of its items that are Data Prioritas; () for a dataset without one."""
    return tuple(sorted({item.jenis_data for item in dataset.items if item.prioritas}))


def kinds_guarded_by(dataset: Dataset, person: str) -> tuple[JenisData, ...]:
    """For which jenis data of this dataset a person is the Pembina (`pembina:` of pemda.yml)."""
    named = dataset.pemda.pembina if dataset.pemda else {}
    return tuple(kind for kind in kinds_of_priority(dataset) if same_person(person, *named.get(kind, ())))


def still_missing(dataset: Dataset, reviews: Sequence[Review]) -> tuple[JenisData, ...]:
    """The jenis data whose Pembina has not approved yet."""
    done = {kind for one in reviews if (one.step, one.decision) == ("pembina", "approve") for kind in kinds_guarded_by(dataset, one.by)}
    return tuple(kind for kind in kinds_of_priority(dataset) if kind not in done)


def pembina_named(dataset: Dataset, kinds: Sequence[JenisData]) -> str:
    """These jenis data with the names of their Pembina, as a person reads them."""
    named = dataset.pemda.pembina if dataset.pemda else {}
    return "; ".join(f"{kind}: {', '.join(named.get(kind, ())) or 'belum disebut di pemda.yml'}" for kind in kinds)


def same_person(person: str, *others: str) -> bool:
    """Is it one of these, whatever the capitals and spaces?"""
    return " ".join(person.split()).casefold() in {" ".join(other.split()).casefold() for other in others}
