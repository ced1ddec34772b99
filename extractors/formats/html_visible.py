"""What people see of a page: keys for sorting, texts for screen readers, patterns of rows and notes in small print are in its tables too.

Hidden is what says so itself, by tag, attribute, style or the class names of the common style sheets. What holds a table stays: pages show their
tables by turns, and which of them is meant the contract says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PageElement

from contracts.text import squeezed
from extractors.marks import Run, Script, set_together

BLOCKS = [
    "title", "h1", "h2", "h3", "h4", "h5", "h6", "p", "caption", "div", "li", "td", "th", "center", "pre", "section", "article", "body", "dt",
    "dd", "option", "blockquote",
]  # fmt: skip
NEVER_SHOWN = {"template", "script", "style", "noscript", "datalist", "dialog", "svg"}
HIDING_CLASSES = {"sr-only", "visually-hidden", "screen-reader-text", "d-none", "hidden", "hide", "invisible", "sortkey"}
_SHOWING_CLASS = re.compile(r"d-(?:sm|md|lg|xl|xxl)-(?!none)|(?:sm|md|lg|xl|2xl):(?!hidden)|(?:table-cell|visible)-")
"""Hidden on small screens alone."""
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0(?![.0-9])", re.IGNORECASE
)
STRIKING = {"del", "s", "strike"}
SCRIPTS: dict[str, Script] = {"sup": "super", "super": "super", "sub": "sub"}
_SCRIPT_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f]+")
"""One space on the page, however the source is set."""
_SPACES, _WIDE = re.compile(" +"), re.compile(r"(?<=[0-9])[^\S\n]{2,}(?=[0-9])")
"""Spaces that do not break stay as many as they are: a gap between two figures."""


def without_hidden(soup: BeautifulSoup) -> Counter[int]:
    """Take what nobody sees out of a page. Gives for each table (by identity) how many of its rows were hidden."""
    rows: Counter[int] = Counter()
    for tag in soup.find_all(_is_hidden):
        if tag.decomposed or tag.name == "table" or tag.find("table"):
            continue
        if table := tag.find_parent("table"):
            rows[id(table)] += sum(1 for row in ([tag] if tag.name == "tr" else tag.find_all("tr")) if row.get_text(strip=True))
        if tag.name in ("td", "th") and not _takes_no_place(tag):
            tag.clear()
        else:
            tag.decompose()
    return rows


def _is_hidden(tag: Tag) -> bool:
    if tag.name in NEVER_SHOWN:
        return True
    if not tag.attrs:
        return False
    classes = tag.get_attribute_list("class")
    is_by_class = not HIDING_CLASSES.isdisjoint(classes) and not any(map(_SHOWING_CLASS.match, filter(None, classes)))
    return is_by_class or tag.has_attr("hidden") or bool(_HIDING_STYLE.search(_style(tag)))


def _takes_no_place(cell: Tag) -> bool:
    """Whether the cells behind a hidden one move up."""
    return not re.search(r"visibility|font-size|opacity", _style(cell)) and "invisible" not in cell.get_attribute_list("class")


def _style(tag: Tag) -> str:
    return str(tag.get("style", ""))


def is_visible(node: PageElement) -> bool:
    """Whether a node is text that people see, not a comment, script or style."""
    return type(node) in (NavigableString, CData)


def text_of(element: Tag) -> str:
    """The text of an element as it is set, line by line, without that of tables inside it."""
    runs = list(_runs(element))
    text = runs[0].text if len(runs) == 1 and not (runs[0].script or runs[0].struck) else set_together(runs)
    lines = _WIDE.sub("\n", _SPACES.sub(" ", text)).split("\n")
    return "\n".join(filter(None, map(squeezed, lines)))


def _runs(element: Tag) -> Iterator[Run]:
    table = element if element.name == "table" else element.find_parent("table")
    line: Tag | None = None
    for node in element.descendants:
        if isinstance(node, Tag):
            if node.name in ("br", "hr"):
                yield Run("\n")
        elif is_visible(node):
            around, own_table = _around(node)
            if own_table is table:
                before, line = line, next(filter(_is_line, around), element)
                if before is not None and before is not line:
                    yield Run("\n")
                yield _run(_WHITE.sub(" ", str(node)), around)


def _around(node: PageElement) -> tuple[list[Tag], Tag | None]:
    """The elements around a text within its table, from the nearest one, and the table."""
    around: list[Tag] = []
    for tag in node.parents:
        if tag.name == "table":
            return around, tag
        around.append(tag)
    return around, None


def _is_line(tag: Tag) -> bool:
    return tag.name in BLOCKS or tag.get("aria-hidden") == "true"


def _run(text: str, around: Sequence[Tag]) -> Run:
    styles = " ".join(_style(tag) for tag in around if tag.attrs)
    named = _SCRIPT_STYLE.search(styles) if styles else None
    name = named[1].lower() if named else next((tag.name for tag in around if tag.name in SCRIPTS), "")
    return Run(text, SCRIPTS.get(name, ""), "line-through" in styles or any(tag.name in STRIKING for tag in around))
