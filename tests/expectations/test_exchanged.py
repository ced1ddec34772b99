"""Prevents the first ten days of December from being published as one day of ten months each, since an agency took to writing the month first."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from expectations.judge import History
from extractors.report import Finding, ParseReport
from satudata.review.approve import approve
from satudata.run import Outcome, run
from tests.conftest import Database
from tests.expectations.conftest import Bench
from tests.expectations.test_history import accepted

REPO = Path(__file__).parents[2]
ID = "uji.dinas.pasar"
RULE = "drift.tanggal.hari_bulan"
CONTRACT = """
title: Harga di pasar
source: {kind: inbox}
columns:
  barang: {from: barang, type: text}
  harga: {from: harga, type: integer, unit: Rp/kg}
  tanggal: {from: tanggal, type: date%s}
period: {column: tanggal, grain: hari}
write: replace_period
key: [barang, tanggal]
guards: {max_quarantined: 0.9}
checks: [{rule: refiled, column: harga}, {rule: scale_lost, column: harga}, {rule: unit_shift, column: harga}]
"""
GOODS = 15
NOVEMBER = [date(2026, 11, day) for day in range(16, 31)]
DECEMBER = [date(2026, 12, day) for day in range(1, 11)]
DAY_FIRST, MONTH_FIRST = "%d/%m/%Y", "%m/%d/%Y"


@pytest.fixture
def inbox(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the agency puts its files."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    (tmp_path / "sources" / "uji" / "dinas").mkdir(parents=True)
    for name, folder in (("SOURCES", "sources"), ("INBOX", "inbox")):
        monkeypatch.setenv(f"SATUDATA_{name}", str(tmp_path / folder))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    inbox = tmp_path / "inbox" / ID
    inbox.mkdir(parents=True)
    reads(inbox)
    return inbox


def reads(inbox: Path, form: str = "") -> None:
    (inbox.parents[1] / "sources" / "uji" / "dinas" / "pasar.yml").write_text(CONTRACT % form)


def gets(inbox: Path, days: Iterable[date], form: str = DAY_FIRST, on: date | None = None) -> Outcome:
    """A file of these days, with prices that move every day, fetched the day after the last one."""
    days = list(days)
    rows = [
        f"{day:{form}},barang {n},{10_000 + 500 * n + 37 * (day.toordinal() % 29) + n * (day.toordinal() % 7)}"
        for day in days
        for n in range(GOODS)
    ]
    name = f"{len(list(inbox.iterdir())):03}.csv"
    (inbox / name).write_text("\n".join(["tanggal,barang,harga", *rows]) + "\n")
    return run([ID], on or max(days) + timedelta(days=1))[0]


def monthly(day: int, months: Iterable[int], year: int = 2026) -> list[date]:
    return [date(year, month, day) for month in months]


def is_held_for_it(outcome: Outcome) -> bool:
    return outcome.state == "held" and "Hari dan bulan di kolom tanggal tampaknya tertukar" in (outcome.message or "")


def test_a_publisher_who_takes_to_writing_the_month_first_waits_for_a_person(inbox: Path) -> None:
    """The file a newcomer sent: 150 rows, each of which could be right."""
    assert gets(inbox, NOVEMBER).state == "accepted"
    held = gets(inbox, DECEMBER, MONTH_FIRST)
    assert is_held_for_it(held)
    told = "10 tanggal terbaca 12/01/2026 sampai 12/10/2026, tersebar di 10 bulan. Bila hari dan bulannya ditukar, semuanya 01/12/2026 sampai 10/12/2026."
    assert told in (held.message or "")
    assert is_held_for_it(gets(inbox, DECEMBER[3:], MONTH_FIRST))
    assert gets(inbox, DECEMBER).state == "accepted"


def test_it_is_let_in_by_whoever_says_so(inbox: Path) -> None:
    assert gets(inbox, NOVEMBER).state == "accepted"
    held = gets(inbox, DECEMBER, MONTH_FIRST)
    assert approve(int(held.batches[-1]["batch_id"]), "walidata", "Walidata", "memang tanggal 12 tiap bulan", [RULE]).state == "accepted"


def test_a_contract_that_says_so_reads_the_month_first_and_knows_the_other_order_too(inbox: Path) -> None:
    reads(inbox, ", format: M/D/YYYY")
    assert gets(inbox, NOVEMBER, MONTH_FIRST).state == "accepted"
    assert gets(inbox, DECEMBER, MONTH_FIRST).state == "accepted"
    assert is_held_for_it(gets(inbox, [day + timedelta(days=1) for day in DECEMBER], DAY_FIRST))


def table(days: Iterable[date], is_month_first: bool = False, more: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Rows of these days as they are staged from a text, which is always read day first."""
    rows: list[dict[str, Any]] = []
    for day in days:
        read = day if not is_month_first else day.replace(month=day.day, day=day.month) if day.day <= 12 else None
        named: dict[str, Any] = (
            {"t": read, "_periode_mulai": read, "_periode_akhir": read} if read else {"_cacat": {"t": f"{day:{MONTH_FIRST}}"}}
        )
        rows += [{"id": f"b{n}", **named} for n in range(3)]
    return [*rows, *({"id": "b1", "_cacat": {"t": text}} for text in more)]


