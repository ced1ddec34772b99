"""Build the site: only validations that have no page yet are drawn, pages of what is no longer shown go, the index is written anew.

So the time it takes follows what is new, not the history. Pages are files by the number of their validation, written whole or not at all; what
is masked later gets another name, so the page that still says it goes.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import jinja2
from psycopg import Connection

import expectations.data_docs
from contracts import clock
from satudata.data_docs.recent import KEPT, Shown, recent
from satudata.finding_report.files import written_whole
from satudata.local_time import local

DRAWING = Path(expectations.data_docs.__file__).parent
PAGES, STAMP = "validasi", "versi"
UUID = 36
"""Letters of the number of a validation, with which the name of its page begins."""


@dataclass(frozen=True)
class Built:
    """What building did."""

    index: Path
    drawn: int
    kept: int
    removed: int


def build_site(conn: Connection, out: Path, kept: int = KEPT) -> Built:
    """Bring the site in `out` to what the ledger says; `conn` reads schemas ops and quality. Imports Great Expectations only to draw a page."""
    batches = recent(conn, kept)
    wanted = {validation: batch for batch in batches for validation in batch.validations}
    pages = out / PAGES
    if not _is_ours(out):
        shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir(parents=True, exist_ok=True)
    there = {path.stem: path for path in pages.glob("*.html")}
    new = [validation for validation in wanted if validation not in there]
    for validation, html in _drawn(conn, {name: wanted[name] for name in new}):
        _write(pages / f"{validation}.html", html)
    gone = [path for name, path in there.items() if name not in wanted]
    for path in gone:
        path.unlink()
    _write(out / "index.html", _index(batches, kept, (out / "model" / "index.html").is_file()))
    _write(out / STAMP, _stamp())
    return Built(out / "index.html", len(new), len(wanted) - len(new), len(gone))


def says_what_is_masked(conn: Connection, out: Path) -> bool:
    """Does the site in `out` still have a page of a result that was masked since? Asked every night, so it reads names only."""
    masked = conn.execute("select validation_id::text, masked from ops.validation_result where masked > 0").fetchall()
    there = {path.stem for path in (out / PAGES).glob("*.html")}
    return any(name in there for number, times in masked for name in (number, *(f"{number}-{n}" for n in range(1, times))))


def _drawn(conn: Connection, wanted: Mapping[str, Shown]) -> Iterator[tuple[str, str]]:
    if not wanted:
        return
    from expectations.data_docs.page import render  # Great Expectations is heavy: a site that is up to date does without

    for name, batch in wanted.items():
        (result,) = conn.execute("select result from ops.validation_result where validation_id = %s", [name[:UUID]]).fetchone()  # type: ignore[misc]
        yield name, render(result, batch.name, f"{batch.dataset}, batch {batch.batch_id}, dinilai {local(batch.judged_at)}")


def _index(batches: Iterable[Shown], kept: int, models: bool) -> str:
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True)
    env.filters["local"] = local
    publishers = [(name, list(group)) for (_, name), group in groupby(batches, lambda one: (one.dataset, one.name))]
    style = (DRAWING / "style.css").read_text()
    return env.get_template("index.j2").render(publishers=publishers, kept=kept, models=models, at=local(clock.now()), style=style)


def _stamp() -> str:
    """What drew the pages: with another version of it they are drawn again."""
    digest = hashlib.sha256(version("great-expectations").encode())
    for path in sorted(DRAWING.iterdir()):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_ours(out: Path) -> bool:
    stamp = out / STAMP
    return stamp.is_file() and stamp.read_text() == _stamp()


def _write(path: Path, text: str) -> None:
    with written_whole(path) as beside:
        beside.write_text(text, encoding="utf-8")
