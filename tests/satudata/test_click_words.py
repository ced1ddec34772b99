"""Prevents a clerk who mistypes a command from being answered in English, or by the name of a class."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys

import click
import pytest
from click import core, decorators, exceptions, formatting, types
from click.testing import CliRunner

from contracts.errors import SatudataError, UnknownDataset
from satudata.cli import COMMANDS, satudata
from satudata.click_words import COUNTED, WORDS

TO_PROGRAMMERS = ("Value must be", "Name '", "DeprecationWarning", "Boolean option", "Could not determine", "No options defined", "Arguments take",
                  "%(prog)s", "Show the version", "Choice(", "{value!r} is not a valid UUID.", "Aborted!")  # fmt: skip
"""What click says of a program and not of what was typed, and what no command of ours can say."""


def sentences(module: object) -> set[str]:
    """What a module of click has translated."""
    calls = [
        node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]  # type: ignore[arg-type]
    asked = [node.args[0] for node in calls if node.func.id in ("_", "ngettext") and node.args]  # type: ignore[attr-defined]
    return {argument.value for argument in asked if isinstance(argument, ast.Constant) and isinstance(argument.value, str)}


@pytest.mark.parametrize(
    "name", [name for name, command in COMMANDS.items() if isinstance(satudata.get_command(click.Context(satudata), name), click.Group)]
)
def test_a_list_of_commands_is_not_cut(name: str) -> None:
    """Fails when what a command does is told up to the width of a screen: `Kembalikan isi tabel terbit ke rilis lama; rilis berikutnya...`."""
    ran = CliRunner().invoke(satudata, [name, "--help"])
    assert ran.exit_code == 0
    assert [line for line in ran.output.partition("Perintah:")[2].splitlines() if line.rstrip().endswith("...")] == []


@pytest.mark.parametrize("module", [core, decorators, exceptions, formatting, types])
def test_every_sentence_of_click_that_a_reader_may_see_is_translated(module: object) -> None:
    said = {one for one in sentences(module) if not one.startswith(TO_PROGRAMMERS)}
    assert said - set(WORDS) - set(COUNTED) == set()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["tidak_ada"], "Tidak ada perintah 'tidak_ada'."), (["run", "--xx"], "Tidak ada pilihan '--xx'."),
        (["review", "approve", "abc"], "'abc' bukan bilangan bulat."), (["review", "approve"], "Belum diisi:"),
        (["source", "try"], "Belum diisi:"), (["report", "a", "b", "c"], "Isian yang tidak dikenal:"),
        (["waiver", "add", "a.b.c", "range.n", "--sampai", "besok", "--alasan", "x"], "'besok' bukan tanggal; tulis tahun-bulan-hari, misalnya 2026-06-30."),
        (["quarantine", "list", "--paling-banyak", "0"], "0 di luar batas (x>=1)."),
    ],
)  # fmt: skip
def test_what_is_typed_wrongly_is_answered_in_indonesian(typed: list[str], said: str) -> None:
    told = CliRunner().invoke(satudata, typed).output
    assert said in told
    assert told.startswith("Pemakaian:")
    assert not [word for word in ("Usage", "Error", "Try ", "for help", "Missing", "Invalid") if word in told]


def test_a_page_of_help_has_no_english_heads() -> None:
    told = CliRunner().invoke(satudata, ["review", "--help"]).output
    assert [word for word in ("Usage:", "Options:", "Commands:", "Show this") if word in told] == []
    assert "Perintah:" in told


@pytest.mark.parametrize(
    ("command", "source"),
    [
        ("issue show", "satudata issue list"), ("issue ack", "satudata issue list"), ("issue assign", "satudata issue list"),
        ("review approve", "satudata review list"), ("review return", "satudata review list"), ("quarantine show", "satudata quarantine list"),
        ("quarantine reject", "satudata quarantine list"), ("waiver add", "satudata issue list"), ("waiver end", "satudata waiver list"),
        ("issue", "Mulai dengan `list`"), ("review", "Mulai dengan `list`"), ("quarantine", "Mulai dengan `list`"), ("waiver", "satudata waiver list"),
    ],
)  # fmt: skip
def test_help_says_where_a_number_or_a_rule_is_to_be_found(command: str, source: str) -> None:
    told = " ".join(CliRunner().invoke(satudata, [*command.split(), "--help"]).output.split())
    assert source in told
    assert not [word for word in ("TEXT", "INTEGER", "%Y") if word in told]


def test_an_unknown_dataset_without_any_like_it_gets_no_empty_guess() -> None:
    assert UnknownDataset("a.b.c", ()).message == "Dataset `a.b.c` tidak dikenal. Lihat daftarnya dengan `satudata source list`."
    assert 'Mungkin maksudnya: "a.b.d".' in UnknownDataset("a.b.c", ("a.b.d",)).message


def test_a_refusal_is_a_sentence_and_not_a_class() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "satudata", "source", "check", "tidak/ada.yml"], capture_output=True, text=True, check=False
    )
    assert done.returncode
    kinds = {kind.__name__ for kind in SatudataError.__subclasses__()} | {click.ClickException.__name__}
    assert not [line for line in done.stderr.splitlines() if line.split(":")[0] in kinds or line.split(":")[0].endswith("Error")]
    assert done.stderr.strip()
