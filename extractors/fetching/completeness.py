"""Whether a walk over pages brought all that the source says it has."""

from __future__ import annotations

from contracts.errors import IncompletePages, MoreThanDeclared, RecordsNotFound
from extractors.fetching.walked import Walked


def check_complete(walked: Walked) -> None:
    """Compare what came with what was declared.

    A source may gain or lose a record while it is read, so any total that one of its pages declared will do.
    Raises: `IncompletePages`, `MoreThanDeclared`; `RecordsNotFound` where no page declares what the contract relies on.
    """
    for path, is_declared in ((walked.pages.total, walked.totals), (walked.pages.last, walked.last is not None)):
        if path and not is_declared:
            raise RecordsNotFound(walked.file_name, path, walked.latest.top)
    _check_total(walked)
    _check_last(walked)


def is_proven_whole(walked: Walked) -> bool:
    """Do the pages that came prove that there is no other, so that a page that is not there is only the end?

    The declared total or last page is reached. Where nothing is declared, all pages had one length and the newest is shorter; `size` itself
    proves nothing, as servers cap it without a word. After a full page, and after the only one, nobody knows.
    """
    if walked.totals or walked.pages.total:
        return bool(walked.totals) and walked.received == walked.totals[-1]
    if walked.last is not None or walked.pages.last:
        return walked.last is not None and len(walked.fetched) - walked.holes >= _declared_pages(walked, walked.last)
    *full, newest = walked.counts
    return walked.pages.by in ("page", "offset") and len(set(full)) == 1 and 0 < newest < full[0]


def _check_total(walked: Walked) -> None:
    if not walked.totals or walked.received in walked.totals:
        return
    failure = IncompletePages if walked.received < walked.totals[-1] else MoreThanDeclared
    raise failure(walked.file_name, walked.received, walked.totals[-1])


def _check_last(walked: Walked) -> None:
    """Pages are counted where records are not: one is missing when it never came, was empty before the last, or is still linked to."""
    if walked.totals:
        return
    declared = _declared_pages(walked, walked.last) if walked.last is not None else len(walked.fetched) + (walked.next_value() is not None)
    if len(walked.fetched) - walked.holes < declared:
        raise IncompletePages(walked.file_name, len(walked.fetched) - walked.holes, declared)


def _declared_pages(walked: Walked, last: int) -> int:
    return last - (walked.pages.first if walked.pages.first is not None else 1) + 1
