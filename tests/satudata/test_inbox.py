"""Prevents a correction from being taken for a file seen before: what was put down last is what counts."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from satudata.extract import extract
from satudata.load import load
from satudata.run import run
from tests.servers.file_site import FileSite

REPO = Path(__file__).parents[2]
CONTRACT = """
title: Uji kotak masuk
for_each: ["a1"]
source: {kind: inbox}
columns: {kode: {from: kode, type: text}, n: {from: n, type: integer}}
period: {value: "2025", grain: tahun}
write: replace_period
key: [kode]
"""


@dataclass
class Inbox:
    """One dataset whose publisher `a1` puts files down."""

    database: object
    contract: Path
    folder: Path

    def put(self, name: str, value: int, at: int) -> None:
        """A file with one figure, put down at a time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(f"kode,n\nx,{value}\n")
        os.utime(self.folder / name, (1_700_000_000 + at, 1_700_000_000 + at))

    def run(self) -> tuple[str, list[int]]:
        """What a run says, and the figures that stand after it."""
        (outcome,) = run(["uji.dinas.form"])
        with self.database.connect() as conn:
            figures = [n for (n,) in conn.execute("select n from raw.uji__dinas__form where _to_batch is null")]
        return outcome.state, figures


@pytest.fixture
def inbox(database, tmp_path, monkeypatch) -> Inbox:
    """A registry of one contract; nothing has been put down yet."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    contract = tmp_path / "sources" / "uji" / "dinas" / "form.yml"
    contract.parent.mkdir(parents=True)
    contract.write_text(CONTRACT)
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    monkeypatch.setenv("SATUDATA_INBOX", str(tmp_path / "inbox"))
    return Inbox(database, contract, tmp_path / "inbox" / "uji.dinas.form" / "a1")


def test_an_empty_inbox_says_where_the_file_goes(inbox):
    """Whoever runs it for the first time has to know; nothing has failed."""
    inbox.folder.mkdir(parents=True)
    (empty,) = run(["uji.dinas.form"])
    assert (empty.state, empty.exit_code) == ("absent", 0)
    assert f"Belum ada berkas di {inbox.folder}." in (empty.message or "")


@pytest.mark.parametrize("names", [("1.csv", "2.csv", "3.csv"), ("data.csv", "data.csv", "data.csv")])
def test_a_return_to_an_earlier_file_counts(inbox, names):
    """1, then 2, then the bytes of 1 again, under a new name or the same: the figure is 1. The same file, seen again, is judged no second time."""
    seen = []
    for at, (name, value) in enumerate(zip(names, (1, 2, 1), strict=True)):
        inbox.put(name, value, at)
        seen += [inbox.run(), inbox.run()]
    unchanged = [("unchanged", [1]), ("unchanged", [2]), ("unchanged", [1])]
    assert seen[1::2] == unchanged
    assert seen[::2] == [("accepted", figures) for _, figures in unchanged]


def test_a_return_whose_run_was_killed_is_judged_by_the_next(inbox):
    """The run that fetched the earlier bytes again died before its verdict: the next one judges them, once."""
    for at, value in enumerate((1, 2)):
        inbox.put("data.csv", value, at)
        inbox.run()
    inbox.put("data.csv", 1, 2)
    extract("uji.dinas.form", "a1")
    assert [inbox.run(), inbox.run()] == [("accepted", [1]), ("unchanged", [1])]


def test_a_copy_of_a_file_does_not_come_after_what_followed_it(inbox):
    """A file lies there twice and a correction after it: a later run must not find the second copy unjudged and undo the correction."""
    inbox.put("1.csv", 1, 0)
    inbox.run()
    inbox.put("salinan.csv", 1, 1)
    inbox.run()
    inbox.put("2.csv", 2, 2)
    assert [inbox.run(), inbox.run()] == [("accepted", [2]), ("unchanged", [2])]


def test_judging_all_again_keeps_the_order_in_which_files_came(inbox):
    """A delivery whose time is older than that of the one before it (cp -p, rsync, unzip) is still the later one after the contract was edited,
    and after it comes what is new by then, whatever its time.
    """
    inbox.put("jan.csv", 1, 100)
    inbox.run()
    inbox.put("feb.csv", 2, 50)
    assert inbox.run() == ("accepted", [2])
    inbox.contract.write_text(CONTRACT.replace("Uji kotak masuk", "Judul lain"))
    assert [inbox.run(), inbox.run()] == [("accepted", [2]), ("unchanged", [2])]
    inbox.contract.write_text(CONTRACT.replace("Uji kotak masuk", "Judul ketiga"))
    inbox.put("mar.csv", 3, 10)
    assert [inbox.run(), inbox.run()] == [("accepted", [3]), ("unchanged", [3])]


def test_a_file_that_was_rewritten_comes_after_what_it_followed(inbox):
    """jan, feb, then jan rewritten with its old time: judged again, it is the last; killed between two of them, the next run ends the same."""
    for at, (name, value) in enumerate((("jan.csv", 1), ("feb.csv", 2))):
        inbox.put(name, value, at)
        inbox.run()
    inbox.put("jan.csv", 3, 0)
    assert inbox.run() == ("accepted", [3])
    inbox.contract.write_text(CONTRACT.replace("Uji kotak masuk", "Judul lain"))
    found = extract("uji.dinas.form", "a1")
    assert len(found["loads"]) == 2
    load(found, found["loads"][0])
    assert [inbox.run(), inbox.run()] == [("accepted", [3]), ("unchanged", [3])]


def test_a_site_that_returns_to_its_earlier_file_counts(inbox, monkeypatch):
    """The same over HTTP, where the server names its versions and answers 304: 1, 2, 1 again is 1, and then unchanged."""
    inbox.contract.write_text(CONTRACT.replace("{kind: inbox}", '{kind: file, url: "${SITUS_UJI}/{penerbit}.csv"}'))
    seen = []
    with closing(FileSite({})) as site:
        monkeypatch.setenv("SITUS_UJI", site.url)
        for value in (1, 2, 1, 1):
            site.files["/a1.csv"] = f"kode,n\nx,{value}\n".encode()
            seen.append(inbox.run())
    assert seen == [("accepted", [1]), ("accepted", [2]), ("accepted", [1]), ("unchanged", [1])]
