"""The paged APIs of the hostile site: honest ones of each manner, and each way in which one can mislead."""

from __future__ import annotations

from tests.servers.hostile import Handler, route

RECORDS = [{"id": number, "nama": f"Desa {number}", "isi": {"nilai": number * 1.5}} for number in range(1, 24)]
"""23 records: three pages of ten, the last one short."""
SIZE = 10
LAST = -(-len(RECORDS) // SIZE)


def _number(handler: Handler, name: str, default: int) -> int:
    return int(handler.seen.query.get(name, default))


def _page(number: int, size: int = SIZE) -> list[dict[str, object]]:
    return RECORDS[(number - 1) * size : number * size]


@route
def pages(handler: Handler) -> None:
    """By number, with the total and the last page declared; `limit` is honoured."""
    number, size = _number(handler, "page", 1), _number(handler, "limit", SIZE)
    meta = {"page": number, "last": -(-len(RECORDS) // size), "total": len(RECORDS)}
    handler.say_json({"meta": meta, "data": _page(number, size)})


@route
def pages_tagged(handler: Handler) -> None:
    """As `pages`, with an ETag per page."""
    number = _number(handler, "page", 1)
    tag = f'"p{number}"'
    if handler.seen.headers.get("if-none-match") == tag:
        handler.head(304, ETag=tag)
    else:
        handler.say_json({"meta": {"last": LAST, "total": len(RECORDS)}, "data": _page(number)}, ETag=tag)


@route
def pages_bare(handler: Handler) -> None:
    """By number, with nothing declared: behind the last page stands an empty list."""
    handler.say_json(_page(_number(handler, "page", 1)))


@route
def pages_gone(handler: Handler) -> None:
    """By number; behind the last page, or behind `?until=`, stands nothing: 404. `limit` is honoured up to ten, `total` declares it."""
    number, size, query = _number(handler, "page", 1), min(_number(handler, "limit", SIZE), SIZE), handler.seen.query
    data = _page(number, size)
    if not data or number > _number(handler, "until", LAST * SIZE):
        handler.head(404)
    else:
        handler.say_json({"data": data, "next": number + 1} | ({"total": int(query["total"])} if "total" in query else {}))


@route
def header_links(handler: Handler) -> None:
    """A bare list; the next page stands in a Link header alone."""
    number = _number(handler, "hal", 1)
    following = f'<{handler.seen.path}?hal={number + 1}>; rel="next", ' if number < LAST else ""
    handler.say_json(_page(number), Link=f'{following}<{handler.seen.path}>; rel="first"')


@route
def laravel(handler: Handler) -> None:
    """A paginator that links to its next page, as web frameworks write it."""
    number = _number(handler, "page", 1)
    following = f"http://{handler.headers['Host']}/laravel?page={number + 1}" if number < LAST else None
    handler.say_json({"data": _page(number), "next_page_url": following})


@route
def pages_short(handler: Handler) -> None:
    """Declares 30 records and has 23."""
    handler.say_json({"meta": {"last": LAST, "total": 30}, "data": _page(_number(handler, "page", 1))})


@route
def pages_long(handler: Handler) -> None:
    """Declares 20 records and has 23."""
    handler.say_json({"meta": {"last": LAST, "total": 20}, "data": _page(_number(handler, "page", 1))})


@route
def pages_hole(handler: Handler) -> None:
    """The second of its pages is empty."""
    number = _number(handler, "page", 1)
    handler.say_json({"meta": {"last": LAST}, "data": [] if number == 2 else _page(number)})


@route
def pages_grow(handler: Handler) -> None:
    """A record is added while we read: the total on the last page is the true one."""
    number = _number(handler, "page", 1)
    handler.say_json({"meta": {"last": LAST, "total": len(RECORDS) - (number < LAST)}, "data": _page(number)})


@route
def pages_same(handler: Handler) -> None:
    """Whatever page is asked for, the first one comes; only the echoed number differs."""
    handler.say_json({"page": _number(handler, "page", 1), "data": _page(1)})


@route
def pages_turning(handler: Handler) -> None:
    """Two pages in turn under ever new addresses; `shuffled` turns the order of the records each time."""
    number = _number(handler, "page", 1)
    data = _page(1 if "shuffled" in handler.seen.query else 2 - number % 2)
    handler.say_json({"data": data[::-1] if number % 2 else data, "next": number + 1})


@route
def pages_void(handler: Handler) -> None:
    """A page of records, then pages without any, and always a next one."""
    number = _number(handler, "page", 1)
    handler.say_json({"data": _page(number) if number == 1 else [], "next": number + 1, "last": 9_999_999})


@route
def pages_page(handler: Handler) -> None:
    """The second page is an error page with status 200."""
    if _number(handler, "page", 1) == 1:
        handler.say_json({"meta": {"last": LAST}, "data": _page(1)})
    else:
        handler.say(b"<html><title>504</title></html>")


@route
def pages_broken(handler: Handler) -> None:
    """The JSON of the second page ends in the middle."""
    body = b'{"meta": {"last": 3}, "data": [{"id": 1}, {"id": 2}]}'
    handler.say(body if _number(handler, "page", 1) == 1 else body[:40])


@route
def pages_endless(handler: Handler) -> None:
    """Always another page with other records."""
    number = _number(handler, "page", 1)
    handler.say_json({"data": [{"id": number}]})


@route
def offsets(handler: Handler) -> None:
    """By offset, at most seven records whatever is asked for."""
    start, size = _number(handler, "offset", 0), min(_number(handler, "limit", SIZE), 7)
    handler.say_json({"count": len(RECORDS), "items": RECORDS[start : start + size]})


@route
def cursors(handler: Handler) -> None:
    """By cursor; the last answer carries none."""
    start = int(handler.seen.query.get("cursor", "c0").removeprefix("c"))
    more = f"c{start + SIZE}" if start + SIZE < len(RECORDS) else None
    handler.say_json({"rows": RECORDS[start : start + SIZE], "paging": {"next": more}})


@route
def cursor_loop(handler: Handler) -> None:
    """The second cursor leads back to the first."""
    cursor = handler.seen.query.get("cursor", "")
    handler.say_json({"rows": [{"id": cursor}], "paging": {"next": "b" if cursor == "a" else "a"}})


@route
def links(handler: Handler) -> None:
    """By next link, relative to the page."""
    number = _number(handler, "hal", 1)
    handler.say_json({"hasil": _page(number), "berikut": f"?hal={number + 1}" if number < LAST else None})


@route
def link_loop(handler: Handler) -> None:
    """The next link of the second page leads back to the first."""
    number = _number(handler, "hal", 1)
    handler.say_json({"hasil": [{"id": handler.site.asked[handler.seen.path]}], "berikut": f"/link-loop?hal={3 - number}"})


@route
def link_away(handler: Handler) -> None:
    """/link-away?to=...: the next link leads there."""
    handler.say_json({"hasil": _page(1), "berikut": handler.seen.query["to"]})


@route
def search(handler: Handler) -> None:
    """POST with a JSON body {"page_no": "2", "page_size": "10"}."""
    import json

    asked = json.loads(handler.seen.body)
    handler.say_json({"filedata": _page(int(asked["page_no"]), int(asked["page_size"])), "jumlah": len(RECORDS)})


@route
def html_list(handler: Handler) -> None:
    """A list for people, ten rows a page, with the link to the next page that the path names; `gone`: 404 behind the last."""
    link, number = handler.seen.path.removeprefix("/html-list").strip("/"), _number(handler, "hal", 1)
    rows = "".join(f"<tr><td>{row['id']}</td><td>{row['nama']}</td></tr>" for row in _page(number))
    following = HTML_LINKS[link].replace("{n}", str(number + 1)) if number < LAST else ""
    if link == "gone" and not rows:
        handler.head(404)
    else:
        page = f"<html><body><table><tr><th>Id</th><th>Nama</th></tr>{rows}</table>{following}</body></html>"
        handler.say(page.encode(), Content_Type="text/html; charset=utf-8")


HTML_LINKS = {
    "rel": '<a rel="next" href="?hal={n}">2</a>',
    "head": '<link rel="next" href="/html-list/head?hal={n}">',
    "text": '<ul><li><a href="?hal={n}"> Berikutnya <i>&raquo;</i></a></li></ul>',
    "sign": '<a href="?hal={n}">»</a>',
    "bare": "",
    "gone": "",
    "article": '<a rel="next" href="/berita/harga-beras-februari">Harga beras Februari</a><a href="/2">Selanjutnya</a>',
    "day": '<a href="?tanggal=2025-02-0{n}">Berikutnya</a><a href="#">Next</a><a href="?hal=1&cetak=1">Cetak</a>',
    "site": '<a rel="next" href="http://lain.example.com/html-list/site?hal={n}">Berikutnya</a>',
}
