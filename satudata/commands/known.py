"""A dataset id that stands nowhere: a list filtered by it would be empty and look like good news."""

from __future__ import annotations

from difflib import get_close_matches

import click

from contracts.errors import UnknownDataset
from contracts.registry import load_registry
from satudata.ids_loaded import loaded_ids


def known_dataset(context: click.Context, parameter: click.Parameter, dataset: str | None) -> str | None:  # noqa: ARG001 - as click calls it
    """The id as it was given; one of the registry (broken and retired ones too), or one that has rows. Raises: `UnknownDataset` with the closest."""
    if dataset is None:
        return None
    registry = load_registry()
    known = {*registry.datasets, *registry.retired, *(error.dataset for error in registry.broken if error.dataset)}
    if dataset in known or dataset in (loaded := loaded_ids()):
        return dataset
    raise UnknownDataset(dataset, tuple(get_close_matches(dataset, sorted(known | loaded), n=3, cutoff=0.4)))
