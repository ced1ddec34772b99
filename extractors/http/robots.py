"""Whether a site allows us an address: its robots.txt, asked once per host and day and kept under the home.

A site that answers without one (4xx) allows everything (RFC 9309 2.3.1.3). One that fails to answer for its robots.txt forbids nothing by
that: we ask for single addresses that a contract names, not for whatever links to whatever, and a site that is down says so at the address
itself; what it said last still holds.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from contracts.errors import RobotsForbidden
from extractors.http.robots_rules import Rules, rules_for
from extractors.http.turns import host_name

LONGEST_DELAY_S = 30.0
"""More pause than this is not kept, so that a forgotten line cannot stop a nightly run."""


class Robots:
    """The robots.txt of every host we ask."""

    def __init__(self, folder: Path, user_agent: str, day: date, ask: Callable[[str], str | None]) -> None:
        """`ask` fetches the text of a robots.txt: '' where there is none, None where the site did not say."""
        self._folder, self._agent, self._day, self._ask = folder, re.split(r"[/\s]", user_agent)[0], day.isoformat(), ask
        self._known: dict[str, Rules] = {}

    def delay_s(self, url: str) -> float:
        """The pause the site asks for between two requests.

        Raises: `RobotsForbidden` when it does not allow the address at all.
        """
        rules = self._rules(url)
        if not rules.allows(url):
            raise RobotsForbidden(url, _robots_url(url))
        return min(rules.crawl_delay_s, LONGEST_DELAY_S)

    def _rules(self, url: str) -> Rules:
        robots_url = _robots_url(url)
        if robots_url not in self._known:
            self._known[robots_url] = rules_for(self._text(url), self._agent)
        return self._known[robots_url]

    def _text(self, url: str) -> str:
        path = self._folder / f"{urlsplit(url).scheme}_{host_name(url)}.robots.json"
        kept = _kept(path)
        if kept.get("day") == self._day:
            return kept["text"]
        text = self._ask(_robots_url(url))
        if text is None:
            return kept.get("text", "")
        _keep(path, {"day": self._day, "text": text})
        return text


def _robots_url(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def _kept(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _keep(path: Path, record: dict[str, str]) -> None:
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps(record))
    partial.replace(path)
