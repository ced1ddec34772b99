"""`satudata review`: what waits for a person, and the decision; each command calls one function that the portal calls too."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from satudata.commands.acting import AS_JSON, BY, name_of
from satudata.review.decided import Decided


@click.group("review")
def review() -> None:
    """Tinjauan: batch yang menunggu keputusan, setujui, kembalikan."""


PEMBINA = click.option("--pembina", is_flag=True, help="Sebagai Pembina Data (Data Prioritas), setelah Walidata.")


@review.command("list")
@click.option("--semua", "everything", is_flag=True, help="Juga yang gagal dan yang dikembalikan, selama belum ada kiriman baru.")
@AS_JSON
def list_command(everything: bool, as_json: bool) -> None:
    """Batch yang menunggu keputusan, dan perintah untuk memutuskannya."""
    from satudata.review.waiting_list import waiting_list

    found = waiting_list(everything=everything)
    if as_json:
        click.echo(json.dumps({"batches": found}, ensure_ascii=False))
        return
    if not found:
        click.echo("Tidak ada batch yang menunggu keputusan.")
        return
    table = Table("batch", "dataset", "keadaan", "calon", "karantina", "tenggat", "sebab", "langkah berikutnya")
    for one in found:
        name = " ".join(filter(None, [one["dataset"], one["penerbit"], one["nilai"]]))
        cells = [one["batch_id"], name, one["keadaan"], one["fetched"], one["quarantined"], one["due"] or "-", one["message"] or "",
                 one["next_step"]]  # fmt: skip
        table.add_row(*(Text(str(cell)) for cell in cells))
    Console(width=None if Console().is_terminal else 200).print(table)


@review.command("approve")
@click.argument("batch", type=int)
@click.option("--terima", multiple=True, metavar="ATURAN", help="Terima meski aturan ini tidak lolos, sekali ini saja; boleh diulang.")
@click.option("--alasan", "reason", help="Mengapa; wajib bersama --terima.")
@PEMBINA
@BY
@AS_JSON
def approve_command(batch: int, terima: tuple[str, ...], reason: str | None, pembina: bool, by: str | None, as_json: bool) -> None:
    """Setujui BATCH: angkanya terbit pada rilis berikutnya."""
    from satudata.review.approve import approve

    _show(approve(batch, "pembina" if pembina else "walidata", name_of(by), reason, terima), as_json)


@review.command("return")
@click.argument("batch", type=int)
@click.option("--alasan", "reason", required=True, help="Apa yang harus diperbaiki Produsen.")
@PEMBINA
@BY
@AS_JSON
def return_command(batch: int, reason: str, pembina: bool, by: str | None, as_json: bool) -> None:
    """Kembalikan BATCH kepada Produsen Data; angka yang sudah terbit tetap."""
    from satudata.review.return_batch import return_

    _show(return_(batch, name_of(by), reason, "pembina" if pembina else "walidata"), as_json)


def _show(decided: Decided, as_json: bool) -> None:
    click.echo(json.dumps(asdict(decided), ensure_ascii=False) if as_json else decided.sentence)
