"""*Perencanaan* of a source nobody described yet: fetch it once, guess its contract, prove the guess on the whole file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from contracts.errors import WrongUsage
from contracts.settings import settings
from extractors.credentials import variable_of
from satudata.new_contract.contract_text import contract_text
from satudata.new_contract.given import Given, given, without_secrets
from satudata.new_contract.guess import draft_of
from satudata.new_contract.proof import MOST_ROWS, prove
from satudata.new_contract.survey import survey
from satudata.source_try import TryResult, try_source

NOT_DELIVERED = {"labels", "pages"}
"""Keys of a source that a file of the inbox cannot have."""


@dataclass(frozen=True)
class NewContract:
    """A contract, and what a trial of it came to."""

    text: str
    tried: TryResult | None
    """None where the trial was not wanted, or the file is too large to be cheap."""
    is_delivered: bool = False
    """Its file comes by the inbox: it lies where a contract of the registry may not reach."""


def new_contract(place: str, *, beside: Path, dataset_id: str | None = None, trial: bool = True) -> NewContract:
    """The guessed contract of an address or a local file.

    ``beside``: the folder in which the YAML will stand, to which the path of a local file is relative. ``trial``: also try the contract on
    the bytes at hand. Raises: `LocalFileMissing`, the `FetchError` family, `ContentError` where the bytes are no table of any kind.
    """
    with given(place) as source, TemporaryDirectory(prefix="satudata-baru-") as folder:
        found = survey(source.path, source.file_name, source.url)
        draft = draft_of(found, "")
        draft.id = dataset_id
        if source.goes_on and found.kind == "json_api":
            draft.source.setdefault("pages", {"by": "next"})
        url, credentials = _address(source, beside)
        is_delivered = _is_out_of_reach(source, beside) and not NOT_DELIVERED & draft.source.keys()
        draft.source |= {"kind": "inbox"} if is_delivered else {"url": url} | ({"credentials": credentials} if credentials else {})
        if is_delivered:
            draft.source.pop("url", None)
        if credentials:
            draft.notes.append(f"rahasia di alamat tidak ditulis; simpan sebagai {variable_of(credentials)}")
        if found.columns:
            prove(draft, source, Path(folder))
        is_one_page = "pages" in draft.source and not source.is_local
        if is_one_page:
            draft.notes.append("ditebak dari halaman pertama; jalankan `satudata source try` untuk semuanya")
        text = contract_text(draft)
        return NewContract(text, _tried(text, source, Path(folder)) if trial and not is_one_page else None, is_delivered)


def _address(source: Given, beside: Path) -> tuple[str, str | None]:
    if source.is_local:
        return Path(os.path.relpath(source.path, beside.resolve())).as_posix(), None
    return without_secrets(source.url)


def _is_out_of_reach(source: Given, beside: Path) -> bool:
    """A file outside the registry, whose contract will stand in it: a path from the one to the other is refused."""
    root = settings().sources.resolve()
    return source.is_local and beside.resolve().is_relative_to(root) and not source.path.resolve().is_relative_to(root)


def _tried(text: str, source: Given, folder: Path) -> TryResult | None:
    if source.path.stat().st_size > 200 * MOST_ROWS:
        return None
    contract = folder / "kontrak.yml"
    contract.write_text(text, encoding="utf-8")
    return try_source(contract, file=source.path, most_rows=3)


def write_new(text: str, path: Path, *, force: bool) -> None:
    """Put the contract at ``path``. Raises: `WrongUsage` where a file is there already."""
    if path.exists() and not force:
        raise WrongUsage(f"{path} sudah ada", "Pilih jalur lain, atau timpa dengan --force")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
