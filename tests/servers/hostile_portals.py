"""Two portals of the hostile site: a CKAN whose labels lie, and the WebAPI of BPS, which answers errors with status 200."""

from __future__ import annotations

from tests.servers.hostile import PNG, Handler, route
from tests.servers.hostile_pages import RECORDS

RESOURCES = [
    {"id": "r-0", "name": "Hasil Akip.png", "format": "CSV", "mimetype": "image/png", "url": "/ckan/unduh/akip.csv"},
    {"id": "r-1", "name": "Stok Pangan", "format": "CSV", "mimetype": "text/csv", "url": "unduh/stok.csv"},
    {"id": "r-2", "name": "stok pangan", "format": "XLSX", "mimetype": "text/csv", "url": "/ckan/unduh/kembar.csv"},
    {"id": "r-3", "name": "Tempat Lain", "format": "CSV", "mimetype": "text/csv", "url": "{lain}/tagged"},
    {"id": "r-4", "name": "Jahat", "format": "CSV", "mimetype": "text/csv", "url": "file:///etc/passwd"},
]
YEARS = [(117, "2017"), (119, "2019"), (122, "2022")]


@route
def ckan(handler: Handler) -> None:
    """/ckan/api/3/action/package_show?id=akip, .../datastore_search, /ckan/unduh/...; any other package is refused with status 200."""
    action = handler.rest.rpartition("/")[2]
    if action == "package_show":
        _package_show(handler)
    elif action == "datastore_search":
        start, size = int(handler.seen.query.get("offset", 0)), min(int(handler.seen.query.get("limit", 100)), 9)
        result = {"records": RECORDS[start : start + size], "total": len(RECORDS), "limit": size}
        handler.say_json({"success": True, "result": result})
    else:
        handler.say(PNG if action == "akip.csv" else handler.site.content)


def _package_show(handler: Handler) -> None:
    if handler.seen.query.get("id") != "akip":
        handler.say_json({"success": False, "error": {"message": "Not found"}})
        return
    elsewhere = handler.site.url("", host="localhost")
    listed = [{**one, "url": one["url"].replace("{lain}", elsewhere)} for one in RESOURCES]
    extras = [{"key": "2023", "value": "75"}, {"key": "2024", "value": "77"}]
    handler.say_json({"success": True, "result": {"name": "akip", "extras": extras, "resources": listed}})


@route
def bps(handler: Handler) -> None:
    """/bps/v1/api/list/model/data|th/...: a table only for one named year and a good key, as the real one; two years to a list page."""
    words = handler.rest.split("/")
    asked = dict(zip(words[3::2], words[4::2], strict=False))
    if asked.get("key") != "kunci-bps":
        handler.say_json({"status": "Error", "message": "Invalid API Key"})
    elif asked.get("var") == "404":
        handler.say_json({"status": "OK", "data-availability": "list-not-available", "data": ""} | _refused(asked))
    elif asked["model"] == "th":
        page = int(asked.get("page", 1))
        years = [{"th_id": th, "th": label} for th, label in YEARS[(page - 1) * 2 : page * 2]]
        handler.say_json({"status": "OK", "data-availability": "available", "data": [{"page": page, "pages": 2, "total": 3}, years]})
    elif "th" not in asked:
        handler.say_json(_refused(asked))
    else:
        content = {f"1{asked['var']}0{asked['th']}1": 0.28}
        handler.say_json({"status": "OK", "data-availability": "available", "datacontent": content})


def _refused(asked: dict[str, str]) -> dict[str, str]:
    return {} if asked["model"] == "th" else {"status": "Error", "message": "'th' parameter is required"}
