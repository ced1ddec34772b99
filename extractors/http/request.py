"""What is asked of a site, and what came back.

A request never holds a secret: credentials are an id, and their values are added to the wire alone. So its address can be shown and stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import urlencode

import requests
from requests.auth import AuthBase

from contracts.errors import UnsafeUrl

T = TypeVar("T")
Body = Mapping[str, str] | str | None


@dataclass(frozen=True)
class Request:
    """One request as a contract words it."""

    url: str
    method: str = "GET"
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body = None
    """Fields of a form, or of a JSON object where `headers` say ``Content-Type: application/json``; a text is sent as it is."""
    credentials: str | None = None
    """Id of the credentials; with them the site's owner has agreed, and robots.txt, which speaks to strangers, is not asked."""
    asks_robots: bool = True
    etag: str | None = None
    last_modified: str | None = None
    """What the last answer said of itself: the request becomes conditional."""

    @property
    def address(self) -> str:
        """The url with its parameters, by which a fetch is known from run to run; a body is told apart behind ``#``, which is never sent.

        Raises: `UnsafeUrl`.
        """
        try:
            url = requests.Request("GET", self.url, params=dict(self.params)).prepare().url or self.url
        except (requests.RequestException, ValueError):
            raise UnsafeUrl(self.url, "bukan alamat yang sah") from None
        return url if self.body is None else f"{url}#{_body_name(self.body)}"

    def signed(self, signer: AuthBase) -> requests.Request:
        """The request as `requests` takes it; `signer` adds the credentials when it is prepared."""
        headers = {**self.headers, **self._conditions()}
        return requests.Request(self.method, self.url, params=dict(self.params), headers=headers, data=self._payload(), auth=signer)

    def _payload(self) -> dict[str, str] | bytes | None:
        if not isinstance(self.body, Mapping):
            return self.body.encode() if self.body is not None else None
        is_json = any(name.lower() == "content-type" and "json" in value.lower() for name, value in self.headers.items())
        return json.dumps(dict(self.body)).encode() if is_json else dict(self.body)

    def _conditions(self) -> dict[str, str]:
        if self.method != "GET":
            return {}
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


def _body_name(body: Mapping[str, str] | str) -> str:
    return urlencode(body) if isinstance(body, Mapping) else hashlib.sha256(body.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What came back; `value` is what the sink made of the bytes, None for 304."""

    status: int
    value: T | None
    disposition: str | None
    """Content-Disposition, as sent."""
    etag: str | None
    last_modified: str | None
    link: str | None = None
    """Link, as sent (RFC 8288)."""
