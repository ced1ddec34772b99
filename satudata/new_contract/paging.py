"""What an answer of an API says of its own size and of its other pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

TOTALS = re.compile(r"(?:records)?total(?:[_-]?(?:count|data|records|items|rows|results))?|count|num_?found")
LASTS = ("last_page", "lastpage", "total_pages", "totalpages", "page_count", "pagecount", "pages")
NEXTS = ("next_page_url", "next", "next_url", "nextlink", "next_link")
CURSORS = ("next_cursor", "cursor", "next_page_token")
SIZES = ("per_page", "perpage", "page_size", "pagesize", "limit")
CURRENT = ("current_page", "currentpage", "page")
OFFSETS = ("offset", "skip", "start")


def pages_of(document: object, steps: Sequence[str], url: str, count: int) -> dict[str, object] | None:
    """The ``pages:`` of an answer whose records lie at these steps; None where it is the only page and says nothing of a total."""
    facts = _facts(document, [step for step in steps if step != "*" and "{" not in step])
    asked = {name.lower(): name for name in parse_qs(urlsplit(url).query)}
    total = _named(facts, TOTALS, int)
    found: dict[str, object] = {}
    if offset := next((asked[name] for name in OFFSETS if name in asked), None):
        found = {"by": "offset", "param": offset}
    elif any("._links." in path for path in facts):  # CKAN gives a link to a next page behind the last one too
        found = {"by": "offset", "param": "offset"}
    elif _first(facts, LASTS, int) or _first(facts, CURRENT, int) or "page" in asked:
        found = {"by": "page", "param": asked.get("page", "page"), "last": _first(facts, LASTS, int)}
    elif cursor := _first(facts, CURSORS, str):
        found = {"by": "cursor", "param": cursor.rpartition(".")[2].removeprefix("next_"), "next": cursor}
    elif link := _first(facts, NEXTS, str):
        found = {"by": "next", "next": link}
    elif total and int(str(facts[total])) > count and (size := _first(facts, OFFSETS, int)):
        found = {"by": "offset", "param": size.rpartition(".")[2]}
    if not found and (not total or int(str(facts[total])) < count):
        return None
    return {key: value for key, value in {**(found or {"by": "page", "param": "page"}), "total": total}.items() if value is not None}


def _facts(document: object, names: Sequence[str]) -> dict[str, object]:
    """Single values beside the records, at any level on the way to them, and one level beside that (``meta.total``), by path."""
    facts: dict[str, object] = {}
    value, path = document, ""
    for name in (*names, None):
        if not isinstance(value, Mapping):
            break
        facts |= _singles(value, path)
        for key, inner in value.items():
            if isinstance(inner, Mapping) and key != name:
                facts |= _singles(inner, f"{path}{key}.")
        value, path = value.get(name) if name else None, f"{path}{name}."
    return facts


def singles_beside(document: object, steps: Sequence[str]) -> dict[str, str]:
    """Texts beside the records, by path."""
    names = [step for step in steps if step != "*" and "{" not in step]
    return {path: str(value) for path, value in _facts(document, names).items()} if names or steps[0] != "*" else {}


def _singles(value: Mapping[str, object], path: str) -> dict[str, object]:
    return {f"{path}{key}": each for key, each in value.items() if not isinstance(each, dict | list | bool) and each is not None}


def _first(facts: Mapping[str, object], names: Sequence[str], kind: type) -> str | None:
    """The path of the first fact of one of these names; numbers where a number is due, links and marks otherwise."""
    return next((path for name in names if (path := _named(facts, re.compile(re.escape(name)), kind))), None)


def _named(facts: Mapping[str, object], name: re.Pattern[str], kind: type) -> str | None:
    for path, value in facts.items():
        if name.fullmatch(path.rpartition(".")[2].lower()) and (str(value).isdecimal() if kind is int else bool(str(value))):
            return path
    return None
