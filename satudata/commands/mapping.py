"""`satudata mapping`: names and words only; what it does stands in `satudata.mapping`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from contracts.errors import WrongUsage
from satudata.commands.acting import AS_JSON, BY, name_of
from satudata.commands.known import known_dataset
from satudata.commands.listing import show
from satudata.commands.whole_list import WholeList


@click.group("mapping", cls=WholeList)
def mapping() -> None:
    """Padanan: kode bagi teks terbitan yang belum dikenal."""


@mapping.command("list")
@click.argument("dataset", required=False, callback=known_dataset)
@click.option("--csv", "as_csv", is_flag=True, help="Lembar CSV dengan kolom `kode` yang kosong, untuk diisi.")
@AS_JSON
def list_command(dataset: str | None, as_csv: bool, as_json: bool) -> None:
    """Teks yang menunggu kode, semua atau milik DATASET, dengan calonnya. Calon tidak pernah dipakai sebelum ada orang yang menetapkan."""
    from satudata.mapping.sheet import listed, named, to_sheet

    found = listed(dataset)
    if as_json or as_csv:
        click.echo(json.dumps({"mappings": found}, ensure_ascii=False, default=str) if as_json else to_sheet(found), nl=as_json)
        return
    if not found:
        click.echo("Tidak ada teks yang menunggu kode. Yang baru diterima tampil sesudah `satudata release publish` berikutnya.")
        return
    rows = []
    for one in found:
        senders = [*one["penerbit"][:3], *(["..."] if len(one["penerbit"]) > 3 else [])]
        rows.append(
            [one["published"], one["reference"], one["level"], one["within"], one["dataset"], ", ".join(senders) or one["produsen"] or "-",
             one["rows"], f"{one['first_seen']:%Y-%m-%d}", one["why"], "; ".join(map(named, one["candidates"])) or "-"]
        )  # fmt: skip
    columns = ["teks", "daftar", "level", "induk", "dataset", "penerbit", "baris", "sejak", "sebab", "calon"]
    show(columns, rows, whole=["teks", "daftar", "induk", "dataset", "sejak"])
    click.echo(
        "Tetapkan dengan `satudata mapping assign TEKS KODE`, atau banyak sekaligus: `mapping list --csv`, isi, lalu `mapping assign --csv`."
    )


@mapping.command("assign")
@click.argument("teks", required=False)
@click.argument("kode", required=False)
@click.option("--dataset", callback=known_dataset, help="Hanya teks yang diterbitkan dataset ini.")
@click.option("--daftar", "reference", help="Hanya teks yang dibaca menurut daftar acuan ini.")
@click.option("--csv", "sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Lembar berkolom `teks` dan `kode`.")
@click.option("--alasan", "reason", help="Mengapa; tersimpan bersama tindakannya.")
@BY
def assign_command(
    teks: str | None, kode: str | None, dataset: str | None, reference: str | None, sheet: Path | None, reason: str | None, by: str | None
) -> None:
    """Tetapkan bahwa TEKS berarti KODE. Yang terbaru berlaku; angka yang sudah terbit dengan kode lama ikut pindah."""
    from satudata.mapping.assign import Wish, assign
    from satudata.mapping.sheet import from_sheet

    if (sheet is None) == (teks is None or kode is None):
        raise WrongUsage("Sebut TEKS dan KODE, atau --csv", "Contoh: satudata mapping assign 'Kebonagung Lor' 35.72.01.1001")
    wishes = from_sheet(sheet) if sheet else [Wish(teks or "", kode or "", dataset, reference, reason)]
    done = assign(wishes, name_of(by))
    for one in done:
        click.echo(one.sentence)
    click.echo("Berlaku pada transform berikutnya, tanpa mengambil ulang: `satudata release publish`.")
