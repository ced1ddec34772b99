"""What a robots.txt says to us (RFC 9309): the group of our name, else that of everybody; the longest matching rule decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

MAX_BYTES = 500 * 1024
"""RFC 9309 2.5 asks for at least this much; the rest of a longer file is not read."""


@dataclass(frozen=True)
class Rules:
    """The rules for one user agent: (path pattern, allowed), and the pause asked for."""

    paths: tuple[tuple[str, bool], ...] = ()
    crawl_delay_s: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether the path and query of `url` may be fetched; of two rules of equal length the allowing one counts."""
        parts = urlsplit(url)
        path = _canonical(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        matching = [(len(pattern), allowed) for pattern, allowed in self.paths if _matches(pattern, path)]
        return max(matching, default=(0, True))[1]


def rules_for(text: str, agent: str) -> Rules:
    """The rules of `text` for the product token `agent`; no rules where no group speaks to it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    in_rules = False
    for key, value in _lines(text):
        if key == "user-agent":
            names, in_rules = ([] if in_rules else names) + [value.lower()], False
            groups.setdefault(value.lower(), [])
        else:
            in_rules = True
            for name in names:
                groups[name].append((key, value))
    return _rules(groups.get(agent.lower(), groups.get("*", [])))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff")):
        key, colon, value = line.split("#", 1)[0].partition(":")
        if colon and key.strip().lower() in ("user-agent", "allow", "disallow", "crawl-delay"):
            yield key.strip().lower(), value.strip()


def _rules(lines: list[tuple[str, str]]) -> Rules:
    paths = tuple((_canonical(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    delays = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value)]
    return Rules(paths, max(delays, default=0.0))


def _canonical(path: str) -> str:
    """One spelling of a path: what is escaped needlessly, or not escaped though it should be, compares equal."""
    return quote(unquote(path), safe="/*$?&=;:@!,+'()~-._%")


def _matches(pattern: str, path: str) -> bool:
    """`*` is any run of characters, `$` at the end is the end of the path."""
    body, is_end = (pattern[:-1], "$") if pattern.endswith("$") else (pattern, "")
    return re.match(".*".join(map(re.escape, body.split("*"))) + is_end, path) is not None
