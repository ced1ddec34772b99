"""`satudata issue`: names and words only; what it does stands in `satudata.findings.issues`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from satudata.commands.acting import AS_JSON, BY, name_of
from satudata.commands.known import known_dataset
from satudata.commands.listing import show
from satudata.commands.whole_list import WholeList
from satudata.state_words import SEVERITIES, STATES, WAITING

NOTE = click.option("--alasan", "reason", help="Catatan; tersimpan bersama tindakannya.")


@click.group("issue", cls=WholeList)
def issue() -> None:
    """Temuan: satu per dataset, penerbit, dan aturan, dari pertama terlihat sampai selesai.

    Mulai dengan `list`; NOMOR di perintah lain ialah nomor di daftar itu. Temuan tidak ditutup orang: ia selesai sendiri setelah datanya betul.
    """


@issue.command("list")
@click.argument("dataset", required=False, callback=known_dataset)
@click.option("--semua", "everything", is_flag=True, help="Juga yang sudah selesai.")
@AS_JSON
def list_command(dataset: str | None, everything: bool, as_json: bool) -> None:
    """Temuan yang masih ada, yang paling mendesak lebih dulu; lalu yang menunggu tanpa nomor (sumber, keterlambatan, metadata, batch)."""
    from satudata.findings.issues import listed, others

    found, more = listed(dataset, everything), others(dataset)
    if as_json:
        click.echo(json.dumps({"issues": found, "others": more}, ensure_ascii=False, default=str))
        return
    if not found:
        click.echo(
            "Tidak ada temuan."
            if everything
            else "Tidak ada temuan aturan yang masih terbuka. Yang sudah selesai: satudata issue list --semua"
        )
    else:
        _numbered(found)
    if more:
        _unnumbered(more)


def _numbered(found: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        [one["issue_id"], " ".join(filter(None, [one["dataset"], one["penerbit"]])), one["rule_id"], _effect(one), one["state"], one["times"],
         one["failed"], one["due"] or "-", one["assigned_to"] or "-", one["message"] or ""] for one in found
    ]  # fmt: skip
    columns = ("nomor", "dataset", "aturan", "akibat", "keadaan", "kali", "baris", "tenggat", "ditugaskan kepada", "kalimat")
    show(columns, rows, whole=["nomor", "dataset", "aturan", "tenggat"])
    click.echo(
        "Riwayatnya: satudata issue show NOMOR. Ambil alih: satudata issue ack NOMOR, atau satudata issue assign NOMOR KEPADA."
        " Temuan selesai sendiri setelah datanya betul."
    )


def _effect(found: Mapping[str, Any]) -> str:
    """What the finding has brought about; a batch that was returned waits for nobody but the Produsen Data."""
    is_back = found["severity"] in ("fail", "hold") and found["batch_state"] == "returned"
    return STATES["returned"] if is_back else SEVERITIES[found["severity"]]


def _unnumbered(more: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        [" ".join(filter(None, [one["dataset"], one["penerbit"]])), WAITING[one["severity"]], one["since"], one["due"] or "-", one["responsible"] or "-",
         one["message"] or ""] for one in more
    ]  # fmt: skip
    columns = ("dataset", "yang menunggu", "sejak", "tenggat", "yang harus bertindak", "kalimat")
    show(columns, rows, whole=["dataset", "sejak", "tenggat"], title="Yang juga menunggu seseorang; tanpa nomor, selesai dengan sendirinya")
    click.echo("Sumber: satudata status. Batch: satudata review list. Metadata: isi daftar_data.yml, lalu satudata source check.")


@issue.command("show")
@click.argument("nomor", type=int)
@AS_JSON
def show_command(nomor: int, as_json: bool) -> None:
    """Satu temuan: apa, milik siapa, sampai kapan, dan riwayatnya. NOMOR menurut `satudata issue list`."""
    from satudata.findings.issues import show as one_of

    found = one_of(nomor)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    place = " ".join(filter(None, [found["dataset"], found["penerbit"]]))
    click.echo(f"Temuan {nomor}: {found['rule_id']} di {place}, {_effect(found)}")
    click.echo(f"  keadaan  {found['state']}, terlihat {found['times']} kali, terakhir pada batch {found['last_batch_id'] or '-'}")
    click.echo(f"  tenggat  {found['due'] or 'tidak ada: hanya peringatan'}")
    if found["responsible"]:
        click.echo(f"  yang harus bertindak  {found['responsible']}")
    if found["message"]:
        click.echo(f"  {found['message']}")
    for event in found["events"] or []:
        said = [
            event["event"].replace("_", " "),
            event["by"] and f"oleh {event['by']}",
            event["batch_id"] and f"batch {event['batch_id']}",
            event["note"],
        ]
        click.echo(f"  {event['at'][:10]}  {', '.join(filter(None, said))}")
    if found["state"] != "selesai":
        click.echo(f"Langkah berikutnya: {_next(found)}.")


def _next(found: Mapping[str, Any]) -> str:
    """Where to look and what ends it: not every rule has rows in quarantine, and not every batch waits for a decision."""
    mend = f"kirim berkas yang betul, lalu satudata run {found['dataset']}"
    if found["open_rows"]:
        return f"satudata quarantine list {found['dataset']} --aturan {found['rule_id']} untuk barisnya; {mend}"
    if found["severity"] == "hold" and (found["batch_state"] == "held" or found["scope"] == "lintas"):
        return f"satudata review list untuk sebab dan perintah yang memutuskannya; atau {mend}"
    return f"satudata report untuk laporan OPD-nya; {mend}"


@issue.command("ack")
@click.argument("nomor", type=int)
@NOTE
@BY
def ack_command(nomor: int, reason: str | None, by: str | None) -> None:
    """Akui temuan NOMOR (menurut `satudata issue list`): sudah dilihat dan ditangani."""
    from satudata.findings.issues import acknowledge

    found = acknowledge(nomor, name_of(by), reason)
    click.echo(f"Temuan {nomor} ({found['dataset']}, {found['rule_id']}) diakui.")


@issue.command("assign")
@click.argument("nomor", type=int)
@click.argument("kepada")
@NOTE
@BY
def assign_command(nomor: int, kepada: str, reason: str | None, by: str | None) -> None:
    """Tugaskan temuan NOMOR (menurut `satudata issue list`) KEPADA seseorang atau sebuah OPD."""
    from satudata.findings.issues import assign

    found = assign(nomor, kepada, name_of(by), reason)
    click.echo(
        f"Temuan {nomor} ({found['dataset']}, {found['rule_id']}) ditugaskan kepada {kepada}, tenggat {found['due'] or 'tidak ada'}."
    )
