"""Prevents that somebody who has typed `make up` takes the figures of the sample city for those of his own pemda."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from satudata.cli import satudata
from satudata.stack import life
from satudata.stack.secrets import AirflowSecrets, airflow_secrets
from satudata.stack.whose import whose
from tests.sources_tree import PLAIN, write_tree

PEMDA = 'kode: "35.71"\nnama: Kota Kediri\n'
OF_CITY = PLAIN.replace("data.csv", "${KOTA_CONTOH}/data.csv")


@pytest.mark.parametrize(
    ("contract", "named", "said"),
    [
        (OF_CITY, None, "Yang berjalan: kota contoh (situs dan angkanya rekaan), kontrak di {} (Kota Kediri, rusak). Untuk data sendiri: "),
        (OF_CITY, "http://kota.test", "Yang berjalan: kontrak di {} (Kota Kediri, rusak)."),
        (PLAIN, None, "Yang berjalan: kontrak di {} (Kota Kediri, rusak)."),
    ],
)
def test_up_says_whose_data_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contract: str, named: str | None, said: str) -> None:
    files = {"kediri/pemda.yml": PEMDA, "kediri/dinkes/satu.yml": contract, "rusak/pemda.yml": "nama: [\n", "concepts/x.yml": ""}
    root = write_tree(tmp_path / "sources", files)
    monkeypatch.setenv("SATUDATA_SOURCES", str(root))
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KOTA_CONTOH", named) if named else monkeypatch.delenv("KOTA_CONTOH", raising=False)
    monkeypatch.setattr(life, "up", started)
    line = CliRunner().invoke(satudata, ["up"], catch_exceptions=False).output.splitlines()[0]
    assert line.startswith(said.format(root))
    assert ("SATUDATA_SOURCES=" in line) == ("kota contoh" in said)


def started(told: object) -> AirflowSecrets:  # noqa: ARG001 - as `life.up` is called
    """The stack, without its minute of start."""
    from contracts.settings import settings

    return airflow_secrets(settings().secrets)


def test_a_folder_without_a_pemda_is_said_to_have_none(tmp_path: Path) -> None:
    assert whose(tmp_path) == f"Yang berjalan: kontrak di {tmp_path} (belum ada pemda.yml)."
