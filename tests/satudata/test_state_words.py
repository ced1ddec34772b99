"""Prevents a person from reading the ledger's English, and a state that a migration adds from having no word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from satudata.cli import satudata
from satudata.commands.run import SIGNS
from satudata.state_words import SEVERITIES, STATES
from tests.findings.conftest import GOOD, Source, source  # noqa: F401 - a fixture

REVIEWED = "publikasi: tinjau"
ENGLISH = re.compile(rf"\b({'|'.join([*STATES, *SEVERITIES])})\b")


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [("ops.batch", "state", STATES), ("ops.quarantined_row", "state", STATES), ("ops.release", "state", STATES),
     ("ops.check_result", "severity", SEVERITIES), ("ops.issue", "severity", SEVERITIES)],
)  # fmt: skip
def test_whatever_the_ledger_may_hold_has_a_word(module_database: Any, table: str, column: str, words: dict[str, str]) -> None:
    with module_database.connect("owner") as conn:
        checks = conn.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and conrelid = to_regclass(%s)", [table]
        )
        said = " ".join(text for (text,) in checks.fetchall() if f"({column} = ANY" in text)
    states = re.findall(r"'(\w+)'::text", said)
    assert states
    assert set(states) <= set(words)


def test_every_outcome_of_a_run_has_a_word() -> None:
    assert set(SIGNS) <= set(STATES)


def test_every_word_stands_in_the_docs() -> None:
    """Else nobody finds `held` in a table of the warehouse who read `ditahan` on the screen."""
    docs = " ".join((Path(__file__).parents[2] / "docs" / "tinjauan.md").read_text().split())
    of_batches = {state: word for state, word in STATES.items() if state not in ("published", "rolled_back")}
    assert [state for state, word in (of_batches | SEVERITIES).items() if f"`{state}` {word}" not in docs] == []


def told(*command: str) -> Result:
    return CliRunner().invoke(satudata, command)


def test_people_read_words_and_programs_the_states_of_the_design(source: Source) -> None:  # noqa: F811 - the imported fixture
    source.publish(GOOD | {"k1": 500})
    ran = told("run", "uji.dinas.isi")
    assert "uji.dinas.isi: diterima, batch 1 (9 diterima, 1 dikarantina)" in ran.output
    assert "1 sumber: 1 diterima." in ran.output
    assert "1 sumber: 1 tidak berubah." in told("run", "uji.dinas.isi").output
    assert '"state": "unchanged"' in told("run", "uji.dinas.isi", "--json").output
    source.publish(GOOD | {"k1": 500, "k2": 7}, more=REVIEWED)
    assert "1 sumber: 1 ditahan." in told("run", "uji.dinas.isi").output
    for command in ("status", "review list", "quarantine list", "quarantine show 1", "issue list", "waiver list"):
        shown = told(*command.split())
        assert shown.exit_code == 0, shown
        words = "\n".join(line for line in shown.output.splitlines() if "satudata " not in line)
        assert not ENGLISH.search(words), (command, ENGLISH.search(words))
    assert "ditahan" in told("status").output
    assert "terbuka" in told("quarantine", "list").output
    assert "baris dikarantina" in " ".join(told("issue", "list").output.split())
    assert '"severity": "quarantine"' in told("issue", "list", "--json").output
