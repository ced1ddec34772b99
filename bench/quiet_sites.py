"""The sites of many agencies that have nothing new: one loopback address each, half of them without ETag."""

from __future__ import annotations

import hashlib
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class QuietSites:
    """Serves one small CSV per source until closed; ``asked`` holds the address of every request for one."""

    def __init__(self, hosts: int, sources: int) -> None:
        self.asked: list[str] = []
        self._servers = [self._served(f"127.0.1.{number + 1}", tagged=number % 2 == 0) for number in range(hosts)]
        bound = [f"http://{server.server_address[0]!s}:{server.server_port}" for server in self._servers]
        self.urls = [f"{bound[number % hosts]}/angka_{number}.csv" for number in range(sources)]

    def close(self) -> None:
        """Stop serving."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def _served(self, address: str, tagged: bool) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer((address, 0), partial(Handler, sites=self, tagged=tagged))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server


class Handler(BaseHTTPRequestHandler):
    """Answers with the same figures every day."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, sites: QuietSites, tagged: bool) -> None:
        self.sites, self.tagged = sites, tagged
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if not self.path.endswith(".csv"):
            return self._answer(404, b"", None)
        self.sites.asked.append(f"{self.headers.get('Host')}{self.path}")
        body = "\n".join(["kode;nilai", *(f"{self.path[1:-4]}.{row};{row * 1000}" for row in range(20))]).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if self.tagged else None
        if etag and self.headers.get("If-None-Match") == etag:
            return self._answer(304, b"", etag)
        return self._answer(200, body, etag)

    def _answer(self, status: int, body: bytes, etag: str | None) -> None:
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""
