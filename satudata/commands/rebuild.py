"""`satudata rebuild`: names, progress and words only; what it does stands in `satudata.rebuild`."""

from __future__ import annotations

import json
import os

import click

from satudata.commands.acting import AS_JSON
from satudata.commands.progress import progress


@click.command("rebuild")
@click.option("--ke", "target", metavar="URL", help="Basis data kosong yang dituju (bawaan: SATUDATA_DATABASE_URL, atau yang tertanam).")
@click.option(
    "--rilis", "releases", type=click.IntRange(1), default=1, show_default=True, help="Berapa rilis terakhir yang tabelnya dibangun ulang."
)
@AS_JSON
def rebuild_command(target: str | None, releases: int, as_json: bool) -> None:
    """Bangun ulang gudang data yang kosong dari arsip dan jurnalnya; yang terhenti di tengah diteruskan."""
    from satudata.rebuild.run import rebuild

    if target:
        os.environ["SATUDATA_DATABASE_URL"] = target
    with progress(quiet=as_json) as told:
        found = rebuild(told, releases)
    if as_json:
        problems = [{"class": one.error_class, "message": one.message} for one in found.problems]
        click.echo(
            json.dumps({"records": found.records, "tail": found.tail, "counts": found.counts, "problems": problems}, ensure_ascii=False)
        )
    else:
        counted = ", ".join(f"{count} {name}" for name, count in found.counts.items())
        click.echo(f"{found.records} catatan jurnal dikerjakan ulang: {counted}. Gudang data terbuka kembali.")
        for one in found.problems:
            click.echo(one.message, err=True)
    if found.problems:
        raise SystemExit(1)
