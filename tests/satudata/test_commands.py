"""Prevents a command that answers a wrong setting, a full disk or a published text with a fault of the program, or keeps to itself what it did."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from contracts.errors import WrongSetting
from contracts.references import SHIPPED
from contracts.settings import settings
from satudata import cli
from satudata.commands import release
from satudata.commands.source import source
from satudata.commands.source_try import _show as show_trial
from satudata.local_time import local
from satudata.source_try import TryResult
from tests.sources_tree import PLAIN, write_tree


@pytest.mark.parametrize(
    ("name", "value"),
    [("SATUDATA_ZONE", "Mars/Phobos"), ("SATUDATA_ZONE", "../../etc/passwd"), ("SATUDATA_MAX_BYTES", "-1"), ("SATUDATA_CHUNK_ROWS", "0"),
     ("SATUDATA_TIMEOUT", "nan"), ("SATUDATA_TIMEOUT", "inf"), ("SATUDATA_TOTAL_TIMEOUT", "-1"), ("SATUDATA_HOST_DELAY", "-0.5"),
     ("SATUDATA_MAX_COLUMNS", "1.5")],
)  # fmt: skip
def test_a_setting_that_no_run_could_keep_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=name):
        settings()


def ended(error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and words of a command in which this happens."""

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli.satudata, "main", fail)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return int(str(caught.value.code)), capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOTDIR])
def test_a_disk_that_refuses_is_a_sentence(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where not even the trace can be written: the home is no folder."""
    home = tmp_path / "berkas"
    home.write_text("")
    monkeypatch.setenv("SATUDATA_HOME", str(home))
    monkeypatch.setattr(cli, "gettempdir", lambda: str(home))
    code, words = ended(OSError(number, "ditolak", str(home / "spool")), monkeypatch, capsys)
    assert (code, words.count("\n")) == (3, 1)
    assert words.startswith(f"Tidak dapat memakai {home / 'spool'} (ditolak).")
    assert "Traceback" not in words


def test_an_interrupted_command_says_what_stands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, words = ended(click.Abort(), monkeypatch, capsys)
    assert (code, words) == (130, "Dihentikan. Yang sudah selesai tetap tersimpan; jalankan lagi untuk meneruskan.\n")


def test_a_command_that_is_ended_from_outside_clears_up_behind_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A time limit of systemd or a pipeline left Airflow running and staging tables behind."""
    cleared = []

    def command(**_: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        finally:
            cleared.append("ya")

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(cli.satudata, "main", command)
    try:
        with pytest.raises(SystemExit) as caught:
            cli.main()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (caught.value.code, cleared) == (143, ["ya"])
    assert "jalankan lagi" in capsys.readouterr().err


def test_brackets_in_a_title_or_a_cell_are_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`[/x]` is an instruction to the library that draws the tables; in a file it is what somebody typed."""
    root = write_tree(tmp_path / "sources", {"kediri/dinkes/satu.yml": PLAIN.replace("Contoh", '"Data [bold]x[/y]"')})
    for part in ("concepts", "references"):
        shutil.copytree(SHIPPED / part, root / part)
    monkeypatch.setenv("SATUDATA_SOURCES", str(root))
    listed = CliRunner().invoke(source, ["list"])
    assert "Data [bold]x[/y]" in listed.output, listed.exception
    from rich.console import Console

    show_trial(
        TryResult("a.b.c", "", {}, state="accepted", staged=12, rows=[{"_lokasi": "baris 1", "nama": "[/x] toko"}]), Console(width=100)
    )
    told = capsys.readouterr().out
    assert "[/x] toko" in told
    assert "a.b.c: akan diterima" in told
    assert "contoh: 1 dari 12 baris" in told


def test_a_release_says_what_changed_and_what_was_kept_back(capsys: pytest.CaptureFixture[str]) -> None:
    """A release of nothing, and one that left a dataset out, looked alike."""
    change = {"added": 3, "changed": 0, "removed": 1, "rows": 9}
    release._show({"release_id": 4, "changes": {"data_a": change, "data_b": dict.fromkeys(change, 0)}, "kept_back": ["a.b.c"]})
    told = capsys.readouterr().out
    assert told.splitlines()[:2] == ["Rilis 4 terbit:", "  mart.data_a: 9 baris (+3 ~0 -1)"]
    assert "a.b.c" in told
    assert "data_b" not in told
    release._show({"release_id": 5, "changes": {"data_b": dict.fromkeys(change, 0)}, "kept_back": []})
    assert capsys.readouterr().out == "Rilis 5 terbit; tidak ada angka yang berubah.\n"


def test_people_read_the_time_of_their_own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_ZONE", "Asia/Makassar")
    assert local("2026-06-01T23:30:00+00:00") == "2026-06-02 07:30 WITA"
    assert local(None) == "-"
