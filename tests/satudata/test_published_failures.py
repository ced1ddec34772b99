"""Prevents what went wrong in published figures (thousands lost on the way into a portal, one year's sheet filed as another's, 33 persons to a
family) from going through again: on the file as its agency published it, and on the same rows as its portal showed them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from samples.paper import workbook
from satudata.run import run
from tests.conftest import Database

REPO = Path(__file__).parents[2]
CHECKS = """  - {rule: scale_lost, column: individu}
  - {rule: scale_lost, column: keluarga}
  - {rule: refiled, column: individu}
"""
FIRST, LAST = 5, 25
"""Rows of the sheet with figures; the total follows."""


@pytest.fixture
def sheet(shared: Path) -> list[list[Any]]:
    """The rows of the agency's sheet."""
    book = CalamineWorkbook.from_path(str(shared / "data" / "bandarlampung_dinsos_dtks_2023.xlsx"))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


@pytest.fixture
def deliver(database: Database, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Any]:
    """Hands in a workbook under the contract of that file; what became of it."""
    sources = tmp_path / "sources"
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, sources / part)
    folder = sources / "x" / "dinsos"
    folder.mkdir(parents=True)
    text = (shared / "contracts" / "dinsos.yml").read_text().replace("${DINSOS}/", "")
    (folder / "dtks.yml").write_text(text.rstrip("\n") + "\n" + CHECKS)
    monkeypatch.setenv("SATUDATA_SOURCES", str(sources))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())

    def handed_in(data: bytes) -> Any:
        (folder / "dtks.xlsx").write_bytes(data)
        (outcome,) = run(["x.dinsos.dtks"])
        return outcome

    return handed_in


def again(sheet: list[list[Any]], title: str, figure: Callable[[float], float]) -> bytes:
    """The sheet under another title, its figures changed and added up anew."""
    rows = [[*row] for row in sheet]
    rows[1][0] = title
    for row in rows[FIRST:LAST]:
        row[3:5] = [figure(value) for value in row[3:5]]
    rows[LAST][3:5] = [sum(row[column] for row in rows[FIRST:LAST]) for column in (3, 4)]
    return workbook({"Sheet1": rows})


def broken(database: Database) -> dict[str, int]:
    """Rule -> rows, of the last batch."""
    query = """select rule_id, failed from ops.check_result where outcome not in ('pass', 'skipped') and severity <> 'warn'
               and batch_id = (select max(batch_id) from ops.batch)"""
    with database.connect() as conn:
        return dict(conn.execute(query).fetchall())


@pytest.mark.real_file
def test_catches_what_was_published_wrong(
    database: Database, shared: Path, sheet: list[list[Any]], deliver: Callable[[bytes], Any]
) -> None:
    """First the sheet itself, with its one impossible family size; then its portal's tables."""
    outcome = deliver((shared / "data" / "bandarlampung_dinsos_dtks_2023.xlsx").read_bytes())
    assert (outcome.state, broken(database)) == ("accepted", {"ratio.individu": 1})
    with database.connect() as conn:
        rows = conn.execute("select lokasi, messages from ops.quarantined_row").fetchall()
    assert rows == [("Sheet1 baris 13", ["individu per keluarga adalah 27605 per 839 = 32,90; seharusnya antara 2 dan 6."])]

    lost = again(sheet, "PER 31 MARET 2023", lambda value: value // 1000)
    assert deliver(lost).state == "held"
    caught = broken(database)
    assert {rule: caught[rule] for rule in caught if rule.startswith("scale_lost")} == {
        "scale_lost.individu.sebagian_besar": 19, "scale_lost.keluarga.sebagian_besar": 19,
    }  # fmt: skip
    assert not any(rule.startswith("refiled") for rule in caught)

    assert deliver(again(sheet, "PER 31 MARET 2022", lambda value: value)).state == "held"
    assert broken(database) == {"refiled.individu": 19, "ratio.individu": 1}

    assert deliver(again(sheet, "PER 31 MARET 2024", lambda value: round(value * 1.03))).state == "accepted"
    assert broken(database) == {"ratio.individu": 1}
