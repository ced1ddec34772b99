"""Where the bytes of a source come from: kind, address, paging."""

from __future__ import annotations

from typing import Literal

from pydantic import AliasChoices, Field

from contracts.models.base import Strict, Texts

Kind = Literal["file", "html_table", "json_api", "bps_webapi", "ckan", "inbox"]


class Pages(Strict):
    """How a paged source is walked, and what it declares about its own size."""

    by: Literal["page", "offset", "cursor", "next"]
    param: str | None = Field(
        None, validation_alias=AliasChoices("param", "number"), description="Query parameter of page, offset or cursor"
    )
    size: int | None = Field(None, ge=1, le=1_000_000, description="Records asked for per page")
    size_param: str | None = Field(None, description="Query parameter of the size (default limit)")
    first: int | None = Field(None, ge=0, le=1_000_000_000, description="Number of the first page (default 1; offset 0)")
    total: str | None = Field(None, description="JSON path of the declared number of records")
    last: str | None = Field(None, description="JSON path of the number of the last page")
    next: str | None = Field(None, description="JSON path of the next link or cursor; by: next without it follows the Link header")


class Resource(Strict):
    """Which resource of a CKAN package; its name or its position, from 0."""

    name: str | None = None
    position: int | None = Field(None, ge=0, le=10_000)


class Source(Strict):
    """The ``source:`` of a contract."""

    kind: Kind
    url: str | None = Field(None, description="${X}: environment X, else situs.X of pemda.yml; or a path relative to the contract")
    credentials: str | None = Field(None, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")
    each: dict[Literal["tanggal", "bulan", "tahun"], str] | None = Field(None, description="the last n up to the run's date, such as 7d")
    same_as: str | None = None
    method: Literal["GET", "POST"] = "GET"
    params: dict[str, str] = {}
    headers: dict[str, str] = {}
    body: dict[str, str] | str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: Texts | None = None
    records: str | None = None
    labels: dict[str, str] = {}
    fields: str | None = Field(None, description="JSON path of the names of records that are arrays")
    pages: Pages | None = None
    package: str | None = Field(None, description="ckan: id or name of the package")
    resource: Resource | None = None
    domain: str | None = Field(None, description="bps_webapi: 4-digit domain")
    var: str | None = Field(None, description="bps_webapi: number of the variable")
