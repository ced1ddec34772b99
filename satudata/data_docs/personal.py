"""A column that is called personal from now on: pages drawn before it was repeat what it held, and are drawn anew."""

from __future__ import annotations

from pathlib import Path

from contracts.errors import WrongUsage
from contracts.registry import load_registry
from contracts.settings import settings
from satudata.data_docs.site import build_site, says_what_is_masked
from satudata.session import warehouse
from warehouse.catalogue import apply_access


def site_folder() -> Path:
    """Where the site stands unless somebody says otherwise."""
    return settings().home / "data_docs"


def know_what_is_personal() -> None:
    """Take from the contracts which columns are personal today, and mask what was said of them; nothing where no folder of contracts is set."""
    try:
        datasets = load_registry().datasets.values()
    except WrongUsage:
        return
    with warehouse() as conn:
        apply_access(conn, datasets)


def draw_anew() -> None:
    """Build the site once more where it has a page of what was masked since; else, and where there is none, nothing."""
    know_what_is_personal()
    with warehouse("steward") as conn:
        if says_what_is_masked(conn, site_folder()):
            build_site(conn, site_folder())
