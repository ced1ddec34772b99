"""`satudata waiver`: names and words only; what it does stands in `satudata.findings.waivers`."""

from __future__ import annotations

import json
from datetime import datetime

import click

from satudata.commands.acting import AS_JSON, BY, WHY, name_of
from satudata.commands.known import known_dataset
from satudata.commands.listing import show
from satudata.commands.whole_list import WholeList


@click.group("waiver", cls=WholeList)
def waiver() -> None:
    """Pengecualian sebuah aturan untuk sebuah dataset, dengan alasan dan hari terakhir.

    ATURAN ialah nama di kolom aturan `satudata issue list`, misalnya range.harga_rp; NOMOR ialah nomor di `satudata waiver list`.
    """


@waiver.command("add")
@click.argument("dataset")
@click.argument("aturan", metavar="ATURAN")
@click.option("--sampai", "until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Hari terakhir berlaku, misalnya 2026-06-30.")
@click.option("--penerbit", help="Hanya untuk penerbit ini (bawaan: semua).")
@WHY
@BY
def add_command(dataset: str, aturan: str, until: datetime, penerbit: str | None, reason: str, by: str | None) -> None:
    """Kecualikan ATURAN (menurut `satudata issue list`) bagi DATASET: tetap dinilai, tetapi hanya menjadi peringatan."""
    from satudata.findings.waivers import add

    number = add(dataset, aturan, until.date(), name_of(by), reason, penerbit)
    click.echo(
        f"Pengecualian {number}: {aturan} pada {dataset} berlaku sampai {until.date()}. Jalankan `satudata run {dataset}` untuk menilai lagi."
    )


@waiver.command("list")
@click.argument("dataset", required=False, callback=known_dataset)
@click.option("--semua", "everything", is_flag=True, help="Juga yang sudah berakhir.")
@AS_JSON
def list_command(dataset: str | None, everything: bool, as_json: bool) -> None:
    """Pengecualian yang berlaku, semua atau milik DATASET."""
    from satudata.findings.waivers import listed

    found = listed(dataset, everything=everything)
    if as_json:
        click.echo(json.dumps({"waivers": found}, ensure_ascii=False, default=str))
        return
    if not found:
        click.echo("Tidak ada pengecualian yang berlaku.")
        return
    rows = [
        [one["waiver_id"], " ".join(filter(None, [one["dataset"], one["penerbit"]])), one["rule_id"], one["since"], one["until"],
         "ya" if one["berlaku"] else "tidak", one["by"], one["reason"]] for one in found
    ]  # fmt: skip
    columns = ("nomor", "dataset", "aturan", "dari", "sampai", "berlaku", "oleh", "alasan")
    show(columns, rows, whole=["nomor", "dataset", "aturan", "dari", "sampai"])


@waiver.command("end")
@click.argument("nomor", type=int)
@WHY
@BY
def end_command(nomor: int, reason: str, by: str | None) -> None:
    """Akhiri pengecualian NOMOR (menurut `satudata waiver list`) sekarang juga."""
    from satudata.findings.waivers import end

    ended = end(nomor, name_of(by), reason)
    click.echo(
        f"Pengecualian {nomor} berakhir. Aturan {ended['rule_id']} berlaku lagi; jalankan `satudata run {ended['dataset']}` untuk menilai lagi."
    )
