"""The pages of the models: every published table and what it is made of, one file that any browser opens without a network (dbt docs)."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from contracts.errors import BuildFailed
from contracts.settings import settings
from satudata.conform.build import run_dbt
from satudata.conform.inputs import model_digest
from satudata.finding_report.files import written_whole

PAGE, STAMP = "index.html", "versi"


def build_model_docs(out: Path, last_release: int) -> Path:
    """Write the pages to `out` where the models, or the tables they made, are others than those that are there; returns the page to open.

    Raises: `BuildFailed` when dbt cannot write them; the old ones stand.
    """
    stamp = hashlib.sha256(f"{model_digest()} {last_release}".encode()).hexdigest()
    page, written = out / PAGE, out / STAMP
    if page.is_file() and written.is_file() and written.read_text() == stamp:
        return page
    target = settings().home / "dbt" / "docs"
    code, tail = run_dbt(["docs", "generate", "--static"], target)
    if code:
        raise BuildFailed(("dbt docs",), tail)
    out.mkdir(parents=True, exist_ok=True)
    with written_whole(page) as beside:
        shutil.copy(target / "static_index.html", beside)
    with written_whole(written) as beside:
        beside.write_text(stamp)
    return page
