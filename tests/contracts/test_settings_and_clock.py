"""A run is judged by settings and by one calendar; a setting that is silently ignored, or a second clock, makes a run that cannot be repeated."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contracts import clock
from contracts.errors import WrongSetting
from contracts.settings import settings
from contracts.text import normalise, squeezed, visible


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path))
    for name in (
        "SATUDATA_HARI_INI",
        "SATUDATA_SOURCES",
        "SATUDATA_ARCHIVE_URL",
        "SATUDATA_MAX_BYTES",
        "SATUDATA_HOST_DELAY",
        "SATUDATA_INBOX",
    ):
        monkeypatch.delenv(name, raising=False)


def test_everything_lies_under_home_unless_it_is_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert settings().archive_url == (tmp_path / "archive").as_uri()
    assert (settings().inbox, settings().secrets) == (tmp_path / "inbox", tmp_path / "secrets")
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", "s3://arsip/kediri")
    monkeypatch.setenv("SATUDATA_HOST_DELAY", "0")
    assert (settings().archive_url, settings().host_delay_s) == ("s3://arsip/kediri", 0.0)


def test_a_setting_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_MAX_BYTES", "1GB")
    with pytest.raises(WrongSetting, match="SATUDATA_MAX_BYTES=1GB"):
        settings()


def test_the_calendar_can_be_played_and_the_clock_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-01")
    assert clock.today() == clock.today("Asia/Jayapura") == date(2026, 6, 1)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5
    monkeypatch.setenv("SATUDATA_HARI_INI", "1 Juni 2026")
    with pytest.raises(WrongSetting, match="YYYY-MM-DD"):
        clock.today()


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_no_deadline_can_be_counted_from_is_refused(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """It ended as a fault of the program, deep in whatever first subtracted a day."""
    monkeypatch.setenv("SATUDATA_HARI_INI", day)
    with pytest.raises(WrongSetting, match=f"{day}.*antara 2000-01-01 dan 2199-12-31"):
        clock.of_today()
    for last in (date(2000, 1, 1), date(2199, 12, 31)):
        monkeypatch.setenv("SATUDATA_HARI_INI", last.isoformat())
        assert clock.today() == last


def test_a_day_begins_where_the_pemda_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 17:30 UTC it is tomorrow in Jayapura and still tomorrow in Jakarta; at 16:00 UTC only in Jayapura."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 5, 31, 16, 0, tzinfo=UTC))
    assert (clock.today("Asia/Jakarta"), clock.today("Asia/Jayapura")) == (date(2026, 5, 31), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("published", "same"),
    [
        ("Rp\u00a012.449", "rp 12.449"),
        ("  Daging  Ayam\tRas ", "daging ayam ras"),
        ("NO", "no"),
        ("\n", ""),
        ("STRASSE", "strasse"),
        ("NA\u200bMA\u202c", "nama"),
    ],
)
def test_texts_are_compared_as_people_read_them(published: str, same: str) -> None:
    assert normalise(published) == same


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kötä – 5 m²", "Kötä – 5 m²"),
        ("NA\u200bMA", "NA(U+200B)MA"),
        ("\u0410B", "\u0410(U+0410)B"),
        ("a\u3164", "a(U+3164)"),
        ("x\x07", "x(U+0007)"),
    ],
)
def test_what_nobody_can_see_is_told_by_its_number(text: str, shown: str) -> None:
    """Two names that look alike in a sentence leave its reader without a next step."""
    assert visible(text) == shown


def test_stored_text_keeps_its_case() -> None:
    assert squeezed(" Kota \u00a0Kediri ") == "Kota Kediri"
