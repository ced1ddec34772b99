"""Prevents a key that somebody forgot from ending as a fault of the program."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from contracts.errors import ArchiveUnreachable
from extractors.archive import Archive
from tests.extractors.test_archive import MOST, SHA256, parts


@pytest.fixture
def without_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which nobody has left credentials of S3."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "tidak_ada"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path / "home"))
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    yield
    fsspec.get_filesystem_class("s3").clear_instance_cache()


@pytest.mark.usefixtures("without_keys")
@pytest.mark.parametrize(
    "act",
    [
        lambda archive: archive.put(parts(), MOST),
        lambda archive: archive.size(SHA256),
        lambda archive: archive.open(SHA256),
        lambda archive: archive.put_json("journal/x.json", {}),
    ],
    ids=["put", "size", "open", "put_json"],
)
def test_an_object_store_that_lets_nobody_in_is_a_failure_with_a_name(act: Callable[[Archive], object]) -> None:
    """Fails when a forgotten key ends as a fault of the program."""
    with pytest.raises(ArchiveUnreachable, match="AWS_ACCESS_KEY_ID") as caught:
        act(Archive("s3://arsip-uji/satudata"))
    assert caught.value.exit_code == 3
    assert "s3://arsip-uji/satudata" in caught.value.message
