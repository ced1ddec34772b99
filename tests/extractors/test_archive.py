"""An archive that shows half an object, or believes one, would let every rebuild repeat the damage."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import fsspec
import pytest

from contracts.errors import ArchiveDamaged, TooLarge, WrongSetting
from extractors import spool as spooling
from extractors.archive import Archive, address, record_path

CONTENT = b"kode;nilai\n61.05;12\n" * 5_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
MOST = 1 << 40


def parts(content: bytes = CONTENT, size: int = 1000) -> Iterator[bytes]:
    """The content as it arrives."""
    for start in range(0, len(content), size):
        yield content[start : start + size]


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """moto's S3 server on the loopback; the url of a bucket in it."""
    from moto.server import ThreadedMotoServer

    with pytest.MonkeyPatch.context() as patch:
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        _, port = server.get_host_and_port()
        for name, value in {
            "AWS_ACCESS_KEY_ID": "uji",
            "AWS_SECRET_ACCESS_KEY": "uji",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "NO_PROXY": "127.0.0.1",
        }.items():
            patch.setenv(name, value)
        fsspec.filesystem("s3").mkdir("arsip-uji")
        yield "s3://arsip-uji/satudata"
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        server.stop()


@pytest.fixture(params=["folder", "s3"])
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An empty archive of each kind."""
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path / "home"))
    if request.param == "folder":
        return Archive((tmp_path / "arsip").as_uri())
    return Archive(f"{request.getfixturevalue('s3')}/{tmp_path.name}")


def test_content_comes_back_byte_for_byte(archive: Archive) -> None:
    """Fails when the address is not the hash of the bytes, or a chunk is lost."""
    stored = archive.put(parts(), MOST)
    assert (stored.sha256, stored.bytes, archive.size(SHA256)) == (SHA256, len(CONTENT), len(CONTENT))
    with archive.open(SHA256) as stream:
        stream.seek(11)
        assert stream.read(5) == b"61.05"
    with archive.local(SHA256, len(CONTENT)) as path:
        assert path.read_bytes() == CONTENT


def test_identical_content_is_written_once(tmp_path: Path) -> None:
    """Fails when an unchanged source fills the disk anew every day."""
    archive = Archive((tmp_path / "arsip").as_uri())
    archive.put(parts(), MOST)
    before = (tmp_path / "arsip" / address(SHA256)).stat()
    archive.put(parts(size=77), MOST)
    after = (tmp_path / "arsip" / address(SHA256)).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert [path for path in (tmp_path / "arsip").rglob("*") if path.is_file()] == [tmp_path / "arsip" / address(SHA256)]


@pytest.mark.parametrize("most", [0, 1, len(CONTENT) - 1])
def test_nothing_is_kept_of_what_is_too_large(archive: Archive, most: int) -> None:
    """Fails when a cap leaves a truncated object, or its temporary file, behind."""
    with pytest.raises(TooLarge):
        archive.put(parts(), most, "http://opd.test/x.csv")
    assert archive.size(SHA256) is None


def test_a_stream_that_breaks_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    """Fails when the bytes before a broken connection are taken for the file."""

    def breaking() -> Iterator[bytes]:
        yield CONTENT[:1000]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        archive.put(breaking(), MOST)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("url", ["klingon://x/y", "tanpa_protokol://"])
def test_an_address_of_no_known_kind_is_a_wrong_setting(url: str) -> None:
    """Not a fault of the program: the sentence names the setting and what would be right."""
    with pytest.raises(WrongSetting, match="SATUDATA_ARCHIVE_URL"):
        Archive(url)


def test_an_archive_that_ends_with_the_process_is_refused() -> None:
    """A run said that its files were kept, and they were gone with it."""
    with pytest.raises(WrongSetting, match="SATUDATA_ARCHIVE_URL=memory://arsip.*hilang begitu prosesnya selesai"):
        Archive("memory://arsip")


def test_missing_and_truncated_objects_are_named(archive: Archive) -> None:
    """Fails when a load parses half a file, or dies with a stack trace, because the archive lost something."""
    with pytest.raises(ArchiveDamaged, match="tidak ada lagi"), archive.local(SHA256):
        pass
    with pytest.raises(ArchiveDamaged):
        archive.open(SHA256)
    archive.put(parts(), MOST)
    with pytest.raises(ArchiveDamaged, match="seharusnya 7"), archive.local(SHA256, 7):
        pass


def test_a_truncated_object_is_replaced_by_the_next_whole_one(tmp_path: Path) -> None:
    """Fails when an object cut by a power failure is believed for ever because its name stands there."""
    archive = Archive((tmp_path / "arsip").as_uri())
    archive.put(parts(), MOST)
    (tmp_path / "arsip" / address(SHA256)).write_bytes(CONTENT[:10])
    archive.put(parts(), MOST)
    assert (tmp_path / "arsip" / address(SHA256)).read_bytes() == CONTENT


def test_a_flipped_bit_is_never_read_as_data_and_heals_at_the_next_fetch(tmp_path: Path) -> None:
    """One bit of a price, changed by a disk, became a figure of its own: the size is the same."""
    archive = Archive(tmp_path.as_uri())
    stored = archive.put([b"harga;13500"], 1_000)
    (kept,) = tmp_path.glob("sha256/*/*")
    kept.write_bytes(b"harga;13501")
    with pytest.raises(ArchiveDamaged, match="berubah"), archive.local(stored.sha256, stored.bytes):
        pass
    archive.put([b"harga;13500"], 1_000)
    with archive.local(stored.sha256, stored.bytes) as path:
        assert path.read_bytes() == b"harga;13500"


def test_a_copy_that_changed_in_the_object_store_is_not_handed_out(s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when bytes of the right length but other content are parsed."""
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path))
    archive = Archive(f"{s3}/rusak")
    archive.put(parts(), MOST)
    fsspec.filesystem("s3").pipe_file(f"{s3}/rusak/{address(SHA256)}", b"x" * len(CONTENT))
    with pytest.raises(ArchiveDamaged, match="berubah"), archive.local(SHA256, len(CONTENT)):
        pass


