"""The web server of the sample city: one process, one address, five pemda.

`python -m samples.city --state DIR` serves until it is stopped. It writes its address to DIR/address and reads the day of the city's calendar
from DIR/day at every request, so whoever plays the calendar only writes that file (`set_day`). The inbox of the kelurahan lies in DIR/inbox.
"""

from __future__ import annotations

import argparse
import hashlib
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from samples.inbox import deliver
from samples.replies import Reply, Request
from samples.sites import route

DAYS = {1: "2026-06-01", 2: "2026-06-02"}
"""Day of the city -> the date on which it is played."""


def set_day(state: Path, day: int) -> None:
    """Turn the city's calendar: the next request, and the inbox, show this day."""
    deliver(state / "inbox", day)
    partial_file = state / "day.tmp"
    partial_file.write_text(str(day))
    partial_file.replace(state / "day")


def current_day(state: Path) -> int:
    """The day the city shows; 1 before anybody turned the calendar."""
    try:
        return int((state / "day").read_text())
    except FileNotFoundError:
        return 1


class Handler(BaseHTTPRequestHandler):
    """Answers one request from the routes of `samples.sites`."""

    protocol_version = "HTTP/1.1"
    server_version = "KotaContoh/1"

    def __init__(self, *args: object, state: Path) -> None:
        self.state = state
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        host = f"http://{self.headers.get('Host', '127.0.0.1')}"
        self._send(route(Request(parts.path, query, current_day(self.state), host)))

    def _send(self, reply: Reply) -> None:
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:24]}"' if reply.tagged else None
        fresh = etag is None or self.headers.get("If-None-Match") != etag
        self.send_response(reply.status if fresh else 304)
        if etag:
            self.send_header("ETag", etag)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body) if fresh else 0))
        self.end_headers()
        if fresh:
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: what was asked stands in `ops.fetch`."""


def serve(state: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server bound to 127.0.0.1, its address written to state/address; the caller runs `serve_forever`."""
    state.mkdir(parents=True, exist_ok=True)
    set_day(state, current_day(state))
    server = _bound(port or _last_port(state), state)
    server.daemon_threads = True
    (state / "address").write_text(f"http://127.0.0.1:{server.server_port}")
    return server


def _bound(port: int, state: Path) -> ThreadingHTTPServer:
    """A server on this port, or on any free one where somebody else has taken it."""
    handler = partial(Handler, state=state)
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


def _last_port(state: Path) -> int:
    """The port of the city's last start: an address that stays is what makes an unchanged source unchanged."""
    try:
        return urlsplit((state / "address").read_text()).port or 0
    except FileNotFoundError:
        return 0


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="Kota contoh: situs OPD dari lima pemda, untuk demo dan uji.")
    parser.add_argument("--state", type=Path, required=True, help="folder keadaan kota: address, day, inbox/")
    parser.add_argument("--port", type=int, default=0, help="0 = port bebas mana pun")
    options = parser.parse_args()
    serve(options.state, options.port).serve_forever()


if __name__ == "__main__":
    main()
