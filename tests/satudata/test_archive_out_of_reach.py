"""Prevents a run over a hundred sources from failing a hundred times, each as a fault of the program, because the archive lets nobody in."""

from __future__ import annotations

import os
from typing import Any

import fsspec
import pytest

from satudata import cli
from tests.findings.conftest import GOOD, Source, source  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def without_keys(monkeypatch: pytest.MonkeyPatch) -> Any:
    """S3 is named, and nobody has left credentials of it."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/nonexistent")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    yield
    fsspec.get_filesystem_class("s3").clear_instance_cache()


def test_s3_without_credentials_is_one_sentence_and_exit_code_3(
    source: Source,  # noqa: F811 - the imported fixture
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source.publish(GOOD)
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", "s3://arsip-uji/satudata")
    monkeypatch.setattr("sys.argv", ["satudata", "run", "uji.dinas.isi"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    words = capsys.readouterr().err
    assert (caught.value.code, words.count("\n")) == (3, 1)
    assert words.startswith("Arsip di s3://arsip-uji/satudata tidak dapat dipakai (Unable to locate credentials).")
    assert source.all("select count(*) from ops.batch") == [(0,)]
