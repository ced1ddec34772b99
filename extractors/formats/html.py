"""HTML pages -> one grid per table: also pages saved as .xls, and tables that a page has cut into pieces.

A cell that spans rows stands in each of them; one that spans columns counts once in the body and names all its columns in the header
(as a merged cell does). Tables inside cells are tables of their own. The texts before a table are where its title is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from contracts.errors import EmptyFile, TableNotFound, TooManyColumns, WrongFormat
from contracts.models.table import Beside, Table
from contracts.settings import settings
from contracts.text import squeezed
from contracts.text_encodings import is_text_encoding
from extractors.formats.html_cells import Matrix, matrix_of, side_by_side
from extractors.formats.html_visible import BLOCKS, is_visible, text_of, without_hidden
from extractors.formats.sheets import blocks
from extractors.formats.text_blocks import text_pieces
from extractors.grid import Grid, OutOfSight

MOST_BYTES = 10_000_000
"""A page beyond this size would not fit into memory once it is a tree."""
MOST_TEXTS = 2_000
HEADINGS = ["title", "h1", "h2", "h3"]
UTF_8 = ("utf-8", "utf8")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def html_grids(path: Path, file_name: str, table: Table, encoding: str | None = None) -> Iterator[Grid]:
    """The tables of a page in its order: all of them, those that `css` selects, or the one that `beside` puts together.

    Raises: `EmptyFile`, `WrongFormat` (too large a page), `TableNotFound` (no such element), `TooManyColumns`.
    """
    soup = _soup(path, file_name, encoding)
    hidden = without_hidden(soup)
    if table.beside:
        yield _grid(_together(soup, table.beside, file_name), (), 1, file_name, header_rows=True)
        return
    elements = soup.select(table.css or "table")
    tables = [inner for element in elements for inner in ([element] if element.name == "table" else element.find_all("table"))]
    if not tables:
        raise TableNotFound(file_name, (table.css or "<table>",))
    texts = _texts_before(soup, tables)
    for number, element in enumerate(tables, 1):
        grid = _grid(matrix_of(element, settings().max_columns), texts[id(element)], number, file_name)
        yield replace(grid, heading=_heading(element), out_of_sight=OutOfSight(left_out=hidden[id(element)]))


def _heading(table: Tag) -> str:
    """Its caption, else the heading nearest above it, else the name of the page."""
    near = table.find("caption") or table.find_previous(HEADINGS)
    return text_of(near) if isinstance(near, Tag) else ""


def _soup(path: Path, file_name: str, encoding: str | None) -> BeautifulSoup:
    if path.stat().st_size > MOST_BYTES:
        raise WrongFormat(file_name, f"halaman sampai {MOST_BYTES // 1_000_000} MB", "halaman yang lebih besar")
    declared = _CHARSET.search(path.open("rb").read(4096))
    name = encoding or (declared[1].decode("ascii").lower() if declared else None)
    text = "".join(text_pieces(path, file_name, name if name and name not in UTF_8 and is_text_encoding(name) else None))
    if not text.strip():
        raise EmptyFile(file_name)
    return BeautifulSoup(text, "lxml")


def _together(soup: BeautifulSoup, pieces: Sequence[Beside], file_name: str) -> Matrix:
    headers = side_by_side([_piece(soup, piece.header, file_name) for piece in pieces], file_name, equal_heights=False)
    bodies = side_by_side([_piece(soup, piece.body, file_name) for piece in pieces], file_name, equal_heights=True)
    return headers.above(bodies)


def _piece(soup: BeautifulSoup, css: str, file_name: str) -> Matrix:
    element = soup.select_one(css)
    if element is None:
        raise TableNotFound(file_name, (css,))
    return matrix_of(element, settings().max_columns)


def _grid(matrix: Matrix, above: tuple[str, ...], number: int, file_name: str, *, header_rows: bool = False) -> Grid:
    if matrix.width > settings().max_columns:
        raise TooManyColumns(file_name, matrix.width, settings().max_columns)
    rows = ((row, cells) for row, cells in enumerate(matrix.rows, 1) if cells)
    return Grid(
        place=f"tabel {number} ", blocks=blocks(rows), above=above, merges=tuple(matrix.merges),
        header_rows=matrix.header_rows if header_rows else None,
    )  # fmt: skip


def _texts_before(soup: BeautifulSoup, tables: Sequence[Tag]) -> dict[int, tuple[str, ...]]:
    """For each table (by identity) the texts of the page before it, block by block in reading order, and its own caption last."""
    wanted = {id(table) for table in tables}
    texts: list[str] = []
    before: dict[int, tuple[str, ...]] = {}
    block: object = None
    for node in soup.descendants:
        if id(node) in wanted and isinstance(node, Tag):
            captions = [text_of(caption) for caption in node.find_all("caption", limit=1)]
            before[id(node)] = (*texts[-MOST_TEXTS:], *captions)
        elif is_visible(node) and (text := squeezed(str(node))):
            around = node.find_parent(BLOCKS)
            texts.append(f"{texts.pop()} {text}" if around is block and texts else text)
            block = around
    return before
