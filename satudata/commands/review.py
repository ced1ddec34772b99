"""`satudata review`: what waits for a person, and the decision; each command calls one function that the portal calls too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import click

from satudata.commands.acting import AS_JSON, BY, name_of
from satudata.commands.listing import show
from satudata.commands.whole_list import WholeList
from satudata.review.decided import Decided


@click.group("review", cls=WholeList)
def review() -> None:
    """Tinjauan: batch yang menunggu keputusan, setujui, kembalikan.

    Mulai dengan `list`; BATCH di perintah lain ialah nomor di daftar itu, dan di bawahnya tertulis perintah untuk memutuskannya.
    """


PEMBINA = click.option("--pembina", is_flag=True, help="Sebagai Pembina Data (Data Prioritas), setelah Walidata.")


@review.command("list")
@click.option("--semua", "everything", is_flag=True, help="Juga yang gagal dan yang dikembalikan, selama belum ada kiriman baru.")
@AS_JSON
def list_command(everything: bool, as_json: bool) -> None:
    """Yang menunggu keputusan, dan perintah untuk memutuskannya: batch, dan angka yang belum lengkap atau bertentangan dengan data lain."""
    from satudata.review.across_list import held_for
    from satudata.review.waiting_list import kept_back, waiting_list

    found, across = waiting_list(everything=everything), kept_back()
    if as_json:
        click.echo(json.dumps({"batches": found, "lintas": across}, ensure_ascii=False))
        return
    if not found and not across:
        click.echo("Tidak ada yang menunggu keputusan.")
    if found:
        rows = [
            [one["batch_id"], _name(one), one["keadaan"], one["fetched"], one["quarantined"], one["due"] or "-",
             one["message"] or ""] for one in found
        ]  # fmt: skip
        show(["batch", "dataset", "keadaan", "calon", "karantina", "tenggat", "sebab"], rows, whole=["batch", "dataset", "tenggat"])
        _say_steps((f"batch {one['batch_id']}", one["next_steps"]) for one in found)
    if across:
        click.echo(f"\nTertahan karena {held_for(across)}; lepas sendiri setelah dilengkapi atau dibetulkan:")
        show(
            ["dataset", "aturan", "sebab"],
            [[_name(one), ", ".join(one["rules"]), one["reason"]] for one in across],
            whole=["dataset", "aturan"],
        )
        _say_steps((_name(one), one["next_steps"]) for one in across)


def _name(one: dict[str, Any]) -> str:
    return " ".join(filter(None, [one["dataset"], one["penerbit"], one.get("nilai")]))


def _say_steps(steps: Iterable[tuple[str, Sequence[str]]]) -> None:
    """The commands, each on a line of its own: whole, to be copied."""
    click.echo("\nLangkah berikutnya:")
    for name, commands in steps:
        click.echo(f"  {name}:")
        for command in commands:
            click.echo(f"    {command}")


@review.command("approve")
@click.argument("batch", type=int)
@click.option("--terima", multiple=True, metavar="ATURAN", help="Terima meski aturan ini tidak lolos, sekali ini saja; boleh diulang.")
@click.option("--alasan", "reason", help="Mengapa; wajib bersama --terima.")
@PEMBINA
@BY
@AS_JSON
def approve_command(batch: int, terima: tuple[str, ...], reason: str | None, pembina: bool, by: str | None, as_json: bool) -> None:
    """Setujui BATCH (nomor menurut `satudata review list`): angkanya terbit pada rilis berikutnya."""
    from satudata.review.approve import approve

    _show(approve(batch, "pembina" if pembina else "walidata", name_of(by), reason, terima), as_json)


@review.command("return")
@click.argument("batch", type=int)
@click.option("--alasan", "reason", required=True, help="Apa yang harus diperbaiki Produsen.")
@PEMBINA
@BY
@AS_JSON
def return_command(batch: int, reason: str, pembina: bool, by: str | None, as_json: bool) -> None:
    """Kembalikan BATCH (nomor menurut `satudata review list`) kepada Produsen Data; angka yang sudah terbit tetap."""
    from satudata.review.return_batch import return_

    _show(return_(batch, name_of(by), reason, "pembina" if pembina else "walidata"), as_json)


def _show(decided: Decided, as_json: bool) -> None:
    click.echo(json.dumps(asdict(decided), ensure_ascii=False) if as_json else decided.sentence)
