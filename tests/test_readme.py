"""Prevents a README whose commands do not run: every `satudata` line of it is run here, in its order, as a newcomer would."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from samples.city import serve

REPO = Path(__file__).parents[1]
README = (REPO / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("satudata ")]
MADE = [line.split()[1] for block in BLOCKS for line in block.splitlines() if line.startswith("make ")]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A home of its own, the sample city beside it."""
    tmp = tmp_path_factory.mktemp("readme")
    tmp.chmod(0o755)
    server = serve(tmp / "city")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SATUDATA_")}
    yield kept | {
        "SATUDATA_HOME": str(tmp / "home"), "SATUDATA_HOST_DELAY": "0", "SATUDATA_HARI_INI": "2026-06-03",
        "KOTA_CONTOH": f"http://127.0.0.1:{server.server_port}", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }  # fmt: skip
    server.shutdown()
    subprocess.run([sys.executable, "-m", "satudata", "down"], cwd=REPO, env=kept | {"SATUDATA_HOME": str(tmp / "home")}, check=False)


def test_every_command_runs(environment):
    """In the README's order, because a newcomer types them so."""
    assert len(COMMANDS) >= 8
    for line in COMMANDS:
        words = shlex.split(line, comments=True)
        done = subprocess.run([sys.executable, "-m", *words], cwd=REPO, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def test_the_sites_of_the_city_can_be_served_again(environment, tmp_path):
    """After the demo they are gone, and every contract of the city with them."""
    serving, named = [
        line for block in BLOCKS for line in block.splitlines() if "samples.city" in line or line.startswith("export KOTA_CONTOH")
    ]
    asking = "import os, urllib.request as u; print(u.urlopen(os.environ['KOTA_CONTOH'] + '/blitar/dinsos/ppks-riwayat').status)"
    script = f"""set -m; {serving}
        for _ in $(seq 100); do [ -s .satudata/city/address ] && break; sleep 0.1; done
        {named}
        for _ in $(seq 50); do python -c "{asking}" 2>errors && break; sleep 0.1; done
        kill %1"""
    env = environment | {"PYTHONPATH": str(REPO), "SATUDATA_SOURCES": str(REPO / "sources")}
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.stdout.strip() == "200", done.stderr


def test_make_targets_exist_and_ci_runs_them():
    """`make demo` and `make test` must be what the Makefile and the pipeline know."""
    makefile, pipeline = (REPO / "Makefile").read_text(), (REPO / ".ci" / "run").read_text()
    assert {"demo", "test"} <= set(MADE)
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in MADE)
    assert "make test" in pipeline


def test_the_contract_of_the_readme_is_a_contract(tmp_path, monkeypatch):
    """The screen that shows how to add a source must itself pass the check."""
    from satudata.source_check import check_sources

    (text,) = re.findall(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    path = tmp_path / "harga_pasar.yml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("SATUDATA_SOURCES", str(REPO / "sources"))
    assert check_sources([path]).lines() == ["1 kontrak diperiksa: tidak ada kesalahan."]


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README))
def test_links_lead_somewhere(target):
    """A dead link is where a newcomer stops."""
    assert (REPO / target).exists()
