"""`satudata run`: one line per source while it works, one table at the end."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from satudata.commands.listing import by_reason, say_behind
from satudata.review.behind import behind_list
from satudata.run import Outcome, exit_code, run
from satudata.session import warehouse
from satudata.state_words import STATES
from warehouse.skipped import skipped_rules
from warehouse.waivers import let_through
from warehouse.warned import warnings_of

MOST_WARNINGS = 10
SIGNS = {"accepted": "✓", "unchanged": "=", "absent": "·", "held": "‖", "failed": "✗", "superseded": "=", "returned": "↩"}


@click.command("run")
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Semua dataset di sources/.")
@click.option("--date", "run_date", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal jalan (bawaan: hari ini menurut pemda).")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
def run_command(ids: tuple[str, ...], everything: bool, run_date: datetime | None, as_json: bool) -> None:
    """Ambil dan muat dataset: ambil byte, periksa, terima, tahan, atau tolak.

    Selesai dengan 0 bila semua diterima (baris yang dikarantina termasuk), 1 bila ada yang gagal atau ditahan.
    """
    if bool(ids) == everything:
        raise click.UsageError("Sebut id dataset, atau --all untuk semuanya. Lihat `satudata source list`.")
    outcomes = run(ids, run_date.date() if run_date else None, progress=(lambda _: None) if as_json else _show)
    if as_json:
        click.echo(json.dumps({"outcomes": [asdict(outcome) for outcome in outcomes]}, ensure_ascii=False, default=str))
    else:
        _summary(outcomes)
    raise click.exceptions.Exit(exit_code(outcomes))


def _show(outcome: Outcome) -> None:
    name = " ".join(filter(None, [outcome.dataset, outcome.penerbit, *outcome.nilai.values()]))
    counts = ", ".join(f"{_sum(outcome, key)} {word}" for key, word in _WORDS.items() if _sum(outcome, key))
    numbers = "".join(f", batch {batch['batch_id']}" for batch in outcome.batches)
    click.echo(f"{SIGNS.get(outcome.state, '?')} {name}: {STATES[outcome.state]}{numbers}{f' ({counts})' if counts else ''}")
    if outcome.message:
        click.echo(f"    {outcome.error_class + ': ' if outcome.error_class else ''}{outcome.message}")


_WORDS = {
    "accepted": "diterima",
    "unchanged": "tetap",
    "quarantined": "dikarantina",
    "closed": "berakhir",
    "waiting": "menunggu kode",
    "rejected": "ditolak",
}


def _sum(outcome: Outcome, key: str) -> int:
    return sum(int(batch.get(key, 0)) for batch in outcome.batches)


def _summary(outcomes: list[Outcome]) -> None:
    states: dict[str, int] = {}
    for outcome in outcomes:
        states[outcome.state] = states.get(outcome.state, 0) + 1
    total: dict[str, Any] = {word: sum(_sum(outcome, key) for outcome in outcomes) for key, word in _WORDS.items()}
    rows = ", ".join(f"{number} {word}" for word, number in total.items() if number)
    told = ", ".join(f"{number} {STATES[state]}" for state, number in sorted(states.items()))
    click.echo(f"{len(outcomes)} sumber: {told}." + (f" Baris: {rows}." if rows else ""))
    _say_of_the_ledger(outcomes)
    _say_next(outcomes)


def _say_of_the_ledger(outcomes: list[Outcome]) -> None:
    """What no rule has looked at, what came in with a warning or under a waiver, and what was accepted and yet is not published by the next release."""
    numbers = [int(batch["batch_id"]) for outcome in outcomes for batch in outcome.batches]
    with warehouse() as conn:
        skipped, waived = (skipped_rules(conn, numbers), let_through(conn, numbers)) if numbers else ({}, [])
        warned = warnings_of(conn, numbers)
        behind = behind_list(conn, {outcome.dataset for outcome in outcomes})
    for whose, rules_of in skipped.items():
        for why, rules in sorted(by_reason(rules_of).items()):
            click.echo(f"{' '.join(filter(None, whose))}: dilewati {', '.join(rules)}: {why}")
    for warning in warned[:MOST_WARNINGS]:
        click.echo(f"{' '.join(filter(None, (warning.dataset, warning.penerbit)))}: peringatan {warning.rule_id}: {warning.message}")
    if len(warned) > MOST_WARNINGS:
        click.echo(f"Dan {len(warned) - MOST_WARNINGS} peringatan lain: satudata issue list")
    for one in waived:
        rows = f"{one.failed} dari {one.checked} baris" if one.scope == "baris" else f"{one.failed} temuan"
        name = " ".join(filter(None, (one.dataset, one.penerbit)))
        click.echo(f"{name}: {rows} melanggar {one.rule_id} dan tetap masuk, menurut pengecualian {one.waiver_id} (sampai {one.until}).")
    say_behind(behind)


def _say_next(outcomes: list[Outcome]) -> None:
    """The command that goes on, for each kind of what somebody has to look at."""
    aside = sorted({outcome.dataset for outcome in outcomes if _sum(outcome, "quarantined")})
    if any(outcome.state == "held" for outcome in outcomes):
        click.echo("Yang ditahan, dan perintah untuk memutuskannya: satudata review list")
    if any(outcome.state in ("failed", "returned") for outcome in outcomes):
        click.echo("Yang gagal atau dikembalikan, dan sebabnya: satudata status; temuannya: satudata issue list")
    for dataset in aside:
        click.echo(f"Baris yang dikarantina: satudata quarantine list {dataset}; satu baris: satudata quarantine show NOMOR")
    if any(_sum(outcome, "waiting") for outcome in outcomes):
        click.echo("Teks yang menunggu kode tampil di `satudata mapping list` sesudah `satudata release publish` berikutnya.")
    if any(outcome.exit_code for outcome in outcomes):
        click.echo("Angka yang sudah terbit tidak berubah oleh yang gagal atau ditahan.")
