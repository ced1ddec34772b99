"""`satudata issue`: names and words only; what it does stands in `satudata.findings.issues`."""

from __future__ import annotations

import json

import click

from satudata.commands.acting import AS_JSON, BY, name_of
from satudata.commands.known import known_dataset
from satudata.commands.listing import show
from satudata.state_words import SEVERITIES

NOTE = click.option("--alasan", "reason", help="Catatan; tersimpan bersama tindakannya.")


@click.group("issue")
def issue() -> None:
    """Temuan: satu per dataset, penerbit, dan aturan, dari pertama terlihat sampai selesai."""


@issue.command("list")
@click.argument("dataset", required=False, callback=known_dataset)
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
    rows = [
        [one["issue_id"], " ".join(filter(None, [one["dataset"], one["penerbit"]])), one["rule_id"], SEVERITIES[one["severity"]], one["state"], one["times"],
         one["failed"], one["due"] or "-", one["assigned_to"] or "-", one["message"] or ""] for one in found
    ]  # fmt: skip
    columns = ("nomor", "dataset", "aturan", "akibat", "keadaan", "kali", "baris", "tenggat", "ditugaskan kepada", "kalimat")
    show(columns, rows, whole=["nomor", "dataset", "aturan", "tenggat"])
    click.echo(
        "Ambil alih: satudata issue ack NOMOR, atau satudata issue assign NOMOR KEPADA. Temuan selesai sendiri setelah datanya betul."
    )


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
