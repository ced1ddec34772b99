"""An inbox is written by many hands: nothing in it may be lost, taken twice, taken for another's, or read while it is being written."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from contracts.errors import NotFetchedYet, StillBeingWritten, TooLarge, UnknownInboxFile
from extractors.fetching import at_rest, landing
from extractors.fetching.inbox import strays
from tests.extractors.fetching.conftest import Desk
from tests.servers.hostile import CSV, Site

KNOWN = ["61.05", "61.12"]


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the dataset `x.uji`."""
    monkeypatch.setenv("SATUDATA_INBOX", str(tmp_path / "kotak"))
    (tmp_path / "kotak" / "x.uji").mkdir(parents=True)
    return tmp_path / "kotak" / "x.uji"


def put(folder: Path, name: str, content: bytes, at: int = 1_700_000_000) -> Path:
    """A file put down at a time."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    os.utime(folder / name, (at, at))
    return folder / name


def append(path: Path, content: bytes) -> None:
    """More of a file that is being copied."""
    with path.open("ab") as stream:
        stream.write(content)


def fetched(desk: Desk, penerbit: str = "61.05") -> list[tuple[str | None, str]]:
    """Names and outcomes of one look into the inbox."""
    return [(one.file_name, one.outcome) for one in desk.fetch({"kind": "inbox"}, penerbit, for_each=KNOWN)]


def test_deliveries_come_in_the_order_in_which_they_were_made(desk: Desk, inbox: Path) -> None:
    """Fails when a correction comes before what it corrects, or the name decides the order."""
    put(inbox / "61.05", "a (perbaikan).csv", b"2", at=1_700_000_100)
    put(inbox / "61.05", "z.csv", b"1")
    put(inbox / "61.12", "lain.csv", b"3")
    assert fetched(desk) == [("z.csv", "new"), ("a (perbaikan).csv", "new")]
    assert fetched(desk, "61.12") == [("lain.csv", "new")]
    assert sorted(path.name for path in inbox.rglob("*.csv")) == ["a (perbaikan).csv", "lain.csv", "z.csv"]


def test_a_delivery_is_known_by_its_content(desk: Desk, inbox: Path) -> None:
    """Fails when a renamed file is judged again, one with new content under an old name is missed, or one killed before judging is lost."""
    put(inbox / "61.05", "a.csv", b"1")
    assert fetched(desk) == [("a.csv", "new")]
    put(inbox / "61.05", "b.csv", b"2", at=1_700_000_100)
    (inbox / "61.05" / "a.csv").rename(inbox / "61.05" / "lama.csv")
    assert fetched(desk) == [("lama.csv", "unchanged"), ("b.csv", "new")]
    put(inbox / "61.05", "b.csv", b"3", at=1_700_000_200)
    assert fetched(desk) == [("lama.csv", "unchanged"), ("b.csv", "new")]


@pytest.mark.parametrize("made", [False, True])
def test_a_silent_publisher_is_absent(desk: Desk, inbox: Path, made: bool) -> None:
    """Fails when silence is a failure, or passes as a delivery."""
    if made:
        (inbox / "61.05").mkdir()
    (found,) = desk.fetch({"kind": "inbox"}, "61.05", for_each=KNOWN)
    assert (found.outcome, found.sha256, found.file_name) == ("absent", None, None)


def test_what_desktops_leave_behind_is_no_delivery(desk: Desk, inbox: Path) -> None:
    """Fails when opening a workbook in the inbox stops its publisher."""
    for name in ("~$a.xlsx", ".~lock.a.xlsx#", ".DS_Store", "Thumbs.db", "desktop.ini"):
        put(inbox / "61.05", name, b"x")
        put(inbox, name, b"x")
    assert fetched(desk) == [(None, "absent")]
    assert strays(desk.dataset({"kind": "inbox"}, for_each=KNOWN)) == []


@pytest.mark.parametrize("stray", ["lepas.csv", "35.71/a.csv"])
def test_what_belongs_to_nobody_is_named_and_stops_nobody(desk: Desk, inbox: Path, stray: str) -> None:
    """Fails when a file in the wrong place is silently left, or one publisher's mistake stops the others."""
    put(inbox / "61.05", "a.csv", b"1")
    put((inbox / stray).parent, Path(stray).name, b"2")
    assert fetched(desk) == [("a.csv", "new")]
    with pytest.raises(UnknownInboxFile, match=stray.split("/")[0]):
        fetched(desk, "")


def test_an_inbox_in_order_has_nothing_to_say(desk: Desk, inbox: Path) -> None:
    """Fails when looking after strays reports known publishers."""
    put(inbox / "61.05", "a.csv", b"1")
    assert fetched(desk, "") == []


