"""Prevents an archive that has lost something from giving a warehouse that looks whole, and from giving none at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contracts.errors import WrongUsage
from contracts.sealed import sealed, unsealed
from extractors.archive import address
from satudata.commands.rebuild import rebuild_command
from satudata.rebuild.run import rebuild
from tests.rebuild.conftest import New, Old
from tests.rebuild.equal import differences
from tests.rebuild.history import ISI, TITIK

SOUTH = b"nama;isi\na;1\nb;2\n"


def kept_differences(old: Old, new: New) -> set[str]:
    """The tables that differ, but for what the lost publisher itself would have there."""
    return {line.split(":")[0] for line in differences(old.database.url("owner"), new.database.url("owner")) if TITIK not in line}


def records(new: New, kind: str, dataset: str) -> list[Path]:
    found = [(json.loads(path.read_text()), path) for path in new.files("journal/**/*.json")]
    return [
        path
        for record, path in sorted(found, key=lambda one: one[0]["journal_id"])
        if (record["kind"], record["dataset"]) == (kind, dataset)
    ]


@pytest.mark.parametrize("how", ["gone", "flipped", "truncated"])
def test_a_lost_file_stops_its_publishers_alone_and_is_named(old: Old, new: New, how: str):
    blob = new.archive / address(hashlib.sha256(SOUTH).hexdigest())
    {"gone": blob.unlink, "flipped": lambda: blob.write_bytes(SOUTH.replace(b"1", b"3")), "truncated": lambda: blob.write_bytes(SOUTH[:5])}[
        how
    ]()
    problems = [problem.message for problem in rebuild().problems]
    assert len(problems) == 2  # both publishers sent the same
    assert all(problem.startswith(f"{TITIK} ") and blob.name in problem for problem in problems)
    assert kept_differences(old, new) <= {"raw.uji__dinas__titik", "ops.journal", "ops.batch_fetch", "ops.review"}
    with new.database.connect("owner") as conn:
        assert conn.execute("select count(*) from ops.batch where dataset = %s", [TITIK]).fetchone() == (0,)
        assert conn.execute("select array_length(problems, 1), ended_at is not null from ops.rebuild").fetchone() == (2, True)


@pytest.mark.parametrize("how", ["gone", "flipped"])
def test_a_lost_record_stops_its_publisher_there(old: Old, new: New, how: str):
    """The figures up to it stand; what came later rests on it and is not guessed."""
    third = records(new, "batch", ISI)[2]
    if how == "gone":
        third.unlink()
    else:
        third.write_text(third.read_text().replace('"accepted": ', '"accepted": 1'))
    done = rebuild()
    assert [ISI in problem.message and third.stem in problem.message for problem in done.problems] == [True]
    with new.database.connect("owner") as conn:
        assert conn.execute("select count(*), count(*) filter (where dataset = %s) from ops.batch", [ISI]).fetchone() == (9, 3)
        assert conn.execute("select count(*) from ops.waiver").fetchone() == (1,)  # its own publisher: none in particular


def test_a_lost_fetch_record_is_named_and_stops_its_publisher(old: Old, new: New):
    first = next(path for path in new.files("fetch/**/*.json") if "isi.csv" in path.read_text())
    first.write_text(first.read_text().replace("isi.csv", "isi.CSV"))
    dataset = json.loads(first.read_text())["dataset"]
    messages = [problem.message for problem in rebuild().problems]
    assert first.name in messages[0]
    assert messages[1].startswith(dataset)
    assert "catatan pengambilan" in messages[1]


def test_a_kind_of_a_later_version_is_named(new: New):
    """An older program must not pass over what it does not understand."""
    path = records(new, "waiver.add", ISI)[0]
    record = unsealed(path.read_bytes()) | {"kind": "waiver.masa_depan"}
    path.write_text(json.dumps(sealed(record)))
    assert any("`waiver.masa_depan` tidak dikenal" in problem.message for problem in rebuild().problems)


def test_an_archive_without_a_journal_is_another_one(new: New, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A mistyped address must not end in an empty warehouse that is said to be whole."""
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "lain").as_uri())
    said = CliRunner().invoke(rebuild_command)
    assert (said.exit_code, isinstance(said.exception, WrongUsage)) == (1, True)
    assert "SATUDATA_ARCHIVE_URL" in str(said.exception)
    with new.database.connect("owner") as conn:
        assert conn.execute("select count(*) from ops.rebuild").fetchone() == (0,)


def test_the_command_says_it_all_and_ends_with_1(old: Old, new: New):
    (new.archive / address(hashlib.sha256(SOUTH).hexdigest())).unlink()
    said = CliRunner().invoke(rebuild_command, ["--json"])
    assert said.exit_code == 1, said.output
    assert {problem["class"] for problem in json.loads(said.stdout)["problems"]} == {"NotRebuilt"}
