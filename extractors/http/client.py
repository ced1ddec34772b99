"""The client: one request of a contract, with everything a polite and careful visitor does around it.

The sink runs inside the exchange, so that bytes go straight where they belong and an answer that breaks off is asked for again as a whole.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from types import TracebackType
from typing import TypeVar

import requests
from requests.cookies import extract_cookies_to_jar

from contracts.errors import FetchTimeout, FetchTooLong, HttpStatusError, SatudataError, TooManyRedirects, TruncatedDownload
from contracts.settings import settings
from extractors.credentials import ANONYMOUS, Credential, credential
from extractors.http.body import body_chunks
from extractors.http.deadline import Budget, Deadline, WatchedAdapter
from extractors.http.redirects import MAX_REDIRECTS, parts_of, redirected
from extractors.http.request import Answer, Request
from extractors.http.retry import Again, is_passing, retry_after_s, wait_before
from extractors.http.robots import Robots
from extractors.http.robots_rules import MAX_BYTES as MAX_ROBOTS_BYTES
from extractors.http.transport_errors import LIBRARY_ERRORS, transport_error
from extractors.http.turns import Turns

T = TypeVar("T")
Sink = Callable[[Iterator[bytes]], T]
CONNECT_TIMEOUT_S = 10.0
_WITH_BYTES = (200, 203, 204)
# urllib3 writes every address with its keys to the debug log.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class Client:
    """One visitor, with its cookies and connections; made for one fetch and closed after it (a context manager)."""

    def __init__(self, day: date) -> None:
        """`day`: of the run; a site's robots.txt is asked once for it."""
        self._settings = settings()
        self._session = requests.Session()
        self._session.headers.clear()
        self._session.headers.update({"User-Agent": self._settings.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"})
        self._whole = Budget(self._settings.fetch_timeout_s)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WatchedAdapter())
        hosts = self._settings.home / "hosts"
        self._turns = Turns(hosts)
        self._robots = Robots(hosts, self._settings.user_agent, day, self._robots_text)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._session.close()

    def download(self, request: Request, sink: Sink[T]) -> Answer[T]:
        """Ask, follow redirects, ask again where that can help; `sink` takes the decoded bytes of the answer (anew in each attempt).

        Raises the `FetchError` family: HostUnreachable, HttpStatusError, FetchTimeout, FetchTooLong, TooManyRedirects, TooLarge,
        TruncatedDownload, WrongLength, CredentialsMissing, CredentialsExposed, RobotsForbidden, UnsafeUrl; and whatever `sink` raises.
        """
        parts_of(request.url)
        signer = credential(request.credentials, request.url) if request.credentials else ANONYMOUS
        budget, attempt = Budget(self._settings.total_timeout_s, self._whole), 1
        if self._whole.left_s <= 0:
            raise self._too_long(request, of_source=True)
        while True:
            try:
                return self._attempt(request, signer, sink, budget)
            except Again as failure:
                attempt += 1
                wait_s = wait_before(attempt, failure.wait_s)
                if wait_s is None or budget.left_s <= 0:
                    raise failure.error from None
                self._turns.hold(request.url, wait_s)

    def _attempt(self, request: Request, signer: Credential, sink: Sink[T], budget: Budget) -> Answer[T]:
        hop = request
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._exchange(request, hop, signer if hop.credentials else ANONYMOUS, sink, budget)
            if isinstance(answer, Answer):
                return answer
            hop = answer
        raise TooManyRedirects(request.address, MAX_REDIRECTS)

    def _exchange(self, request: Request, hop: Request, signer: Credential, sink: Sink[T], budget: Budget) -> Answer[T] | Request:
        """One request and its answer, or the request it is redirected to."""
        with self._turns.turn(hop.url, self._delay_s(hop)), budget.exchange() as deadline:
            try:
                response = self._send(hop, signer)
            except LIBRARY_ERRORS as error:
                raise self._failure(error, request, deadline) from None
            with closing(response):
                if response.is_redirect:
                    return redirected(hop, response.status_code, response.headers["Location"])
                chunks = body_chunks(response, request.address, self._settings.max_bytes)
                return _answered(request, response, sink, self._guarded(chunks, request, deadline))

    def _delay_s(self, hop: Request) -> float:
        asked_s = self._robots.delay_s(hop.url) if hop.asks_robots and not hop.credentials else 0.0
        return max(self._settings.host_delay_s, asked_s)

    def _send(self, hop: Request, signer: Credential) -> requests.Response:
        """Over the adapter: the session's own `send` reads the whole body of a redirect, whatever its size."""
        prepared = self._session.prepare_request(hop.signed(signer))
        around = self._session.merge_environment_settings(prepared.url, {}, True, True, None)
        silence_s = self._settings.timeout_s
        timeout = (min(CONNECT_TIMEOUT_S, silence_s), silence_s)
        adapter = self._session.get_adapter(prepared.url or "")
        proven_by = around["verify"] or True
        response = adapter.send(prepared, stream=True, timeout=timeout, verify=proven_by, cert=around["cert"], proxies=around["proxies"])
        extract_cookies_to_jar(self._session.cookies, prepared, response.raw)  # type: ignore[no-untyped-call]
        return response

    def _guarded(self, chunks: Iterator[bytes], request: Request, deadline: Deadline) -> Iterator[bytes]:
        """The bytes, with the transport's errors told apart from the sink's own; an end that we forced is none."""
        try:
            yield from chunks
        except TruncatedDownload as error:
            raise Again(error) from None
        except LIBRARY_ERRORS as error:
            failure = self._failure(error, request, deadline)
            if isinstance(failure, Again) and isinstance(failure.error, FetchTimeout):
                raise failure.error from None  # it has cost one whole silence: the next run asks again
            raise failure from None
        if deadline.expired:
            raise self._too_long(request, of_source=deadline.of_source)

    def _failure(self, error: Exception, request: Request, deadline: Deadline) -> SatudataError | Again:
        if deadline.expired:
            return self._too_long(request, of_source=deadline.of_source)
        return transport_error(error, request.address, self._settings.timeout_s)

    def _too_long(self, request: Request, *, of_source: bool) -> SatudataError:
        """What a deadline ended: one download, or all that a source may take."""
        if of_source:
            return FetchTooLong(request.address, self._settings.fetch_timeout_s)
        return FetchTimeout(request.address, self._settings.total_timeout_s)

    def _robots_text(self, url: str) -> str | None:
        """The text of a robots.txt, '' where the site has none, None where it did not say; asked once, and briefly."""
        try:
            answer = self._attempt(Request(url, asks_robots=False), ANONYMOUS, _robots_bytes, Budget(self._settings.timeout_s))
        except HttpStatusError:
            return ""
        except (Again, SatudataError):
            return None
        return (answer.value or b"").decode("utf-8", errors="replace")


def _robots_bytes(chunks: Iterator[bytes]) -> bytes:
    return next(chunks, b"")[:MAX_ROBOTS_BYTES]


def _answered(request: Request, response: requests.Response, sink: Sink[T], chunks: Iterator[bytes]) -> Answer[T]:
    """What the status means: bytes, nothing new, or a failure (which may pass)."""
    status, headers = response.status_code, response.headers
    is_unchanged = status == 304 and bool(request.etag or request.last_modified)
    if not is_unchanged and status not in _WITH_BYTES:
        failure = HttpStatusError(request.address, status)
        raise Again(failure, retry_after_s(headers.get("Retry-After"))) if is_passing(status) else failure
    value = None if is_unchanged else sink(chunks)
    return Answer(status, value, headers.get("Content-Disposition"), headers.get("ETag"), headers.get("Last-Modified"), headers.get("Link"))
