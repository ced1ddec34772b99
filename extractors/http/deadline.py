"""The end of an exchange, whatever the server does.

A read timeout starts anew with every byte, so a server that drips one byte a second would hold us for ever, even inside its headers. A
watch outside the exchange shuts the connection down when its time is over; every blocked read then returns at once.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import ProxyManager

from contracts.errors import UnsafeUrl
from extractors.http.link_local import REASON, is_link_local

_CURRENT: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


class Deadline:
    """The watch over one exchange."""

    def __init__(self, seconds: float, *, of_source: bool = False) -> None:
        """`of_source`: the time is what is left of all that a source may take."""
        self.of_source = of_source
        self.expired = False
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        """End this connection too, through a handle of our own: TLS takes the original one over."""
        with self._lock:
            self._watched.append(socket.fromfd(connection.fileno(), connection.family, connection.type))
            if self.expired:
                _shut_down(self._watched[-1])

    def stop(self) -> None:
        """The exchange is over; the connection itself may live on."""
        self._timer.cancel()
        with self._lock:
            while self._watched:
                self._watched.pop().close()

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            for connection in self._watched:
                _shut_down(connection)


def _shut_down(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was faster


class Budget:
    """The time that exchanges may take together; waiting for a turn does not count."""

    def __init__(self, seconds: float, within: Budget | None = None) -> None:
        """`within`: what the budget is part of, and takes its time from."""
        self._left_s, self._within = seconds, within

    @property
    def left_s(self) -> float:
        return self._left_s if self._within is None else min(self._left_s, self._within.left_s)

    @contextmanager
    def exchange(self) -> Iterator[Deadline]:
        """Run one exchange under the time that is left."""
        of_source = self._within is not None and self._within.left_s <= self._left_s
        deadline, started = Deadline(max(self.left_s, 0.001), of_source=of_source), time.monotonic()
        token = _CURRENT.set(deadline)
        try:
            yield deadline
        finally:
            _CURRENT.reset(token)
            deadline.stop()
            self._spend(time.monotonic() - started)

    def _spend(self, seconds: float) -> None:
        self._left_s -= seconds
        if self._within is not None:
            self._within._spend(seconds)


def _watched(connection: socket.socket | None) -> None:
    deadline = _CURRENT.get()
    if deadline and connection is not None:
        deadline.watch(connection)


def _begun(made: socket.socket, host: str) -> socket.socket:
    """A new connection under watch; one that a name led to a link-local address ends before anything is asked. Raises: `UnsafeUrl`."""
    if is_link_local(made.getpeername()[0]):
        made.close()
        raise UnsafeUrl(host, REASON)
    _watched(made)
    return made


class _Plain(HTTPConnection):
    """A connection that is watched from its first moment (before TLS), and again in each exchange it serves."""

    def _new_conn(self) -> socket.socket:
        return _begun(super()._new_conn(), self.host)

    def request(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - handed on unseen
        _watched(self.sock)
        super().request(*given, **named)


class _Tls(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _begun(super()._new_conn(), self.host)

    def request(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - handed on unseen
        _watched(self.sock)
        super().request(*given, **named)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _Tls


class WatchedAdapter(HTTPAdapter):
    """requests' own adapter over watched connections."""

    def init_poolmanager(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - handed on unseen
        super().init_poolmanager(*given, **named)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}

    def proxy_manager_for(self, proxy: str, **named: Any) -> ProxyManager:  # noqa: ANN401 - handed on unseen
        manager: ProxyManager = super().proxy_manager_for(proxy, **named)
        manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
        return manager
