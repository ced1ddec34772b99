"""`satudata issue`: names and words only; what it does stands in `satudata.findings.issues`."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from satudata.commands.acting import AS_JSON, BY, name_of
from satudata.state_words import SEVERITIES

NOTE = click.option("--alasan", "reason", help="Catatan; tersimpan bersama tindakannya.")


@click.group("issue")
def issue() -> None:
    """Temuan: satu per dataset, penerbit, dan aturan, dari pertama terlihat sampai selesai."""


@issue.command("list")
@click.argument("dataset", required=False)
@click.option("--semua", "everything", is_flag=True, help="Juga yang sudah selesai.")
@AS_JSON
def list_command(dataset: str | None, everything: bool, as_json: bool) -> None:
    """Temuan yang masih ada, yang paling mendesak lebih dulu."""
    from satudata.findings.issues import listed

    found = listed(dataset, everything)
    if as_json:
        click.echo(json.dumps({"issues": found}, ensure_ascii=False, default=str))
        return
    if not found:
        click.echo("Tidak ada temuan yang masih terbuka.")
        return
    table = Table("nomor", "dataset", "aturan", "akibat", "keadaan", "kali", "baris", "tenggat", "ditugaskan kepada", "kalimat")
    for one in found:
        name = " ".join(filter(None, [one["dataset"], one["penerbit"]]))
        cells = [one["issue_id"], name, one["rule_id"], SEVERITIES[one["severity"]], one["state"], one["times"], one["failed"], one["due"] or "-",
                 one["assigned_to"] or "-", one["message"] or ""]  # fmt: skip
        table.add_row(*(Text(str(cell)) for cell in cells))
    Console(width=None if Console().is_terminal else 200).print(table)


@issue.command("ack")
@click.argument("nomor", type=int)
@NOTE
@BY
def ack_command(nomor: int, reason: str | None, by: str | None) -> None:
    """Akui temuan NOMOR: sudah dilihat dan ditangani."""
    from satudata.findings.issues import acknowledge

    found = acknowledge(nomor, name_of(by), reason)
    click.echo(f"Temuan {nomor} ({found['dataset']}, {found['rule_id']}) diakui.")


@issue.command("assign")
@click.argument("nomor", type=int)
@click.argument("kepada")
@NOTE
@BY
def assign_command(nomor: int, kepada: str, reason: str | None, by: str | None) -> None:
    """Tugaskan temuan NOMOR KEPADA seseorang atau sebuah OPD."""
    from satudata.findings.issues import assign

    found = assign(nomor, kepada, name_of(by), reason)
    click.echo(
        f"Temuan {nomor} ({found['dataset']}, {found['rule_id']}) ditugaskan kepada {kepada}, tenggat {found['due'] or 'tidak ada'}."
    )
