"""What a site of the sample city is asked and answers."""

from __future__ import annotations

import json
from dataclasses import dataclass

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Request:
    """One GET; `day` is the city's calendar."""

    path: str
    query: dict[str, str]
    day: int
    host: str

    def number(self, name: str, default: int) -> int:
        """A query parameter as a number."""
        return int(self.query.get(name, default))


@dataclass(frozen=True)
class Reply:
    """Status, type and bytes; `tagged` replies carry an ETag and answer 304."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    tagged: bool = False


def json_reply(content: object, *, tagged: bool = False) -> Reply:
    """JSON as an API writes it."""
    return Reply(json.dumps(content, ensure_ascii=False).encode(), "application/json", tagged=tagged)
