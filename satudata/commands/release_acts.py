"""What a person does to releases: go back, let go on, check; names and words only, each calls one function of `satudata.releases`."""

from __future__ import annotations

import json
from typing import Any

import click

from satudata.commands.acting import AS_JSON, BY, WHY, name_of
from satudata.commands.release_withdraw import withdraw_command
from warehouse.names import shown


@click.command("rollback")
@click.option("--ke", "to", type=int, help="Nomor rilis yang dikembalikan (bawaan: yang sebelum terbaru).")
@WHY
@BY
@AS_JSON
def rollback_command(to: int | None, reason: str, by: str | None, as_json: bool) -> None:
    """Kembalikan isi tabel terbit ke rilis lama; rilis berikutnya tidak mengubahnya lagi sampai `release resume`."""
    from satudata.releases.rollback import rollback

    found = rollback(to, name_of(by), reason)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"Rilis {found['release_id']}: isi tabel kembali seperti rilis {found['to']}.")
    for name, change in sorted(found["changes"].items()):
        click.echo(f"  {shown(name)}: {change['rows']} baris (+{change['added']} ~{change['changed']} -{change['removed']})")
    _say_rest(found)
    if found["pinned"]:
        click.echo(f"Ditahan pada angka rilis {found['to']}: {', '.join(found['pinned'])}.")
    if found["pinned"]:
        click.echo(
            "Yang keliru tetap ada di kirimannya: sebelum dilepas, minta kiriman yang menyebut lagi baris dan periode yang keliru itu."
        )
    click.echo("Setelah sebabnya dibetulkan, lepaskan dengan `satudata release resume [DATASET] --alasan ...`, lalu terbitkan.")


def _say_rest(found: dict[str, Any]) -> None:
    """What could not be put together again, as it held figures that were withdrawn since."""
    if found["left"]:
        click.echo("Baris yang isinya dahulu memuat angka yang sejak itu ditarik tidak dapat disusun lagi:")
    for name, rows in sorted(found["left"].items()):
        click.echo(f"  {shown(name)}: {rows} baris")
    lost = "Baris yang dahulu memuat angka yang kini ditarik atau ditutup"
    if found["rebuilt"]:
        click.echo(f"{lost} sudah dihitung dari angka yang kini terbit (rilis {found['rebuilt']}).")
    if found["why_not"]:
        click.echo(f"{lost} BELUM dihitung lagi: {found['why_not']} Sesudah itu jalankan `satudata release publish`.")


@click.command("resume")
@click.argument("dataset", nargs=-1)
@WHY
@BY
def resume_command(dataset: tuple[str, ...], reason: str, by: str | None) -> None:
    """Lepaskan yang ditahan oleh rollback: DATASET yang disebut, atau semuanya."""
    from satudata.releases.rollback import resume

    found = resume(dataset, name_of(by), reason)
    click.echo(f"Dilepas: {found['pins']} penerbit dan {found['rows']} baris. Angka barunya terbit dengan `satudata release publish`.")
    for one in found["back"]:
        click.echo(_returning(one))
    if found["back"]:
        click.echo(
            "Bila masih keliru, jangan terbitkan dahulu: minta kiriman yang menyebut lagi baris itu, atau tarik untuk seterusnya"
            " dengan `satudata release withdraw TABEL KOLOM=NILAI --alasan ...`."
        )
    if found["still"]:
        held = ", ".join(f"{shown(name)} ({rows} baris)" for name, rows in found["still"].items())
        click.echo(f"Baris gabungan yang masih ditahan, sebab juga dibuat dari dataset yang belum dilepas: {held}.")
        click.echo(f"Lepaskan dengan `satudata release resume {' '.join([*found['by'], '--alasan ...'])}`.")


def _returning(one: dict[str, Any]) -> str:
    """The rows of a publisher that no delivery has changed since they were rolled back."""
    whose = " ".join(filter(None, (one["dataset"], one["penerbit"])))
    period = f", periode {one['mulai']} s.d. {one['akhir']}," if one["mulai"] else ""
    return f"Perhatian: {one['rows']} baris {whose}{period} yang dahulu dikembalikan belum diubah kiriman mana pun sejak itu dan akan terbit lagi."


@click.command("check")
@click.option("--ulang", "anew", is_flag=True, help="bangun dulu calonnya dari seluruh baris yang diterima, seperti setiap malam")
@AS_JSON
def check_command(anew: bool, as_json: bool) -> None:
    """Bandingkan seluruh isi tabel terbit dengan calonnya; seharusnya tidak ada bedanya. Dijalankan setiap malam, dengan --ulang."""
    from satudata.releases.check import check

    found = check(anew=anew)
    differing = {one["table"]: one["differing"] for one in found if one["differing"]}
    if as_json:
        click.echo(json.dumps({"tables": found}, ensure_ascii=False))
    elif differing:
        click.echo(f"Berbeda dari calonnya: {', '.join(f'{shown(name)} ({rows} baris)' for name, rows in differing.items())}.")
        click.echo("Rilis berikutnya membandingkan dan membetulkan seluruhnya: `satudata release publish`.")
    else:
        click.echo(f"{sum(one['compared'] for one in found)} dari {len(found)} tabel dibandingkan; tidak ada bedanya.")
    if differing:
        raise SystemExit(1)


COMMANDS = (rollback_command, resume_command, withdraw_command, check_command)