def judged(bench: Bench, known: Sequence[date], rows: Sequence[dict[str, Any]], on: date) -> dict[str, int]:
    """What is broken in a batch of a publisher of whom these days stand."""
    dataset = bench.dataset({"t": {"type": "date"}}, period={"column": "t", "grain": "hari"}, key=["id", "t"], write="replace_period")
    for row in table(known):
        accepted(bench, dataset, **row)
    bench.history, bench.run_date = History(last_counts=(len(known),) if known else ()), on
    return bench.judge(dataset, rows).broken


@pytest.mark.parametrize(
    ("known", "days", "more"),
    [
        ([date(2026, 1, 1) + timedelta(days=day) for day in range(334)], DECEMBER, ()),
        ([*NOVEMBER, *DECEMBER], DECEMBER, ()),
        (NOVEMBER, [DECEMBER[0], DECEMBER[3], DECEMBER[6], DECEMBER[8]], ()),
        (NOVEMBER, [*NOVEMBER[-3:], *DECEMBER[:5]], ()),
        (NOVEMBER, [date(2026, 12, day) for day in range(1, 16)], ()),
        (NOVEMBER, DECEMBER[:2], ("12/13/2026", "12-14-26", "12/15/2026 08.00")),
        ([date(2026, 11, 12)], DECEMBER[:3], ("12/13/2026",)),
        ([], DECEMBER, ("12/13/2026",)),
        ([], DECEMBER[:4], ()),
        ([date(2026, 4, day) for day in range(1, 31)], [date(2026, 5, day) for day in range(5, 10)], ()),
    ],
    ids=["days that all stand", "sent again", "with days off", "and of the month before", "half of a month", "three cells that prove it",
         "one cell beside many months", "a cell in a first file", "a first file without a gap", "read as days to come"],
)  # fmt: skip
def test_it_shows_in_what_stands_in_cells_and_in_the_day_it_came(
    bench: Bench, known: list[date], days: list[date], more: tuple[str, ...]
) -> None:
    broken = judged(bench, known, table(days, True, more), days[-1] + timedelta(days=1))
    assert "drift.t.hari_bulan" in broken


@pytest.mark.parametrize(
    ("known", "days", "on"),
    [
        ([], monthly(1, range(1, 12)), date(2026, 12, 2)),
        ([], monthly(1, range(1, 13)), date(2026, 1, 14)),
        ([], monthly(15, range(1, 12)), date(2026, 12, 2)),
        ([], monthly(10, range(1, 9)), date(2026, 9, 3)),
        ([], monthly(10, range(1, 11)), date(2026, 10, 12)),
        ([], monthly(10, range(1, 10)), date(2026, 10, 16)),
        ([], monthly(5, range(1, 13), 2025), date(2026, 2, 3)),
        ([], [*monthly(10, range(1, 13), 2025), *monthly(10, range(1, 11))], date(2026, 10, 12)),
        ([], [date(year, 12, 1) for year in range(2015, 2026)], date(2026, 1, 12)),
        ([], [date(2026, month, day) for month, day in ((1, 5), (2, 2), (3, 2), (4, 6), (5, 4), (6, 1), (7, 6))], date(2026, 7, 8)),
        ([], DECEMBER, date(2026, 12, 11)),
        (monthly(10, range(1, 7)), monthly(10, range(7, 11)), date(2026, 10, 12)),
        (monthly(12, range(1, 9)), monthly(12, range(9, 12)), date(2026, 12, 1)),
        ([date(2026, 4, day) for day in range(1, 31)], monthly(5, range(5, 9)), date(2026, 8, 6)),
        ([date(2026, 8, day) for day in range(1, 31)], monthly(5, range(1, 5)), date(2026, 9, 6)),
        (NOVEMBER, DECEMBER, date(2026, 12, 11)),
        (NOVEMBER, [*NOVEMBER, *DECEMBER], date(2026, 12, 11)),
    ],
    ids=["the first of each month", "the first of months to come", "the fifteenth", "the tenth", "the tenth, of this month", "the tenth, a little late",
         "the fifth of last year's months",
         "the tenth, for two years", "once a year", "first Mondays", "days of a month", "a series that goes on", "one on the twelfth",
         "a series that becomes monthly", "days of old months put right", "days that follow", "days that come again"],
)  # fmt: skip
def test_days_that_are_right_are_believed(bench: Bench, known: list[date], days: list[date], on: date) -> None:
    """Fails when a series of one day a month, or of days as they follow, is taken for exchanged."""
    assert "drift.t.hari_bulan" not in judged(bench, known, table(days), on)


@pytest.mark.parametrize(
    "wrong", [("12/13/2026", "12/14/2026", "12/15/2026"), ("13-14-2026", "12/32/2026", "12/13", "x")], ids=["days", "no days"]
)
def test_slips_in_a_few_cells_are_those_cells_alone(bench: Bench, wrong: tuple[str, ...]) -> None:
    assert "drift.t.hari_bulan" not in judged(bench, NOVEMBER, table(DECEMBER, more=wrong), date(2026, 12, 16))


def test_what_parsing_told_already_is_told_once(bench: Bench) -> None:
    """Two results of one id could not be kept."""
    dataset = bench.dataset({"t": {"type": "date"}}, period={"column": "t", "grain": "hari"}, key=["id", "t"])
    bench.run_date = date(2026, 12, 11)
    told = Finding("drift", "drift.t.hari_bulan", "hold", "fail", "t", 10, 10, "x", "y", "tertukar")
    found = bench.judge(dataset, table(DECEMBER, True), ParseReport(read=30, fetched=3000, staged=30, findings=[told]))
    assert [one.message for one in found.verdict.results if one.rule_id == told.rule_id] == ["tertukar"]
