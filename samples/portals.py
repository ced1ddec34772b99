"""How the portals of the sample city hand out rows: by page number, by offset, through CKAN, or as a dynamic table of BPS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from samples.replies import Reply, Request, json_reply

Record = Mapping[str, object]


def by_page(request: Request, rows: Sequence[Record], size: int) -> Reply:
    """One page of an API that numbers its pages and declares how many rows and pages there are."""
    page = request.number("page", 1)
    meta = {"page": page, "last_page": -(-len(rows) // size), "total": len(rows)}
    return json_reply({"meta": meta, "data": rows[(page - 1) * size : page * size]})


def by_offset(request: Request, rows: Sequence[Record], limit: int = 50) -> Reply:
    """A stretch of the rows, beside how many there are."""
    limit, offset = request.number("limit", limit), request.number("offset", 0)
    return json_reply({"total": len(rows), "items": rows[offset : offset + limit]})


def ckan_package(request: Request, portal: str, resources: Mapping[str, str]) -> Reply:
    """CKAN's package_show: one package, one resource in the datastore. `resources`: package -> the name of its resource."""
    package = request.query.get("id", "")
    if package not in resources:
        return Reply(b'{"success": false, "error": {"message": "Not found"}}', "application/json", status=404)
    url = f"{request.host}{portal}/unduh/{package}.csv"
    resource = {
        "id": package,
        "name": resources[package],
        "format": "CSV",
        "mimetype": "text/csv",
        "datastore_active": True,
        "position": 0,
        "url": url,
    }
    return json_reply({"success": True, "result": {"id": package, "name": package, "title": resources[package], "resources": [resource]}})


def ckan_rows(request: Request, tables: Mapping[str, Sequence[Record]]) -> Reply:
    """CKAN's datastore_search: the rows of a resource in pages, numbered, with the total it declares."""
    name = request.query.get("resource_id", "")
    rows = [{"_id": number, **row} for number, row in enumerate(tables[name], start=1)]
    limit, offset = request.number("limit", 100), request.number("offset", 0)
    fields = [{"id": column, "type": "text"} for column in rows[0]]
    result = {
        "resource_id": name,
        "fields": fields,
        "records": rows[offset : offset + limit],
        "limit": limit,
        "offset": offset,
        "total": len(rows),
    }
    return json_reply({"success": True, "result": result})


def bps_table(
    var: tuple[int, str, str], places: Mapping[int, str], years: Sequence[int], figures: Mapping[tuple[int, int], float]
) -> Reply:
    """A dynamic table of BPS: `var` is (number, label, unit), `figures` (place, year) -> value; keys are joined without separators."""
    number, label, unit = var
    content = {f"{place}{number}0{year - 1900}0": figures[place, year] for place, year in product(places, years)}
    return json_reply({
        "status": "OK", "data-availability": "available", "last_update": "2026-02-02 08:00:00", "subject": [{"val": 26, "label": label}],
        "var": [{"val": number, "label": label, "unit": unit, "subj": label, "def": "", "decimal": 2, "note": ""}],
        "turvar": [{"val": "0", "label": "Tidak ada"}], "labelvervar": "Kabupaten", "vervar": [{"val": val, "label": name} for val, name in places.items()],
        "tahun": [{"val": year - 1900, "label": str(year)} for year in years], "turtahun": [{"val": 0, "label": "Tahun"}], "datacontent": content,
    })  # fmt: skip
