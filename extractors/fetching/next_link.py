"""Where a page with a table says that its next page is.

A page links to much: the next article, the next day, the next picture. So a link counts only where it leads to the same page under another
number: to the same path with another page or offset in its query, or to a second page of this path. What the link says of itself
(``rel="next"``, or a text such as Berikutnya) only picks it out.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

from bs4 import BeautifulSoup, SoupStrainer, Tag

from contracts.text import squeezed

_WORDS = re.compile(r"\W*(halaman |page )?(berikut(nya)?|selanjutnya|lanjut|next)( halaman| page)?\W*|»|›|>|>>", re.IGNORECASE)
_PAGE = re.compile(
    r"(.*[_.\[-])?(page|paged|hal|halaman|laman|p|pg|page_?(no|num|number)|offset|start|skip|cursor|per_page)\]?", re.IGNORECASE
)
"""What a parameter is called that tells pages apart; frameworks put the name of the list before it."""
_SECOND = re.compile(r"/(?:(?:page|hal|halaman|laman)/)?2/?")
_NAMED = re.compile(
    rb"""rel\s*=\s*["']?[^"'>]*\bnext\b|berikut|selanjutnya|lanjut|next|\xc2\xbb|\xbb|&raquo;|\xe2\x80\xba|&rsaquo;|&gt;""", re.IGNORECASE
)


def next_link(page: bytes, url: str) -> str | None:
    """The address of the next page of the page at `url`, in full; None where it is the only one or the last."""
    if not _NAMED.search(page):
        return None
    soup = BeautifulSoup(page, "lxml", parse_only=SoupStrainer(["a", "link", "base"]))
    base = soup.find("base", href=True)
    start = urljoin(url, str(base["href"])) if isinstance(base, Tag) else url
    links = (link for link in soup.find_all(["a", "link"], href=True) if _says_next(link))
    targets = (_joined(start, str(link["href"]).strip()) for link in links)
    return next((target for target in targets if target is not None and _is_later(url, target)), None)


def _says_next(link: Tag) -> bool:
    rel = link.get("rel") or ()
    words = (rel if isinstance(rel, str) else " ".join(rel)).lower().split()
    if "next" in words or link.name == "link":
        return "next" in words
    return any(
        _WORDS.fullmatch(squeezed(str(text))) for text in (link.get_text(" "), link.get("aria-label") or "", link.get("title") or "")
    )


def _joined(start: str, href: str) -> str | None:
    try:
        return urljoin(start, href)
    except ValueError:
        return None


def _is_later(url: str, target: str) -> bool:
    """Whether the target is a later page of the same list."""
    ours, theirs = urlsplit(url), urlsplit(target)
    if ours.hostname != theirs.hostname:
        return False
    if ours.path.rstrip("/") == theirs.path.rstrip("/"):
        asked = dict(parse_qsl(ours.query))
        return any(_PAGE.fullmatch(name) and _is_after(value, asked.get(name)) for name, value in parse_qsl(theirs.query))
    return theirs.path.startswith(ours.path.rstrip("/")) and bool(_SECOND.fullmatch(theirs.path[len(ours.path.rstrip("/")) :]))


def _is_after(value: str, ours: str | None) -> bool:
    """A number is later where it is larger than ours, which is at most 1 where the address names none; a cursor where it is another."""
    if not value.isdecimal() or not (ours or "0").isdecimal():
        return value not in ("", ours)
    return int(value) > (int(ours) if ours is not None else 0)
