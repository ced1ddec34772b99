"""A source contract: the one declaration that drives fetch, parse, types, checks, quarantine, tables and documentation."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from contracts.models.base import Strict, Texts
from contracts.models.checks import Check
from contracts.models.columns import Column
from contracts.models.source import Source
from contracts.models.table import RowRule, Table, Unpivot

Grain = Literal["hari", "minggu", "minggu_bulan", "bulan", "triwulan", "semester", "tahun"]
ForEach = Literal["kelurahan", "kecamatan", "opd"] | tuple[str, ...]


class Freshness(Strict):
    warn_after: str | None = None
    error_after: str | None = None
    days: Literal["kalender", "kerja"] = "kalender"


class Period(Strict):
    """What time the figures speak of: a column, or one value for the whole batch."""

    column: str | None = None
    value: str | None = None
    grain: Grain
    must_match: Literal["title", "file_name", "sheet_name", "url"] | None = None


class LastBy(Strict):
    last_by: str


class Guards(Strict):
    min_share: float = Field(0.5, ge=0, le=1)
    of_last: int = Field(5, ge=1, le=1_000)
    max_quarantined: float = Field(0.05, ge=0, le=1)


class Expect(Strict):
    every: str | tuple[str, ...]
    in_: str = Field(alias="in")
    per: Texts = ()
    severity: Literal["hold", "warn"] = "hold"


class Contract(Strict):
    """A whole contract as written; `contracts.registry.Dataset` adds where it stands and whose it is."""

    id: str | None = Field(None, pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")
    title: str = Field(min_length=1, max_length=300, description="nama data sebagaimana dibaca orang")
    menggantikan: Texts = ()
    produsen_data: str | None = None
    item: Texts = ()
    concept: str | None = None
    schedule: str | None = None
    freshness: Freshness | None = None
    akses: Literal["terbuka", "terbatas", "tertutup"] = "terbuka"
    dasar: str | None = None
    publikasi: Literal["otomatis", "tinjau", "tinjau_pertama"] = "otomatis"
    licence: str | None = None
    for_each: ForEach | None = None
    source: Source
    table: Table = Table()
    rows: tuple[RowRule, ...] = Field((), max_length=1_000)
    unpivot: Unpivot | None = None
    columns: dict[str, Column] = Field(min_length=1, max_length=1_500)
    period: Period | None = None
    write: Literal["snapshot", "replace_period", "append"]
    key: tuple[str, ...] = Field(min_length=1, description="kolom yang bersama-sama unik", examples=[["tahun", "kode_wilayah"]])
    same_rows: Literal["fail", "collapse"] = "fail"
    same_key: Literal["quarantine"] | LastBy = "quarantine"
    missing: Texts = ("...", "n/a")
    zero: Texts = ()
    flags: dict[str, str] = {}
    ignore: Texts = ()
    extra: Literal["warn", "fail", "ignore"] = "warn"
    guards: Guards = Guards()
    expect: Expect | None = None
    checks: tuple[Check, ...] = Field((), max_length=1_000)
