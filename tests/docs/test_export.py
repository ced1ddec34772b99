"""Prevents an export of the sample city that carries nothing: whoever tries the README's example would not see what e-Walidata is sent."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from satudata.cli import satudata
from tests.docs.conftest import REPO, Kota

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]  # the first test waits for two days of the city


@pytest.mark.parametrize(("pemda", "kode", "data"), [("61.05", "5.01.990002", "7.44"), ("61.12", "5.01.990001", "72.33")])
def test_the_sample_city_sends_its_figures_to_ewalidata(
    kota: Kota, monkeypatch: pytest.MonkeyPatch, pemda: str, kode: str, data: str
) -> None:
    """Of both kinds of pemda-wide figures, exactly what a delivery holds."""
    monkeypatch.setenv("SATUDATA_DATABASE", kota.database.name)
    done = CliRunner().invoke(satudata, ["export", "ewalidata", "--pemda", pemda, "--tahun", "2025"])
    assert json.loads(done.stdout) == {"data": [{"kodeindikator": kode, "kodepemda": pemda, "tahun": "2025", "data": data}]}
    assert "belum punya kode DSSD" not in done.stderr


def test_the_readme_asks_for_a_pemda_that_sends_something(kota: Kota, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newcomer types what stands there."""
    monkeypatch.setenv("SATUDATA_DATABASE", kota.database.name)
    (words,) = re.findall(r"`satudata (export ewalidata [^`]+)`", (REPO / "README.md").read_text())
    assert json.loads(CliRunner().invoke(satudata, words.split()).stdout)["data"]
