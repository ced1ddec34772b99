"""Which requests a run of a dataset makes: its publishers and values, and first whatever lies in its inbox and belongs to nobody."""

from __future__ import annotations

from datetime import date

from contracts.dataset import Dataset, Request


def requests_of(dataset: Dataset, run_date: date) -> tuple[Request, ...]:
    """All requests of a run; publisher '' of an inbox is asked only when there is something to refuse."""
    requests = dataset.requests(run_date)
    if dataset.contract.source.kind == "inbox":
        from extractors.fetching.inbox import strays

        if strays(dataset):
            return (Request("", {}), *requests)
    return requests


def where_to_put(dataset: Dataset, penerbit: str) -> str:
    """What to say of an inbox into which a publisher has put nothing."""
    from extractors.fetching.inbox import inbox_of

    return f"Belum ada berkas di {inbox_of(dataset) / penerbit}. Taruh berkasnya di folder itu, dengan nama apa pun, lalu jalankan lagi."
