"""What every use case needs at hand: the warehouse (migrated once per process), the archive, the code version."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import psycopg

from contracts.errors import RebuildUnfinished, WarehouseUnreachable
from contracts.references import references_sha256
from contracts.registry import Dataset
from contracts.secrets import masked_url
from contracts.settings import settings
from extractors.version import PARSER_VERSION
from warehouse.connect import connect, database_url
from warehouse.ledger import Scope
from warehouse.migrate import migrate
from warehouse.rebuilding import is_unfinished

if TYPE_CHECKING:
    from extractors.archive import Archive


@contextmanager
def warehouse(role: str = "loader") -> Iterator[psycopg.Connection]:
    """A connection as `loader`, or another role, for one use case, in autocommit: each use case says itself what is one transaction.

    Raises WarehouseUnreachable, RebuildUnfinished.
    """
    _migrated(database_url("owner"))
    conn = connect(role, autocommit=True)
    try:
        yield conn
    except psycopg.OperationalError as error:
        raise WarehouseUnreachable(masked_url(database_url(role)), str(error).strip().splitlines()[0]) from error
    finally:
        conn.close()


@cache
def _migrated(url: str) -> None:  # the address is the key of the cache
    with connect("owner", autocommit=True) as conn:
        try:
            migrate(conn)
            unfinished = is_unfinished(conn)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction) as error:
            reason = f"perannya tidak boleh membentuk basis data: {str(error).splitlines()[0]}"
            raise WarehouseUnreachable(masked_url(url), reason) from error
        except psycopg.OperationalError as error:
            raise WarehouseUnreachable(masked_url(url), str(error).strip().splitlines()[0]) from error
    if unfinished:
        raise RebuildUnfinished(masked_url(url), "sedang dibangun ulang dari arsip (`satudata rebuild` atau `satudata restore`)")


def archive() -> Archive:
    """The archive that SATUDATA_ARCHIVE_URL names."""
    from extractors.archive import Archive

    return Archive(settings().archive_url)


def code_version(waivers: Collection[int] = ()) -> str:
    """What besides bytes and contract decides a verdict: the parser, the references it resolves codes against, the waivers in force."""
    return "+".join([PARSER_VERSION, references_sha256()[:16], *(f"w{number}" for number in sorted(waivers))])


def scope_of(dataset: Dataset, penerbit: str, nilai: dict[str, str]) -> Scope:
    """The ledger's name for one batch of a dataset."""
    return Scope(dataset.id, penerbit, "|".join(nilai.values()))
