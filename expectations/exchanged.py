"""A guard on a whole file whose days and months changed places: 12/01/2026 to 12/10/2026 meant as the first ten days of December.

Read day first, they are one day each of ten months, and each by itself could be right. But a file of days does not tell of the 12th of each month
alone: exchanged they follow each other, near what stood or the day they came, where the publisher's days always stood close together. A cell such as
12/13/2026, which nobody can read day first, proves it even without a history. A series of one day a month looks the same where nothing stands of
it: a first file is believed unless its days are, exchanged, without a gap and of this very fortnight, and such a series would have gone on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from psycopg import Connection

from expectations.rules.judged import Judged
from expectations.rules.sql import literal, quote
from expectations.verdict import CheckResult
from extractors.report import ParseReport
from warehouse.trusted import trusted

LAST_MONTH = 12
MOST_DAYS = 5000
FEWEST, FEWEST_OF_A_FIRST = 3, 4
"""Different days that tell: as many months, or unreadable cells; and of a file without a history."""
CROWDED = 3
"""So many times the months are those read of those meant; so many days of a month have a publisher who speaks of days."""
GAP_DAYS, NEAR_DAYS, FRESH_DAYS = 7, 31, 14
"""Between two days of a file of days; from there to what stands; from the last day of a first file to the run."""
LAST_KNOWN = 12
MONTH_FIRST = re.compile(r"\s*(?P<month>[0-9]{1,2})\s*[/.-]\s*(?P<day>[0-9]{1,2})\s*[/.-]\s*(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])")


@dataclass(frozen=True)
class Days:
    """The days of a batch, in order: as they were read, as they may have been meant, and those that only the other order can read."""

    read: Sequence[date]
    proof: Sequence[date]

    @property
    def meant(self) -> list[date]:
        return sorted(exchanged(day) for day in self.read)

    def are_crowded(self, beside: Sequence[date] = ()) -> bool:
        """Whether they are of many months, and exchanged of few."""
        return len(self.read) >= FEWEST and CROWDED * len(_months([*self.meant, *beside])) <= len(_months(self.read))

    @property
    def are_proven(self) -> bool:
        """Whether cells that cannot be read otherwise say it of the others too: a few of them, or one of the same few months."""
        enough = len(self.proof) >= FEWEST and len(_months([*self.meant, *self.proof])) <= len(_months([*self.read, *self.proof]))
        return enough or bool(self.proof) and self.are_crowded(self.proof)

    def follow(self, known: Collection[date], run_date: date) -> bool:
        """Whether they are, exchanged, days close together that go on with those known, which were close together too.

        A publisher who goes on with one day a month has nothing to say of the months before, and its first days are long past when it has said three.
        """
        close, newest, near = sorted({*self.meant, *self.proof}), max(known), timedelta(days=NEAR_DAYS)
        if not self.are_crowded() or _gap(close) > GAP_DAYS or len(known) < CROWDED * len(_months(known)):
            return False
        if self.read[0] <= newest:
            return close[0] - near <= newest <= close[-1] + near
        return newest < close[-1] <= run_date <= close[-1] + near

    def are_fresh(self, run_date: date) -> bool:
        """Whether they are, exchanged, day after day of one month up to the last fortnight, and not, as read, of one day a month up to the last one.

        January is left to what is dated the first of each month.
        """
        close, fortnight = self.meant, timedelta(days=FRESH_DAYS)
        if len(close) < FEWEST_OF_A_FIRST or not self.are_crowded() or _gap(close) > 1 or len(_months(close)) > 1 or close[0].month == 1:
            return False
        is_up_to_date = timedelta() <= run_date - self.read[-1] <= timedelta(days=NEAR_DAYS) + fortnight
        return timedelta() <= run_date - close[-1] <= fortnight and not is_up_to_date


def exchanged_days(conn: Connection, judged: Judged, report: ParseReport) -> Iterator[CheckResult]:
    """A finding where the days of a batch were read with day and month exchanged, unless parsing told so already; `conn` is in autocommit."""
    period = judged.contract.period
    if period is None or period.column is None or period.grain != "hari":
        return
    rule_id = f"drift.{period.column}.hari_bulan"
    days = None if any(finding.rule_id == rule_id for finding in report.findings) else _days(conn, judged, period.column)
    if days is None or not (days.are_proven or days.are_crowded()):
        return
    known = _known(conn, judged)
    if days.are_proven or (days.follow(known, judged.run_date) if len(known) >= FEWEST else days.are_fresh(judged.run_date)):
        yield _finding(judged, period.column, rule_id, days)


def exchanged(day: date) -> date:
    """The day with day and month exchanged; it is one of the first twelve of its month."""
    return day.replace(month=day.day, day=day.month)


def _months(days: Collection[date]) -> set[tuple[int, int]]:
    return {(day.year, day.month) for day in days}


def _gap(days: Sequence[date]) -> int:
    """Days from one to the next, where they are furthest apart."""
    return max((after - before).days for before, after in pairwise(days))


def _days(conn: Connection, judged: Judged, column: str) -> Days | None:
    """The days of the batch; None where one of them leaves no doubt, or exchanged they are the same."""
    late = f"select from {judged.table} where extract(day from _periode_mulai) > {LAST_MONTH} limit 1"
    if conn.execute(late).fetchone() is not None:
        return None
    rows = conn.execute(
        f"select distinct _periode_mulai from {judged.table} where _periode_mulai is not null order by 1 limit {MOST_DAYS + 1}"
    )
    read = [row[0] for row in rows.fetchall()]
    if len(read) > MOST_DAYS or all(day.day == day.month for day in read):
        return None
    text = f"_cacat ->> {literal(column)}"
    texts = conn.execute(
        f"select distinct {text} from {judged.table} where {text} is not null and {quote(column)} is null limit {MOST_DAYS}"
    ).fetchall()
    return Days(read, sorted({day for (one,) in texts if (day := _month_first(one))}))


def _month_first(text: str) -> date | None:
    """The day of a text that names one only if the month comes first."""
    found = MONTH_FIRST.match(text)
    if found is None or int(found["day"]) <= LAST_MONTH:
        return None
    try:
        return date(int(found["year"]) + (2000 if len(found["year"]) == 2 else 0), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _known(conn: Connection, judged: Judged) -> list[date]:
    """The last days that stand of the publisher, but for those that are held."""
    of = trusted(conn, judged.dataset.id, judged.history.penerbit)
    if of is None or not judged.history.last_counts:
        return []
    rows = conn.execute(
        f"select distinct _periode_mulai from ({of.rows()}) r where _periode_mulai is not null order by 1 desc limit {LAST_KNOWN}".encode()
    )
    return [row[0] for row in rows.fetchall()]


def _finding(judged: Judged, column: str, rule_id: str, days: Days) -> CheckResult:
    meant, total = sorted({*days.meant, *days.proof}), len(days.read) + len(days.proof)
    read = f"{len(days.read)} tanggal terbaca {_spoken(days.read)}, tersebar di {len(_months(days.read))} bulan"
    others = f", dan {len(days.proof)} tanggal lain tidak terbaca karena bulannya lebih dari 12" if days.proof else ""
    message = (
        f"Hari dan bulan di kolom {column} tampaknya tertukar: {read}{others}. Bila hari dan bulannya ditukar, semuanya {_spoken(meant)}. Minta OPD "
        "membetulkan urutannya lalu mengirim lagi. Bila OPD selalu menulis demikian, juga dahulu, sesuaikan `format` di kontrak (`M/D/YYYY` untuk bulan "
        f"lebih dahulu); bila yang terbaca sudah benar, terima dengan `--terima {rule_id}`."
    )
    return judged.result(
        rule_id=rule_id, rule="drift", scope="batch", column_name=column, severity="hold", outcome="fail", checked=total, failed=total,
        observed=read, expected="tanggal yang berurutan, seperti biasanya", source="guard", message=message,
    )  # fmt: skip


def _spoken(days: Sequence[date]) -> str:
    return f"{days[0]:%d/%m/%Y} sampai {days[-1]:%d/%m/%Y}" if len(days) > 1 else f"{days[0]:%d/%m/%Y}"
