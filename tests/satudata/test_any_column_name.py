"""Prevents a name that a contract gives to a column from being taken for one that our SQL gives to something: no release came out any more.

Every word behind an `as`, and every short name of a relation, is the name of a column here; there are hundreds, so a wide table is tried as well.
"""

from __future__ import annotations

import re
import shutil
import string
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from contracts.rules.column_names import RESERVED
from satudata.releases.rollback import rollback
from satudata.run import run
from satudata.transform import transform
from tests.conftest import Database

REPO = Path(__file__).parents[2]
GIVEN = re.compile(
    r"\bas (?:materialized )?\(?([a-z][a-z_0-9]*)|\) ([a-z][a-z0-9_]{0,8})\b|(?:join|from|update|into) [a-z._{}]+ ([a-z][a-z_0-9]*)"
)
FOLDERS = ("expectations", "warehouse", "satudata", "dbt_project/macros", "dbt_project/models")
KEY = ("nama", "b", "k", "m", "r", "s", "t", "x", "lama")
DAY = date(2026, 6, 1)
CONTRACT = """
title: Nama kolom
source: {{kind: inbox}}
columns:
  nama: {{type: text, required: true}}
{columns}
write: snapshot
key: [{key}]
checks:
  - {{rule: outlier, column: nilai}}
  - {{rule: change_within, column: angka, percent: 500}}
  - {{rule: junk, columns: [nama, nilai]}}
"""


def words_of_ours() -> list[str]:
    """What our SQL names, as far as a contract may say it too."""
    files = [path for folder in FOLDERS for kind in ("py", "sql") for path in (REPO / folder).rglob(f"*.{kind}")]
    found = {word for path in files for match in GIVEN.findall(path.read_text()) for word in match if word}
    return sorted({*string.ascii_lowercase, *found} - RESERVED - {"nama"})


def delivery(words: Iterable[str], rows: Iterable[int], changed: int = 0) -> str:
    """A row for each number; `changed`: by how much the figures of row 3 differ from those of the first file."""
    names = list(words)
    lines = [",".join(["nama", *names])]
    for row in rows:
        figures = (row if name in KEY else 1000 + row * 7 + place + (changed if row == 3 else 0) for place, name in enumerate(names))
        lines.append(",".join([f"orang {row}", *map(str, figures)]))
    return "\n".join(lines) + "\n"


@pytest.fixture
def inbox(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    agency = tmp_path / "sources" / "uji" / "dinas"
    agency.mkdir(parents=True)
    columns = "\n".join(f'  "{word}": {{type: integer}}' for word in words_of_ours())
    (agency / "nama.yml").write_text(CONTRACT.format(columns=columns, key=", ".join(KEY)))
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    monkeypatch.setenv("SATUDATA_INBOX", str(tmp_path / "inbox"))
    folder = tmp_path / "inbox" / "uji.dinas.nama"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.slow  # hundreds of columns, each judged by several rules
def test_a_column_may_be_called_what_our_own_sql_calls_something(inbox: Path, database: Database) -> None:
    """A first delivery, one with a change and a row set aside (it may be the one that is gone, so none ends), the way back: judged, published, told."""
    words = words_of_ours()
    assert len(words) > 300, "the pattern finds our names no longer"
    told = []
    for number, text in enumerate(
        [delivery(words, range(40)), delivery(words, range(39), 1) + "salah" + ",abc" * len(words) + "\n"], start=1
    ):
        (inbox / f"{number}.csv").write_text(text)
        (outcome,) = run(["uji.dinas.nama"])
        told.append((outcome.state, outcome.batches[-1]["quarantined"], transform(DAY)["changes"]["data_uji_dinas_nama"]))
    rollback(1, "Walidata", "kembali")
    first, second = ({"added": 40, "changed": 0, "removed": 0, "rows": 40}, {"added": 0, "changed": 1, "removed": 0, "rows": 40})
    assert told == [("accepted", 0, first), ("accepted", 1, second)]
    with database.connect("bi_reader") as reader:
        assert reader.execute("select count(*), max(angka) filter (where nama = 'orang 3') from mart.data_uji_dinas_nama").fetchone() == (
            40,
            1021 + words.index("angka"),
        )
