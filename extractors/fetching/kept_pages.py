"""The same proof of completeness for pages that somebody kept: one captured page of many must not pass as the whole source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from contracts import clock
from contracts.models.source import Pages, Source
from extractors.fetching.ckan import paged_rows
from extractors.fetching.completeness import check_complete
from extractors.fetching.fetched import Fetched
from extractors.fetching.page_form import HTML_PAGES, JSON_PAGES
from extractors.fetching.walked import Walked
from extractors.source_file import SourceFile

Paged = Callable[[Source], tuple[Pages, str | None] | None]


def _api(source: Source) -> tuple[Pages, str | None] | None:
    return None if source.pages is None else (source.pages, source.records)


PAGED: Mapping[str, Paged] = {"json_api": _api, "html_table": _api, "ckan": paged_rows}


def check_kept_pages(source: Source, files: Sequence[SourceFile]) -> None:
    """Compare what kept files hold with what they declare; a source without pages has nothing to compare.

    Raises: as `check_complete`; `BadJson`, `EmptyFile`.
    """
    paged = PAGED[source.kind](source) if source.kind in PAGED else None
    if paged is None:
        return
    walked, records, form = Walked(paged[0]), paged[1], HTML_PAGES if source.kind == "html_table" else JSON_PAGES
    for number, file in enumerate(files, 1):
        facts = form.facts(file.path, file.file_name, file.url, records, walked.wanted)
        walked.add(_page(file, number), str(number), facts)
    check_complete(walked)


def _page(file: SourceFile, number: int) -> Fetched:
    now = clock.now()
    return Fetched(file.url, file.file_name, number, None, "new", None, file.path.stat().st_size, None, None, None, now, now)
