"""To whom a digest goes: the agencies of the registry, by what the ledger calls them, and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from contracts.models.pemda import Opd
from contracts.registry import Registry
from contracts.sources_folder import PemdaFolder


@dataclass(frozen=True)
class Owner:
    """One Produsen Data; `pemda` is a Kemendagri code, `opd` the name of its folder."""

    pemda: str
    opd: str
    name: str
    pemda_name: str = ""
    walidata: str = ""
    """The name of the OPD that is Walidata there."""
    addresses: tuple[str, ...] = ()
    replies_to: tuple[str, ...] = ()
    """The addresses of the Walidata."""
    is_desk: bool = False
    """The Walidata himself, who is told of all agencies of his pemda, with what only he can do."""

    @property
    def channel(self) -> str:
        """Under which the ledger keeps what was told: an agency that is Walidata as well gets two letters, and each has its own past."""
        return "surel walidata" if self.is_desk else "surel"


def desks(registry: Registry) -> dict[str, Owner]:
    """Code of the pemda -> its Walidata."""
    found = {}
    for folder in registry.folders.values():
        if folder.pemda is not None and folder.pemda.walidata and folder.pemda.walidata in folder.opd:
            found[folder.pemda.kode] = replace(_owner(folder, folder.pemda.walidata), is_desk=True)
    return found


def owners(registry: Registry) -> dict[tuple[str, str], Owner]:
    """(code of the pemda, opd) -> the agency. One without an address of its own is reached by those that continue it."""
    found = {}
    for folder in registry.folders.values():
        if folder.pemda is not None:
            for opd in folder.opd:
                found[folder.pemda.kode, opd] = _owner(folder, opd)
    return found


def unknown_owner(pemda: str, opd: str) -> Owner:
    """An agency that the ledger names and the registry does not (any more)."""
    return Owner(pemda, opd, opd)


def _owner(folder: PemdaFolder, opd: str) -> Owner:
    assert folder.pemda is not None
    walidata = folder.opd.get(folder.pemda.walidata or "")
    return Owner(
        folder.pemda.kode, opd, folder.opd[opd].nama, folder.pemda.nama, walidata.nama if walidata else "",
        _addresses(folder.opd, opd, frozenset()), walidata.surel if walidata else (),
    )  # fmt: skip


def _addresses(agencies: Mapping[str, Opd], opd: str, asked: frozenset[str]) -> tuple[str, ...]:
    agency = agencies.get(opd)
    if agency is None or opd in asked:
        return ()
    found = agency.surel or tuple(
        address for successor in agency.digantikan_oleh for address in _addresses(agencies, successor, asked | {opd})
    )
    return tuple(dict.fromkeys(found))