def test_folders_and_links_are_no_deliveries(desk: Desk, inbox: Path) -> None:
    """Fails when a folder within a publisher's is skipped unseen, or a link makes us read a file of the machine."""
    put(inbox / "61.05", "a.csv", b"1")
    (inbox / "61.05" / "b.csv").symlink_to("/etc/passwd")
    (inbox / "61.12" / "2025").mkdir(parents=True)
    for penerbit in KNOWN:
        with pytest.raises(UnknownInboxFile):
            fetched(desk, penerbit)


def test_without_publishers_files_lie_in_the_datasets_folder(desk: Desk, inbox: Path) -> None:
    """Fails when a dataset of one producer cannot be delivered."""
    put(inbox, "a.csv", CSV)
    (found,) = desk.fetch({"kind": "inbox"})
    assert (found.file_name, found.outcome) == ("a.csv", "new")
    assert desk.bytes_of([found]) == [CSV]


def test_a_file_that_is_still_being_written_is_not_taken(desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when half a workbook is judged because its upload was not over."""
    path = put(inbox / "61.05", "a.csv", CSV)
    kept = landing._kept

    def growing(*given: object) -> object:
        append(path, CSV)
        return kept(*given)

    monkeypatch.setattr(landing, "_kept", growing)
    with pytest.raises(StillBeingWritten):
        fetched(desk)


def test_a_copy_that_pauses_while_it_is_read_is_not_taken(desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when the first half of a file, read between two writes of a slow copy, is judged as the file."""
    path = put(inbox / "61.05", "a.csv", CSV, at=int(time.time()))
    monkeypatch.setattr(at_rest.time, "sleep", lambda _: append(path, CSV))
    with pytest.raises(StillBeingWritten, match="a.csv"):
        fetched(desk)
    assert desk.previous == {}


@pytest.mark.parametrize("ago", [0, 1_000, -1_000])
def test_what_nobody_writes_to_is_taken(desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch, ago: int) -> None:
    """Fails when a file just put down, an old one, or one of a time to come is refused, or any but the first is waited for."""
    waited: list[float] = []
    monkeypatch.setattr(at_rest.time, "sleep", waited.append)
    put(inbox / "61.05", "a.csv", CSV, at=int(time.time()) - ago)
    assert fetched(desk) == [("a.csv", "new")]
    assert len(waited) == (ago == 0)


def test_a_copy_that_gets_its_name_when_it_is_whole_is_left_for_the_next_time(
    desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when the name under which a program copies is missed as a failure of ours."""
    path = put(inbox / "61.05", "a.csv.part", CSV, at=int(time.time()))
    monkeypatch.setattr(at_rest.time, "sleep", lambda _: path.rename(path.with_suffix("")))
    with pytest.raises(StillBeingWritten, match="a.csv.part"):
        fetched(desk)
    monkeypatch.setattr(at_rest.time, "sleep", lambda _: None)
    assert fetched(desk) == [("a.csv", "new")]


def test_the_cap_holds_for_deliveries(desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when an inbox can fill the disk of the archive."""
    monkeypatch.setenv("SATUDATA_MAX_BYTES", "10")
    put(inbox / "61.05", "a.csv", CSV)
    with pytest.raises(TooLarge):
        fetched(desk)


def test_the_bytes_of_another_dataset(site: Site, desk: Desk) -> None:
    """Fails when the second table of a workbook costs a second request, or is unchanged though this dataset never saw it."""
    shared = desk.fetch({"kind": "file", "url": site.url("/tagged")})
    asked: list[tuple[object, ...]] = []

    def last(*request: object) -> list[object]:
        asked.append(request)
        return shared

    desk.previous.clear()
    source = {"kind": "file", "same_as": "x.lain"}
    first, again = desk.fetch(source, same_as=last)[0], desk.fetch(source, same_as=last)[0]
    assert (first.sha256, first.url, first.ended_at) == (shared[0].sha256, shared[0].url, shared[0].ended_at)
    assert [first.outcome, again.outcome] == ["new", "unchanged"]
    assert asked == [("x.lain", "", {})] * 2
    assert site.paths() == ["/tagged"]


def test_nothing_fetched_yet_is_said(desk: Desk) -> None:
    """Fails when a dataset that rests on another's bytes ends in a stack trace on the first day."""
    with pytest.raises(NotFetchedYet, match=r"x\.lain"):
        desk.fetch({"kind": "file", "same_as": "x.lain"})


def test_without_publishers_nobody_is_sent_to_a_folder_of_one(desk: Desk, inbox: Path) -> None:
    """What the message says to do is what works: the file moved there is taken."""
    put(inbox / "35.71", "a.csv", b"1")
    with pytest.raises(UnknownInboxFile) as refused:
        desk.fetch({"kind": "inbox"})
    assert f"Pindahkan berkasnya langsung ke {inbox}." in refused.value.message
    assert "penerbit>" not in refused.value.message
    (inbox / "35.71" / "a.csv").rename(inbox / "a.csv")
    (inbox / "35.71").rmdir()
    assert [(one.file_name, one.outcome) for one in desk.fetch({"kind": "inbox"})] == [("a.csv", "new")]
