"""The hostile site's way with single files: how it refuses, lies, stalls, redirects and breaks off, and what it does right."""

from __future__ import annotations

import gzip
import time
import zlib
from email.utils import formatdate

from tests.servers.hostile import CSV, MEBIBYTE, PAGE, TABLE, Handler, route


@route
def status(handler: Handler) -> None:
    """/status/503: that status, always."""
    handler.say(PAGE, int(handler.rest))


@route
def flaky(handler: Handler) -> None:
    """/flaky/500/2: that status twice, then the data."""
    code, times = map(int, handler.rest.split("/"))
    is_bad = handler.site.asked[handler.seen.path] <= times
    handler.say(PAGE, code) if is_bad else handler.say(handler.site.content)


@route
def busy(handler: Handler) -> None:
    """/busy/2 or /busy/date/2: 429 with Retry-After in seconds or as a date, then the data."""
    seconds = int(handler.rest.rpartition("/")[2])
    after = formatdate(time.time() + seconds, usegmt=True) if handler.rest.startswith("date") else str(seconds)
    is_first = handler.site.asked[handler.seen.path] == 1
    handler.say(b"", 429, Retry_After=after) if is_first else handler.say(handler.site.content)


@route
def silent(handler: Handler) -> None:
    """Takes the request and never answers."""
    handler.site.closing.wait(60)


@route
def drip(handler: Handler) -> None:
    """The data, five bytes a second, with no length."""
    handler.close_connection = True
    handler.head()
    while not handler.site.closing.wait(0.2):
        handler.wfile.write(b"x")
        handler.wfile.flush()


@route
def drip_headers(handler: Handler) -> None:
    """Headers that never end, a byte at a time (slow loris)."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Lambat: ")
    while not handler.site.closing.wait(0.2):
        handler.wfile.write(b"x")
        handler.wfile.flush()


@route
def loop(handler: Handler) -> None:
    """Redirects to itself under ever new addresses."""
    handler.head(302, Location=f"/loop/{int(handler.rest or 0) + 1}", Content_Length="0")


@route
def to(handler: Handler) -> None:
    """/to/302?url=...: redirects there."""
    handler.head(int(handler.rest or 302), Location=handler.seen.query["url"], Content_Length="0")


@route
def flood(handler: Handler) -> None:
    """/flood/1000: redirects to the data, with that many MiB in the body of the redirect."""
    handler.close_connection = True
    handler.head(302, Location="/data.csv")
    _pour(handler, bytes(MEBIBYTE), int(handler.rest))


@route
def error_page(handler: Handler) -> None:
    """A page of apology with status 200."""
    handler.say(PAGE, Content_Type="text/csv")


@route
def table(handler: Handler) -> None:
    """A page with a real table, also as /table/data.xls."""
    handler.say(TABLE, Content_Type="application/vnd.ms-excel")


@route
def truncated(handler: Handler) -> None:
    """Announces more than it sends."""
    handler.head(Content_Length=str(len(CSV) + 1000))
    handler.wfile.write(CSV)
    handler.hang_up()


@route
def chunked_cut(handler: Handler) -> None:
    """A chunked answer without its last chunk."""
    handler.head(Transfer_Encoding="chunked")
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(CSV), CSV))
    handler.hang_up()


@route
def gzip_cut(handler: Handler) -> None:
    """A compressed answer cut in the middle, of exactly the length it announces."""
    packed = gzip.compress(CSV * 1000)
    handler.say(packed[: len(packed) // 2], Content_Encoding="gzip")


@route
def packed(handler: Handler) -> None:
    """/packed/gzip|deflate|bare|members|lie: the content, compressed in each of the ways in use."""
    content, bare = handler.site.content, zlib.compressobj(wbits=-15)
    ways = {
        "gzip": ("gzip", gzip.compress(content)),
        "deflate": ("deflate", zlib.compress(content)),
        "bare": ("deflate", bare.compress(content) + bare.flush()),
        "members": ("gzip", gzip.compress(content[:10]) + gzip.compress(content[10:])),
        "lie": ("gzip", content),
        "br": ("br", content),
    }
    encoding, body = ways[handler.rest]
    handler.say(body, Content_Encoding=encoding)


@route
def gzip_bomb(handler: Handler) -> None:
    """/gzip-bomb/1000: that many MiB of NUL in about a thousandth of the bytes, made on the fly."""
    handler.close_connection = True
    handler.head(Content_Encoding="gzip")
    packer, nothing = zlib.compressobj(9, zlib.DEFLATED, 31), bytes(MEBIBYTE)
    for _ in range(int(handler.rest)):
        handler.wfile.write(packer.compress(nothing))
    handler.wfile.write(packer.flush())


@route
def nothing(handler: Handler) -> None:
    """/nothing/1000: that many MiB of NUL, made on the fly; /nothing/1000/declared announces them."""
    count, _, is_declared = handler.rest.partition("/")
    handler.close_connection = True
    handler.head(**({"Content_Length": str(int(count) * MEBIBYTE)} if is_declared else {}))
    _pour(handler, bytes(MEBIBYTE), int(count))


@route
def rows(handler: Handler) -> None:
    """/rows/100: a CSV of about that many MiB."""
    line = b"61.05.01.2001;2025-01-31;penduduk;laki-laki;1.234,56;jiwa;Dinas Kependudukan;catatan\n"
    block = line * (MEBIBYTE // len(line))
    handler.head(Content_Length=str(len(block) * int(handler.rest)))
    _pour(handler, block, int(handler.rest))


def _pour(handler: Handler, block: bytes, times: int) -> None:
    for _ in range(times):
        handler.wfile.write(block)


@route
def huge_header(handler: Handler) -> None:
    """One header line of 100 kB."""
    handler.say(CSV, X_Besar="x" * 100_000)


@route
def many_headers(handler: Handler) -> None:
    """A thousand headers."""
    handler.say(CSV, **{f"X_{number}": "x" for number in range(1000)})


@route
def no_http(handler: Handler) -> None:
    """Bytes that are no HTTP at all."""
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n" * 3)
    handler.hang_up()


@route
def reset(handler: Handler) -> None:
    """Hangs up on every request."""
    handler.hang_up()


@route
def tagged(handler: Handler) -> None:
    """The content with ETag and Last-Modified, 304 to whoever has it (each can be switched off)."""
    site = handler.site
    fresh = [site.etag and handler.seen.headers.get("if-none-match") == site.etag]
    fresh.append(site.last_modified and handler.seen.headers.get("if-modified-since") == site.last_modified)
    marks = {"ETag": site.etag, "Last-Modified": site.last_modified}
    headers = {name: value for name, value in marks.items() if value}
    handler.head(304, **headers) if any(fresh) else handler.say(site.content, **headers)


@route
def named(handler: Handler) -> None:
    """/named?as=...: the content with that Content-Disposition."""
    handler.say(handler.site.content, Content_Disposition=handler.seen.query["as"])


@route
def cookie(handler: Handler) -> None:
    """Redirects to itself until the cookie it set comes back."""
    if "masuk=ya" in handler.seen.headers.get("cookie", ""):
        handler.say(handler.site.content)
    else:
        handler.head(302, Location="/cookie", Set_Cookie="masuk=ya", Content_Length="0")


@route
def lengths(handler: Handler) -> None:
    """/lengths/-5: the data under that Content-Length, `,` for two of them; the connection stays open."""
    handler.send_response(200)
    for length in handler.rest.split(","):
        handler.send_header("Content-Length", length)
    handler.end_headers()
    handler.wfile.write(CSV)
    handler.wfile.flush()
    handler.site.closing.wait(60)
