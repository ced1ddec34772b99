"""A small, well-behaved agency site for tests: paths to bytes, with or without ETag, and a log of what was asked."""

from __future__ import annotations

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FileSite:
    """Serves `files` (path -> bytes) on loopback until closed; change the dict and the site has changed."""

    def __init__(self, files: dict[str, bytes], *, tagged: bool = True) -> None:
        self.files, self.tagged, self.asked = files, tagged, []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                site.asked.append(path)
                body = site.files.get(path)
                etag = f'"{hashlib.sha256(body or b"").hexdigest()[:16]}"'
                if body is None:
                    self._answer(404, b"tidak ada", None)
                elif site.tagged and self.headers.get("If-None-Match") == etag:
                    self._answer(304, b"", etag)
                else:
                    self._answer(200, body, etag if site.tagged else None)

            def _answer(self, status: int, body: bytes, etag: str | None) -> None:
                self.send_response(status)
                if etag:
                    self.send_header("ETag", etag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
