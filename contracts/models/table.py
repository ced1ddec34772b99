"""Where the table stands in a sheet or page, and which of its rows and headers are not plain data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.models.base import Strict, Texts, Where


class Beside(Strict):
    """A piece of a table cut into header and body; pieces are joined row by row."""

    header: str
    body: str


class Table(Strict):
    """The ``table:`` of a contract."""

    title: str | None = Field(None, description="Regex of a cell above the table")
    every: bool = Field(False, description="Each match of title is a table of the same shape")
    css: str | None = None
    beside: tuple[Beside, ...] | None = None
    header_rows: int = Field(1, ge=1, le=10)
    ends_at: str | None = Field(None, description="blank_row, or a regex of a cell in the first row after the table")


class DataRow(Strict):
    """A row that is data whatever a later rule, or the look of its label, says."""

    is_: Literal["data"] = Field(alias="is")
    where: Where


class DropRow(Strict):
    is_: Literal["drop"] = Field(alias="is")
    where: Where
    why: str = Field(
        min_length=1, description="mengapa baris ini bukan data, misalnya catatan kaki atau nomor kolom; ikut tercatat bersama barisnya"
    )


class TotalRow(Strict):
    is_: Literal["total"] = Field(alias="is")
    where: Where
    of: Texts
    over: Literal["all", "rows_above"] = "all"
    tolerance: float = Field(0, ge=0)


class GroupRow(Strict):
    is_: Literal["group"] = Field(alias="is")
    where: Where
    gives: str
    position: Literal["before", "after"] = Field("before", description="before: the heading stands before its rows")
    from_: str | None = Field(None, alias="from", description="Header whose text is the heading; default: the first of where")
    total_of: Texts = ()
    tolerance: float = Field(0, ge=0)


RowRule = Annotated[DataRow | DropRow | TotalRow | GroupRow, Field(discriminator="is_")]


class Unpivot(Strict):
    """Each matching header -> a row; its named groups are origins (``header:``)."""

    headers: str
    value: str
    missing: Literal["drop", "keep"] = "drop"
    total: str | None = Field(None, description="A header checked against the sum of the others, then dropped")
    tolerance: float = Field(0, ge=0)
