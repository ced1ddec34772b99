"""Days that are not the day: in the future, not in any calendar, day and month exchanged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bench.corruption.case import Case, Variant
from bench.corruption.document import Cell, NotApplicable


def day(change: Callable[[datetime], datetime]) -> Variant:
    """Write another day in the publisher's own form."""

    def apply(case: Case) -> None:
        form = case.roles.day_format

        def other(cell: Cell) -> str:
            try:
                return change(datetime.strptime(str(cell), form)).strftime(form)
            except ValueError:
                raise NotApplicable(str(cell)) from None

        case.hurt(case.roles.day, other)

    return apply


def exchanged(moment: datetime) -> datetime:
    """3 April -> 4 March; days beyond the 12th have no such reading. Raises NotApplicable."""
    if moment.day > 12 or moment.day == moment.month:
        raise NotApplicable(str(moment))
    return moment.replace(day=moment.month, month=moment.day)


def day_text(text: str) -> Variant:
    """Write something that is no day."""
    return lambda case: case.hurt(case.roles.day, lambda _: text)


FUTURE = {
    "tahun depan": day(lambda d: d + timedelta(days=366)),
    "sepuluh tahun lagi": day(lambda d: d + timedelta(days=3660)),
    "abad lain": day(lambda d: d.replace(year=d.year + 100, day=min(d.day, 28))),
}
NO_DAY = {"31 Februari": day_text("31/02/2023"), "tahun nol": day_text("0000-00-00"), "12/12/12": day_text("12/12/12")}
SHIFTED = {
    "hari dan bulan tertukar": day(exchanged),
    "satu tahun mundur": day(lambda d: d.replace(year=d.year - 1, day=min(d.day, 28))),
    "satu dasawarsa mundur": day(lambda d: d.replace(year=d.year - 10, day=min(d.day, 28))),
}
