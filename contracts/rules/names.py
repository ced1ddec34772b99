"""Wherever a contract names one of its columns, that column exists and can play the part."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.explain import Flaw, suggestion
from contracts.models.contract import Contract, LastBy
from contracts.models.table import GroupRow, TotalRow
from contracts.periods import grain_of
from contracts.region_shapes import CODE
from contracts.rules.columns import MEASURES, TIMES
from contracts.rules.surroundings import Surroundings
from contracts.text import normalise
from contracts.yaml_tree import Path

LEVELS = ("provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan", "kelurahan")


def flaws(contract: Contract, around: Surroundings) -> Iterator[Flaw]:
    """Columns that do not exist, or cannot be a key, a period or an addend."""
    for path, name in named(contract):
        if name not in contract.columns:
            yield Flaw(path, f"kolom `{name}` tidak ada", suggestion(name, list(contract.columns)))
    yield from _key(contract)
    yield from _period(contract)
    yield from _measures(contract)
    yield from _expect(contract, around)
    yield from _ignored(contract)


def named(contract: Contract) -> Iterator[tuple[Path, str]]:
    """Every place outside ``checks`` where a contract names a column of its own (``unpivot.value`` is the table rules' business)."""
    yield from ((("key", i), name) for i, name in enumerate(contract.key))
    if contract.period is not None and contract.period.column is not None:
        yield ("period", "column"), contract.period.column
    if isinstance(contract.same_key, LastBy):
        yield ("same_key", "last_by"), contract.same_key.last_by
    if contract.expect is not None:
        yield ("expect", "in"), contract.expect.in_
    for i, row in enumerate(contract.rows):
        key = "of" if isinstance(row, TotalRow) else "total_of"
        yield from ((("rows", i, key), name) for name in getattr(row, key, ()))
    for name, column in contract.columns.items():
        if column.unit_from is not None:
            yield ("columns", name, "unit_from"), column.unit_from
        if column.within is not None and not CODE.match(column.within):
            yield ("columns", name, "within"), column.within


def _key(contract: Contract) -> Iterator[Flaw]:
    for i, name in enumerate(contract.key):
        if name in contract.key[:i]:
            yield Flaw(("key", i), f"kolom `{name}` disebut dua kali", "setiap kolom kunci sekali")
        if (column := contract.columns.get(name)) and column.optional:
            yield Flaw(("columns", name, "optional"), "kolom kunci tidak boleh opsional", "hapus `optional`, atau keluarkan dari key")


def _period(contract: Contract) -> Iterator[Flaw]:
    period = contract.period
    if period is None:
        if contract.write == "replace_period":
            yield Flaw(("write",), "`replace_period` tanpa `period`", "`period: {column: ..., grain: ...}`, atau write: snapshot")
        return
    if (period.column is None) == (period.value is None):
        yield Flaw(("period",), "periode harus disebut tepat sekali", "`column:` atau `value:`, salah satu")
    column = contract.columns.get(period.column or "")
    if column is not None and column.type not in TIMES:
        should_be = f"kolom {' / '.join(sorted(TIMES))}"
        yield Flaw(("period", "column"), f"kolom `{period.column}` bertipe {column.type}", should_be, (period.column or "",))
    if period.value is not None and "{" not in period.value and not _is_period(period.value, period.grain):
        yield Flaw(("period", "value"), f"`{period.value}` bukan periode {period.grain}", f"misalnya {EXAMPLES[period.grain]}")


EXAMPLES = {
    "hari": "2023-02-14",
    "minggu": "2023-W07",
    "minggu_bulan": "2023-02-M2",
    "bulan": "2023-02",
    "triwulan": "2023-T1",
    "semester": "2023-S1",
    "tahun": "2023",
}


def _is_period(text: str, grain: str) -> bool:
    try:
        return grain_of(text) == grain
    except ValueError:
        return False


def _measures(contract: Contract) -> Iterator[Flaw]:
    for i, row in enumerate(contract.rows):
        key = "of" if isinstance(row, TotalRow) else "total_of" if isinstance(row, GroupRow) else ""
        for name in getattr(row, key, ()) if key else ():
            if (column := contract.columns.get(name)) and column.type not in MEASURES:
                yield Flaw(("rows", i, key), f"kolom `{name}` bertipe {column.type}, tidak dapat dijumlahkan", "kolom angka", (name,))
    for name, column in contract.columns.items():
        source = contract.columns.get(column.unit_from or "")
        if source is not None and source.type not in ("unit", "text"):
            yield Flaw(("columns", name, "unit_from"), f"kolom `{column.unit_from}` bertipe {source.type}", "kolom bertipe unit", (name,))


def _expect(contract: Contract, around: Surroundings) -> Iterator[Flaw]:
    expect = contract.expect
    if expect is None:
        return
    known = (*LEVELS, *sorted(around.references))
    if isinstance(expect.every, str) and expect.every not in known:
        yield Flaw(("expect", "every"), f"`{expect.every}` bukan tingkat wilayah atau daftar acuan", suggestion(expect.every, known))
    for name in expect.per:
        if name == "period" and contract.period is None:
            yield Flaw(("expect", "per"), "`period` dipakai tanpa `period:`", "`period: {column: ..., grain: ...}`")
        if name != "period" and name not in contract.key:
            yield Flaw(("expect", "per"), f"`{name}` bukan kolom kunci", suggestion(name, ["period", *contract.key]))


def _ignored(contract: Contract) -> Iterator[Flaw]:
    ignored = {normalise(header) for header in contract.ignore}
    for name, column in contract.columns.items():
        for header in column.from_ or ():
            if normalise(header) in ignored:
                yield Flaw(("columns", name, "from"), f"judul `{header}` dibaca dan diabaikan (`ignore`) sekaligus", "salah satu")
