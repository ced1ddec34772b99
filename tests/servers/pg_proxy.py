"""A proxy before PostgreSQL that can stop the world at the n-th statement: the only honest way to kill a load between any two of them.

It relays bytes and counts the client's Query and Execute messages over all connections; at number `stop_at` it calls `on_stop` before the
statement has reached the server, and relays nothing more.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

STATEMENTS = (b"Q", b"E")


class PgProxy:
    """Relay to the server of `url`; `self.url` is the same address through the proxy."""

    def __init__(self, url: str, stop_at: int | None = None, on_stop: Callable[[], None] = lambda: None) -> None:
        parts = urlsplit(url)
        self.target = (parts.hostname or "127.0.0.1", parts.port or 5432)
        self.stop_at, self.on_stop, self.seen, self.stopped = stop_at, on_stop, 0, False
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        user = parts.netloc.rpartition("@")[0]
        self.url = urlunsplit(
            parts._replace(netloc=f"{user}@127.0.0.1:{self.listener.getsockname()[1]}", query="sslmode=disable&gssencmode=disable")
        )
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self._relay(self.listener.accept()[0])

    def _relay(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(self.target)
        except OSError:  # the server is gone: so is whoever asks for it
            _close(client)
            return
        threading.Thread(target=self._to_server, args=(client, server), daemon=True).start()
        threading.Thread(target=self._to_client, args=(server, client), daemon=True).start()

    def _to_client(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        _close(client, server)

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            stream = client.makefile("rb")
            server.sendall(self._startup(stream))
            while head := stream.read(5):
                body = stream.read(int.from_bytes(head[1:5], "big") - 4)
                if head[:1] in STATEMENTS and self._is_the_end():
                    break
                server.sendall(head + body)
        _close(client, server)

    @staticmethod
    def _startup(stream) -> bytes:
        length = stream.read(4)
        return length + stream.read(int.from_bytes(length, "big") - 4)

    def _is_the_end(self) -> bool:
        with self.lock:
            self.seen += 1
            if self.stop_at is None or self.seen < self.stop_at:
                return self.stopped
            if not self.stopped:
                self.stopped = True
                self.on_stop()
            return True

    def close(self) -> None:
        """Accept no more connections."""
        self.listener.close()


def _close(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
