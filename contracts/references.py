"""Reference lists (Kode Referensi, Perpres 39/2019 Ps 10): CSV files under sources/references, one row per code, the code in ``kode``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from contracts.errors import BrokenContract, WrongUsage
from contracts.files import broken_file, file_bytes
from contracts.reference_files import HOLIDAYS, NEEDED_BY, SYNONYMS, Row, check_list, csv_rows, list_rows, read_list
from contracts.settings import settings

SHIPPED = Path(__file__).resolve().parents[1] / "sources"
"""The registry that comes with the product: its references and concepts serve a registry that has none of its own."""


def part_of_sources(name: str, sources: Path | None = None) -> Path:
    """The folder ``name`` (references, concepts) of a registry, else the shipped one."""
    own = (sources or settings().sources) / name
    return own if own.is_dir() else SHIPPED / name


def reference_names(sources: Path | None = None) -> frozenset[str]:
    """The names of all lists of codes."""
    return frozenset(path.stem for path in part_of_sources("references", sources).glob("*.csv")) - {HOLIDAYS, SYNONYMS}


def reference_rows(name: str, sources: Path | None = None) -> tuple[Row, ...]:
    """The rows of one list, all text.

    Raises: `WrongUsage` when there is no such list, `BrokenContract` when its file is none.
    """
    return _rows(*_version(name, sources))


def each_reference_row(name: str, sources: Path | None = None) -> Iterator[Row]:
    """As `reference_rows`, one after the other and not kept: for who passes over a long list once. Raises the same, before the first row."""
    path, *version = _version(name, sources)
    _checked(path, *version)
    return list_rows(path)


def _version(name: str, sources: Path | None) -> tuple[Path, int, int]:
    """A list's file with its time and size: an edited list is another one."""
    path = part_of_sources("references", sources) / f"{name}.csv"
    try:
        stat = path.stat()
    except FileNotFoundError:
        raise WrongUsage(f"Daftar acuan `{name}` tidak ada di {path.parent}", "Periksa `reference:` di kontrak") from None
    return path, stat.st_mtime_ns, stat.st_size


def reference_codes(name: str, sources: Path | None = None, **where: str) -> tuple[str, ...]:
    """The codes of one list, in its order; ``where``: columns that must hold a value, as in ``level="kecamatan"``."""
    rows = reference_rows(name, sources)
    return tuple(row["kode"] for row in rows if all(row.get(column) == value for column, value in where.items()))


def unit_kinds(sources: Path | None = None) -> Mapping[str, str]:
    """Unit -> what it measures (`massa`, `volume`); none where the list is missing or broken, which is reported where it is read for its codes."""
    try:
        return {row["kode"]: row["dimensi"] for row in reference_rows("satuan", sources) if row.get("dimensi")}
    except (BrokenContract, WrongUsage):
        return {}


def regions_within(kode: str, level: str, sources: Path | None = None) -> tuple[str, ...]:
    """The Kemendagri codes of a level inside a region; ("35.71", "kecamatan") -> 35.71.01, 35.71.02, 35.71.03."""
    return _within(*_version("wilayah", sources), kode, level)


def is_region(kode: str, sources: Path | None = None) -> bool:
    """Whether a code, of Kemendagri or of BPS, is listed; or may be one, as it lies in a region whose parts are not listed."""
    try:
        codes = _region_codes(*_version("wilayah", sources))
    except (BrokenContract, WrongUsage):
        return True
    if kode in codes or not kode:
        return bool(kode)
    parent = kode.rpartition(".")[0] if "." in kode else kode[: {7: 4, 10: 7}.get(len(kode), 0)]
    return is_region(parent, sources) and not any(code != parent and code.startswith(parent) for code in codes)


def holidays(sources: Path | None = None) -> frozenset[date]:
    """The public holidays, for what is promised in working days (``freshness: {days: kerja}``)."""
    return frozenset(date.fromisoformat(row["tanggal"]) for row in reference_rows(HOLIDAYS, sources))


def market_closed(sources: Path | None = None) -> frozenset[date]:
    """The days on which markets are closed (column ``pasar`` of the holidays): nobody has a price to report. None where there is no such list."""
    if not (part_of_sources("references", sources) / f"{HOLIDAYS}.csv").is_file():
        return frozenset()
    return frozenset(date.fromisoformat(row["tanggal"]) for row in reference_rows(HOLIDAYS, sources) if row.get("pasar") == "tutup")


def references_sha256(sources: Path | None = None) -> str:
    """One fingerprint of all lists: when it changes, what was judged with the old lists is judged again."""
    digest = hashlib.sha256()
    for path in sorted(part_of_sources("references", sources).glob("*.csv")):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(file_bytes(path)).digest())
    return digest.hexdigest()


@lru_cache(maxsize=64)
def _rows(path: Path, changed_ns: int, size: int) -> tuple[Row, ...]:  # noqa: ARG001 - time and size make an edited list a new entry
    return read_list(path)


@lru_cache(maxsize=64)
def _checked(path: Path, changed_ns: int, size: int) -> None:  # noqa: ARG001 - as above
    check_list(path)


@lru_cache(maxsize=256)
def _within(path: Path, changed_ns: int, size: int, kode: str, level: str) -> tuple[str, ...]:
    _checked(path, changed_ns, size)
    return tuple(row["kode"] for row in list_rows(path) if row["kode"].startswith(f"{kode}.") and row["level"] == level)


@lru_cache(maxsize=16)
def _region_codes(path: Path, changed_ns: int, size: int) -> frozenset[str]:
    _checked(path, changed_ns, size)
    return frozenset(code for row in list_rows(path) for code in (row["kode"], row.get("kode_bps")) if code)


def broken_lists(sources: Path | None = None) -> Iterator[BrokenContract]:
    """The lists that cannot be read as they are."""
    for path in sorted(part_of_sources("references", sources).glob("*.csv")):
        try:
            _checked(*_version(path.stem, sources))
        except BrokenContract as error:
            yield error
        except WrongUsage:
            yield broken_file(path, (1, "(berkas)", "berkas tidak dapat dibaca", "berkas CSV, atau hapus namanya dari folder ini"))
        else:
            yield from _lost(path, sources) if path.stem == SYNONYMS else ()


def _codes(name: str, sources: Path | None) -> set[str] | None:
    """The codes of a list; None where it is broken, which is told by itself."""
    try:
        return {row["kode"] for row in each_reference_row(name, sources)}
    except BrokenContract:
        return None


def _lost(path: Path, sources: Path | None) -> Iterator[BrokenContract]:
    """Spellings of a list or a code that is not there: they would never be found, and nobody would know."""
    names, codes, problems = reference_names(sources), dict[str, set[str] | None](), []
    for line, row in csv_rows(path, NEEDED_BY[SYNONYMS]):
        name = row["daftar"]
        if name not in names:
            problems.append((line, "daftar", f"daftar `{name}` tidak ada", f"salah satu dari {', '.join(sorted(names))}"))
            continue
        if name not in codes:
            codes[name] = _codes(name, sources)
        if (known := codes[name]) is not None and row["kode"] not in known:
            problems.append((line, "kode", f"kode `{row['kode']}` tidak ada di daftar {name}", "kode yang ada di daftar itu"))
    if problems:
        yield broken_file(path, *problems)
