"""A loopback site that does everything a real one does wrong, for tests of what we do then.

`with hostile() as site:` serves on 127.0.0.1 until the block ends. `site.url("/loop")` is an address, `site.seen` what was asked of it,
and the attributes of `Site` change what it says. Each route is a function of the `hostile_*` modules that says what it does.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MEBIBYTE = 1024 * 1024
CSV = b"kode;nilai\n61.05;12\n61.12;7\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
PAGE = b"<!DOCTYPE html><html><head><title>Situs sedang dalam perbaikan</title></head><body><h1>Mohon maaf</h1></body></html>"
TABLE = b"<html><body><table><tr><th>kode</th><th>nilai</th></tr><tr><td>61.05</td><td>12</td></tr></table></body></html>"


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Site:
    """What the site says, and what it was asked."""

    address: str = ""
    content: bytes = CSV
    etag: str | None = '"v1"'
    last_modified: str | None = "Wed, 01 Jan 2025 00:00:00 GMT"
    robots: tuple[int, bytes] = (404, b"")
    files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path, under any name that leads here (127.0.0.1, localhost)."""
        return self.address.replace("127.0.0.1", host) + path

    def paths(self) -> list[str]:
        """What was asked, in order, robots.txt aside."""
        return [one.path for one in self.seen if one.path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    """Answers by the first part of the path."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen = Seen(self.command, parts.path, query, {k.lower(): v for k, v in self.headers.items()}, body, time.monotonic())
        self.site.seen.append(self.seen)
        self.site.asked[parts.path] += 1
        name, _, self.rest = parts.path[1:].partition("/")
        with suppress(BrokenPipeError, ConnectionResetError):
            ROUTES.get(name, missing)(self)

    do_POST = do_GET

    def say(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole, honest answer."""
        self.head(status, **{"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def say_json(self, value: object, **headers: str) -> None:
        """A whole answer in JSON."""
        self.say(json.dumps(value).encode(), **{"Content-Type": "application/json", **headers})

    def head(self, status: int = 200, **headers: str) -> None:
        """Status and headers; `_` in a name is `-`."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def hang_up(self) -> None:
        """Close without another word."""
        self.close_connection = True
        self.wfile.flush()
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


Route = Callable[[Handler], None]
ROUTES: dict[str, Route] = {}


def route(function: Route) -> Route:
    """Serve /<name of the function, _ as ->/..."""
    ROUTES[function.__name__.replace("_", "-")] = function
    return function


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Visitors that hang up are what these tests are about."""


@contextmanager
def hostile(**says: object) -> Iterator[Site]:
    """A running site; `says` are attributes of `Site`."""
    from tests.servers import hostile_files, hostile_offices, hostile_pages, hostile_portals  # noqa: F401 - their routes

    site = Site(**says)  # type: ignore[arg-type]
    server = _Server(("127.0.0.1", 0), type("BoundHandler", (Handler,), {"site": site}))
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()


def dead_host() -> str:
    """An address of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/data.csv"


def missing(handler: Handler) -> None:
    """404 as a page; /robots.txt as the site says."""
    if handler.seen.path == "/robots.txt":
        handler.say(handler.site.robots[1], handler.site.robots[0], Content_Type="text/plain")
    elif handler.seen.path.endswith((".csv", ".xls", ".xlsx", ".json")):
        handler.say(handler.site.content)
    else:
        handler.say(b"<html><h1>404</h1></html>", 404)
