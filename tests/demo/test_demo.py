"""Prevents a demo that says yes to anything: each of three small lies about the city must be seen, and a second run must change nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", ".satudata", "build", "__pycache__", "results", "target")


def play(repo: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`satudata demo` of a copy of the repository, in a home of its own, and everything stopped behind it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SATUDATA_")}
    environment = kept | {"SATUDATA_HOME": str(home), "PYTHONPATH": str(repo)}
    try:
        return subprocess.run(
            [sys.executable, "-m", "satudata", "demo", *arguments], cwd=repo, env=environment, capture_output=True, text=True
        )
    finally:
        subprocess.run([sys.executable, "-m", "satudata", "down"], cwd=repo, env=environment, capture_output=True, check=False)


def told(repo: Path, home: Path) -> dict:
    environment = os.environ | {"SATUDATA_HOME": str(home), "PYTHONPATH": str(repo)}
    done = subprocess.run([sys.executable, "-m", "satudata", "status", "--json"], cwd=repo, env=environment, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.fixture
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kota")
    folder.chmod(0o755)
    yield folder
    subprocess.run([sys.executable, "-m", "satudata", "down"], cwd=REPO, env=os.environ | {"SATUDATA_HOME": str(folder)}, check=False)


@pytest.fixture
def copy(tmp_path_factory) -> Path:
    """A copy of the repository to lie in."""
    folder = tmp_path_factory.mktemp("salinan") / "repo"
    shutil.copytree(REPO, folder, ignore=LEFT_OUT)
    return folder


def test_two_days_and_the_second_once_more(home):
    """What is unchanged stays unchanged, what is down stays down, nothing new is published."""
    first = play(REPO, home)
    assert first.returncode == 0, first.stdout[-4000:] + first.stderr[-2000:]
    before = told(REPO, home)
    again = play(REPO, home)
    assert again.returncode == 0, again.stdout[-4000:] + again.stderr[-2000:]
    after = told(REPO, home)
    assert after["release"] == before["release"]
    assert after["marts"] == before["marts"]


LIES = {
    "one byte of a site": ("samples/sites/blitar/dinsos.py", '"fd", "-3"', '"fd", "43"'),
    "one expected number": (
        "samples/expected.yml",
        "read: 84, fetched: 84, accepted: 84, waiting: 1}",
        "read: 84, fetched: 84, accepted: 83, waiting: 1}",
    ),
    "one rule": ("sources/sintang/disdagin/harga_sembako.yml", "range: [1000, 1000000]", "range: [10, 1000000]"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_seen(copy, home, lie):
    """A demo that cannot fail proves nothing."""
    file, old, new = LIES[lie]
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = play(copy, home, "--until", "1")
    assert done.returncode == 1, done.stdout[-4000:] + done.stderr[-2000:]
    assert "seharusnya" in done.stdout
