"""`satudata source`: the contracts, before anything runs."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from satudata.commands.listing import show
from satudata.commands.source_new import new
from satudata.commands.source_try import try_command
from satudata.commands.whole_list import WholeList


@click.group("source", cls=WholeList)
def source() -> None:
    """Kontrak sumber: daftar, periksa, coba, buat baru."""


source.add_command(new)
source.add_command(try_command)


@source.command("list")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
def list_command(as_json: bool) -> None:
    """Semua kontrak di sources/, yang rusak termasuk."""
    from satudata.source_list import list_sources

    lines = list_sources()
    if as_json:
        click.echo(json.dumps({"sources": [asdict(line) for line in lines]}, ensure_ascii=False))
        return
    rows = [
        (line.id or line.path, line.title, line.kind, line.concept, line.schedule or "manual", line.publishers, line.problems or "")
        for line in lines
    ]
    show(["id", "judul", "jenis", "konsep", "jadwal", "penerbit", "kesalahan"], rows, whole=["id", "jadwal", "konsep"])


@source.command("check")
@click.argument("sumber", nargs=-1)
def check(sumber: tuple[str, ...]) -> None:
    """Periksa kontrak: semuanya, atau SUMBER yang disebut. SUMBER: id dataset atau awalnya (pemda, pemda.opd), berkas, atau folder.

    Setiap kesalahan tampil dengan berkas, baris, kunci, dan yang benar. Selesai dengan 2 bila ada kesalahan.
    """
    from satudata.source_check import check_sources

    report = check_sources(sumber)
    click.echo("\n".join(report.lines()))
    raise click.exceptions.Exit(report.exit_code)


@source.command("schema")
def schema() -> None:
    """JSON Schema bahasa kontrak, untuk penyunting teks."""
    from contracts.schema import schema_text

    click.echo(schema_text(), nl=False)
