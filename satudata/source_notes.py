"""What no contract is to blame for and yet lets a rule be skipped or a due day be counted wrong: a list that lacks what a contract asks of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from contracts.errors import BrokenContract, WrongUsage
from contracts.files import shown
from contracts.models.checks import Check
from contracts.reference_files import HOLIDAYS, NEEDED_BY, Row, csv_rows
from contracts.references import holidays, part_of_sources
from contracts.registry import Dataset

FEWEST_HOLIDAYS = 10
"""A year with fewer knows only the holidays that have the same date every year; those of the joint decree are missing."""
BOX = re.compile(r"^-?\d+(\.\d+)?( -?\d+(\.\d+)?){3}$")
"""As `ops.in_region` reads it."""
REGIONS, EXAMPLE = "wilayah", "-7.90 111.95 -7.75 112.10"


def notes_of(dataset: Dataset) -> list[str]:
    """A sentence for each check on the place of a point that will be skipped, with list and line; none where the list itself is broken."""
    checks = [check for check in dataset.contract.checks if check.rule == "in_box" and check.within]
    try:
        return [note for check in checks for note in _without_box(dataset, check)]
    except (BrokenContract, WrongUsage):
        return []


def calendar_notes(datasets: Iterable[Dataset], today: date, loaded: Collection[int] = ()) -> list[str]:
    """A sentence for each year whose holidays are not listed: this one, the next from October on, and, in one for all, those gone by of which
    contracts ask for data or figures are `loaded`. All that is due in working days, and every market day, counts by them.
    """
    found = list(datasets)
    root = found[0].root if found else None
    try:
        known = Counter(day.year for day in holidays(root))
    except (BrokenContract, WrongUsage):
        return []
    place = f"{shown(part_of_sources('references', root) / f'{HOLIDAYS}.csv')}: tanggal: tahun"
    wanted = [today.year, *([today.year + 1] if today.month >= 10 else [])]
    asked = {*loaded, *(year for dataset in found for year in dataset.years_asked(today))}
    past = sorted(year for year in asked if year < today.year and known[year] < FEWEST_HOLIDAYS)
    return [
        *(
            f"{place} {year} memuat {known[year]} hari libur; libur yang tanggalnya berpindah (Idulfitri, Nyepi, Waisak, ...) belum ada,"
            " jadi tenggat dalam hari kerja dapat jatuh pada hari libur. Tambahkan menurut SKB tiga menteri tahun itu."
            for year in wanted
            if known[year] < FEWEST_HOLIDAYS
        ),
        *([f"{place} {_listed(past)} belum memuat hari liburnya, padahal ada data tahun itu; hari pasar dan hari kerjanya dihitung tanpa libur."
           " Tambahkan menurut SKB tiga menteri tahun itu."] if past else []),
    ]  # fmt: skip


def _listed(years: Sequence[int]) -> str:
    """2015-2017, 2019: years that follow each other as one span."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)


def _without_box(dataset: Dataset, check: Check) -> Iterator[str]:
    path = part_of_sources("references", dataset.root) / f"{REGIONS}.csv"
    rows = [(line, row) for line, row in csv_rows(path, NEEDED_BY[REGIONS]) if _is_asked(dataset, str(check.within), row)]
    lacking = [(line, row["kode"]) for line, row in rows if not BOX.match(row.get("kotak") or "")]
    if rows and not lacking:
        return
    line, kode = lacking[0] if lacking else (1, str(check.within))
    others = f" (dan {len(lacking) - 1} wilayah lain)" if len(lacking) > 1 else ""
    yield (
        f"{shown(path)}:{line}: kotak: wilayah {kode}{others} belum punya kotak batas, jadi aturan in_box di {shown(dataset.path)} dilewati."
        f" Isi kolom `kotak` pada baris {kode} dengan batas selatan, barat, utara, dan timur dalam derajat, misalnya `{EXAMPLE}`."
    )


def _is_asked(dataset: Dataset, within: str, row: Row) -> bool:
    """Is a region one that the check may ask for: the code itself, or what its column may hold?"""
    column = dataset.contract.columns.get(within)
    if column is None or column.value:
        return row["kode"] == (column.value if column else within)
    above = column.within if column.within and column.within[0].isdigit() else dataset.pemda.kode if dataset.pemda else None
    if above is None or column.level is None:
        return row["kode"] == above
    return row["level"] == column.level and row["kode"].startswith(above)