def test_records_are_whole_and_in_their_day(archive: Archive, tmp_path: Path) -> None:
    """Fails when a record cannot be found by its date and number, or a second writing mixes with the first."""
    path = record_path("fetch", date(2025, 1, 31), 17)
    archive.put_json(path, {"dataset": "x", "alasan": "panjang" * 100})
    archive.put_json(path, {"dataset": "x", "tanggal": date(2025, 1, 31), "nama": "Sei’"})
    assert path == "fetch/2025/01/31/17.json"
    assert json.loads(archive._place.open(path).read()) == {"dataset": "x", "tanggal": "2025-01-31", "nama": "Sei’"}


KILLED = """
    import os, signal, sys
    from extractors import archive, archive_place, spool

    ours = {module.__file__ for module in (archive, archive_place, spool)}

    def killer(stop_at):
        seen = 0
        def trace(frame, event, arg):
            nonlocal seen
            if frame.f_code.co_filename not in ours:
                return None
            seen += event == "line"
            if seen == stop_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace
        return trace

    status, line = signal.SIGKILL, 0
    while status == signal.SIGKILL:
        line += 1
        child = os.fork()
        if not child:
            store = archive.Archive(f"file://{sys.argv[1]}/{line}")
            sys.settrace(killer(line))
            store.put(iter([b"abc" * 1000, b"def" * 1000]), 1 << 40)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
    assert status == 0
"""


def test_a_kill_after_any_line_leaves_the_object_whole_or_absent(tmp_path: Path) -> None:
    """Fails when there is a moment at which a killed process leaves an object that is not its content."""
    content = b"abc" * 1000 + b"def" * 1000
    sha256 = hashlib.sha256(content).hexdigest()
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)], env=os.environ | {"SATUDATA_HOME": str(tmp_path)}, check=True
    )
    roots = sorted(tmp_path.iterdir())
    shown = [root / address(sha256) for root in roots if (root / address(sha256)).exists()]
    assert 0 < len(shown) < len(roots)
    assert len(roots) > 30
    assert all(path.read_bytes() == content for path in shown)
    for root in roots:
        Archive(root.as_uri()).put(iter([content]), MOST)
        assert (root / address(sha256)).read_bytes() == content


def test_what_killed_processes_left_is_swept_but_not_what_is_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when abandoned temporary files fill the disk, or a file still being written is taken away."""
    spool = tmp_path / "spool"
    spool.mkdir()
    abandoned, young = spool / f"{spooling.PREFIX}lama", spool / f"{spooling.PREFIX}baru"
    abandoned.touch()
    os.utime(abandoned, (1, 1))
    young.touch()
    with spooling.spooled(iter([b"x"]), spool, MOST) as writing:
        os.utime(writing.path, (1, 1))
        spooling.sweep(spool)
        assert sorted(path.name for path in spool.iterdir()) == sorted([young.name, writing.path.name])
