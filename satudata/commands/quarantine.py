"""`satudata quarantine`: names and words only; what it does stands in `satudata.findings`."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from satudata.commands.acting import AS_JSON, BY, WHY, name_of
from satudata.commands.known import known_dataset
from satudata.commands.listing import show
from satudata.commands.whole_list import WholeList
from satudata.state_words import STATES

PENERBIT = click.option("--penerbit", help="Hanya penerbit ini.")
EMPTY = "(kosong)"
BATCH = click.option("--batch", "batch_id", type=int, help="Hanya batch ini.")


@click.group("quarantine", cls=WholeList)
def quarantine() -> None:
    """Baris yang dikarantina: lihat, nilai ulang, tolak.

    Mulai dengan `list`; NOMOR di perintah lain ialah nomor di daftar itu. Berkas yang betul menyelesaikan barisnya sendiri; `replay` bila yang
    dibetulkan kontrak atau daftar acuannya; `reject` bila barisnya tidak akan pernah dibetulkan.
    """


@quarantine.command("list")
@click.argument("dataset", required=False, callback=known_dataset)
@PENERBIT
@BATCH
@click.option("--aturan", "rule_id", help="Hanya yang melanggar aturan ini.")
@click.option("--semua", "everything", is_flag=True, help="Juga yang sudah berakhir.")
@click.option("--paling-banyak", "limit", type=click.IntRange(1), default=50, show_default=True, help="Baris yang ditampilkan.")
@AS_JSON
def list_command(
    dataset: str | None, penerbit: str | None, batch_id: int | None, rule_id: str | None, everything: bool, limit: int, as_json: bool
) -> None:
    """Baris yang masih terbuka, semua atau milik DATASET; isi pribadi disamarkan."""
    from satudata.findings.rows import listed
    from warehouse.quarantine import Which

    found = listed(Which(dataset, penerbit, rule_id, batch_id, everything, limit))
    if as_json:
        click.echo(json.dumps({"rows": found}, ensure_ascii=False, default=str))
        return
    if not found:
        click.echo("Tidak ada baris yang dikarantina dan masih terbuka.")
        return
    rows = [
        [one["id"], " ".join(filter(None, [one["dataset"], one["penerbit"]])), one["batch_id"], one["lokasi"],
         ", ".join(EMPTY if value is None else str(value) for value in (one["key"] or {}).values()),
         " ".join(one["messages"]), STATES[one["state"]], one["due"] or "-"] for one in found
    ]  # fmt: skip
    columns = ("nomor", "dataset", "batch", "tempat", "kunci", "sebab", "keadaan", "tenggat")
    show(columns, rows, whole=["nomor", "dataset", "batch", "tenggat"])
    click.echo("Rinciannya: satudata quarantine show NOMOR")
    if len(found) == limit:
        click.echo(f"Hanya {len(found)} baris pertama; tambah dengan --paling-banyak, atau saring dengan --aturan dan --batch.")


@quarantine.command("show")
@click.argument("nomor", type=int)
@AS_JSON
def show_command(nomor: int, as_json: bool) -> None:
    """Satu baris (NOMOR menurut `satudata quarantine list`): isinya, tempatnya, sebabnya, dan akhirnya."""
    from satudata.findings.rows import show

    found = show(nomor)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    click.echo(f"Baris {nomor} dari {found['dataset']} {found['penerbit']}".rstrip() + f", batch {found['batch_id']}")
    click.echo(f"  berkas   {', '.join(found['berkas'] or [])}, {found['lokasi']}")
    for column, value in found["raw"].items():
        click.echo(f"  {column} = {value if value is not None else EMPTY}")
    for rule_id, message in zip(found["rule_ids"], found["messages"], strict=False):
        click.echo(f"  melanggar {rule_id}: {message}")
    ended = f" oleh batch {found['ended_batch_id']}" if found["ended_batch_id"] else f" oleh {found['by']}" if found["by"] else ""
    click.echo(
        f"  keadaan  {STATES[found['state']]}{ended}, tenggat {found['due'] or '-'}" + (f". {found['reason']}" if found["reason"] else "")
    )
    if found["state"] == "open":
        click.echo("Langkah berikutnya: kirim berkas yang betul, lalu `satudata run " + found["dataset"] + "`; atau")
        click.echo(
            f"  bila kontrak atau daftar acuannya dibetulkan: satudata quarantine replay {found['dataset']} --batch {found['batch_id']}"
        )
        click.echo(f"  bila tidak akan pernah dibetulkan: satudata quarantine reject {nomor} --alasan '...'")


@quarantine.command("reject")
@click.argument("nomor", type=int, nargs=-1, required=True)
@WHY
@BY
def reject_command(nomor: tuple[int, ...], reason: str, by: str | None) -> None:
    """Tolak baris NOMOR (menurut `satudata quarantine list`; boleh beberapa) untuk seterusnya, dengan alasan."""
    from satudata.findings.rows import reject

    click.echo(f"{reject(nomor, name_of(by), reason)} baris ditolak.")


@quarantine.command("replay")
@click.argument("dataset")
@PENERBIT
@BATCH
@click.option("--alasan", "reason", help="Apa yang berubah; tersimpan bersama tindakannya.")
@BY
@AS_JSON
def replay_command(dataset: str, penerbit: str | None, batch_id: int | None, reason: str | None, by: str | None, as_json: bool) -> None:
    """Nilai ulang baris DATASET dari arsip, menurut kontrak dan acuan hari ini."""
    from satudata.findings.replay import replay

    found = replay(dataset, name_of(by), reason, penerbit, batch_id)
    if as_json:
        click.echo(json.dumps({"batches": [asdict(one) for one in found]}, ensure_ascii=False, default=str))
    else:
        for one in found:
            click.echo(one.sentence)
    if any(one.done is None for one in found):
        raise click.exceptions.Exit(1)
