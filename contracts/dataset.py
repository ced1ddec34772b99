"""A contract in its place: whose it is, what it is called, which requests it makes and where its rows are kept."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from contracts.clock import today
from contracts.durations import last_n
from contracts.errors import UnresolvedVariable, UnsafeUrl, WrongUsage
from contracts.models.concept import Concept
from contracts.models.contract import Contract
from contracts.models.data_item import DataItem
from contracts.models.pemda import DUE_DAYS, Opd, Pemda
from contracts.periods import last_periods
from contracts.placeholders import TIMES, fill, used_by, varying_time
from contracts.references import regions_within
from contracts.settings import settings

MOST_NAME = 63
"""Longest name PostgreSQL keeps (PostgreSQL documentation, 4.1.1)."""
_VARIABLE = re.compile(r"\$\{([A-Za-z_]\w*)\}")
_LEVELS = {"kelurahan": "desa_kelurahan", "kecamatan": "kecamatan"}


class Request(NamedTuple):
    """One fetch and one batch: a publisher ('' without ``for_each``) and at most one time value."""

    penerbit: str
    nilai: dict[str, str]


@dataclass(frozen=True)
class Dataset:
    """One dataset of the registry, or of a YAML file lying anywhere."""

    id: str
    contract: Contract
    path: Path
    sha256: str
    """Of the contract and the text of its concept: what a batch was judged by."""
    concept: Concept | None = None
    pemda_id: str = ""
    """Folder of the pemda under sources/; '' for a YAML outside the registry."""
    pemda: Pemda | None = None
    opd: str = ""
    """The producing agency: ``produsen_data``, else the folder."""
    agencies: Mapping[str, Opd] | None = None
    items: tuple[DataItem, ...] = ()
    """What daftar_data.yml says of the data items that its contract names."""
    root: Path | None = None
    """The registry it belongs to; relative addresses may not leave it."""

    @property
    def raw_table(self) -> str:
        """``raw.<concept>``, or ``raw.<id with __ for .>`` within 63 characters; the id is permanent, so the table is."""
        return f"raw.{self.contract.concept or _table_name(self.id)}"

    @property
    def zone(self) -> str:
        """Time zone of its pemda."""
        return self.pemda.timezone if self.pemda else settings().zone

    @property
    def due_days(self) -> int:
        """Working days within which what is found of it is to be mended."""
        return self.pemda.tenggat_hari_kerja if self.pemda else DUE_DAYS

    def hari_ini(self) -> date:
        """The calendar date on which a run of it is judged now."""
        return today(self.zone)

    def publishers(self) -> tuple[str, ...]:
        """The publishers of ``for_each``; ``('',)`` without it.

        ``kelurahan`` means every desa and kelurahan. Raises: `WrongUsage` when the pemda that would name them is unknown.
        """
        each = self.contract.for_each
        if each is None:
            return ("",)
        if isinstance(each, tuple):
            return each
        if each == "opd":
            return tuple(self.agencies or ())
        if self.pemda is None:
            raise WrongUsage(f"`for_each: {each}` pada {self.path.name} butuh pemda", "Letakkan kontrak di sources/<pemda>/<opd>/")
        return regions_within(self.pemda.kode, _LEVELS[each], self.root)

    def requests(self, run_date: date) -> tuple[Request, ...]:
        """All fetches of a run: publishers x the last n values of ``each`` up to the run's date, oldest first."""
        return tuple(Request(penerbit, nilai) for penerbit in self.publishers() for nilai in self._times(run_date))

    def years_asked(self, run_date: date) -> frozenset[int]:
        """The years of which a run asks for days, weeks or months; none where it asks for whole years, or for no time."""
        _, name, _ = asks_by(self.contract)
        return frozenset(int(value[:4]) for times in self._times(run_date) for value in times.values()) if name != "tahun" else frozenset()

    def url_for(self, penerbit: str = "", nilai: Mapping[str, str] | None = None) -> str:
        """The address of one request, http(s) or, for a path relative to the contract, ``file:``.

        Raises: `UnresolvedVariable` for ``${X}`` without a value; `UnsafeUrl` for any other scheme or a path out of the registry.
        """
        return self._allowed(self.filled(self.contract.source.url or "", penerbit, nilai))

    def filled(self, text: str, penerbit: str = "", nilai: Mapping[str, str] | None = None) -> str:
        """A text of ``source`` (url, params, headers, body, package) with ``${X}`` and ``{x}`` filled in.

        Raises: `UnresolvedVariable`.
        """
        return fill(_VARIABLE.sub(lambda match: self._variable(match[1]), text), penerbit, nilai or {}, used_by(self.contract))

    def _variable(self, name: str) -> str:
        value = os.environ.get(name) or (self.pemda.situs.get(name) if self.pemda else None)
        if not value:
            raise UnresolvedVariable(name, self.path.name)
        return value

    def _times(self, run_date: date) -> tuple[dict[str, str], ...]:
        _, name, count = asks_by(self.contract)
        if name is None:
            return ({},)
        return tuple({name: value} for value in last_periods(run_date, TIMES[name], count))

    def _allowed(self, url: str) -> str:
        if re.match(r"https?://[^/?#\s]", url, re.IGNORECASE):
            return url
        if re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE) or url.startswith(("/", "~", "\\")) or not url.strip():
            raise UnsafeUrl(url, "bukan alamat http(s) dan bukan jalur relatif")
        path = (self.path.parent / url).resolve()
        if self.root is not None and not path.is_relative_to(self.root.resolve()):
            raise UnsafeUrl(url, "jalurnya keluar dari folder sources")
        return path.as_uri()


def _table_name(dataset_id: str) -> str:
    name = dataset_id.replace(".", "__")
    if len(name) <= MOST_NAME:
        return name
    return f"{name[: MOST_NAME - 9]}_{hashlib.sha256(dataset_id.encode()).hexdigest()[:8]}"


def asks_by(contract: Contract) -> tuple[object, str | None, int]:
    """What two datasets must have in common to share one fetch (``same_as``): publishers, time placeholder, number of values."""
    name = varying_time(contract)
    each = {str(placeholder): text for placeholder, text in (contract.source.each or {}).items()}
    return contract.for_each, name, last_n(name, each[name]) if name in each else 1
