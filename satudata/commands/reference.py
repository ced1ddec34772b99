"""`satudata reference`: names and words only; what it does stands in `satudata.reference_load`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contracts import clock
from satudata.commands.acting import AS_JSON, BY, name_of
from satudata.commands.whole_list import WholeList

if TYPE_CHECKING:
    from satudata.reference_load.load import Loaded

MOST_SHOWN = 20


@click.group("reference", cls=WholeList)
def reference() -> None:
    """Daftar acuan: wilayah, komoditas, satuan, dan lainnya."""


@reference.command("load")
@click.argument("daftar", type=click.Choice(["wilayah"]))
@click.argument("berkas", type=click.Path(path_type=Path))
@click.option("--lihat", "look_only", is_flag=True, help="Hanya laporkan apa yang berubah; tidak menulis apa pun.")
@click.option("--per", type=click.DateTime(["%Y-%m-%d"]), help="Hari pertama daftar itu berlaku (bawaan: hari ini).")
@click.option("--setujui-nama", "names_agreed", is_flag=True, help="Kode yang berganti nama memang wilayah yang sama.")
@click.option("--setujui-berakhir", "ends_agreed", is_flag=True, help="Semua yang tidak ada di berkas memang berakhir.")
@click.option("--alasan", "reason", help="Dasarnya, misalnya nomor keputusan menteri; tersimpan bersama tindakannya.")
@BY
@AS_JSON
def load_command(
    daftar: str, berkas: Path, look_only: bool, per: datetime | None, names_agreed: bool, ends_agreed: bool, reason: str | None, by: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Muat DAFTAR dari BERKAS: CSV (atau ZIP berisi satu CSV) berkolom `kode` dan `nama`, boleh juga `kode_bps`.

    Yang ditambah, berganti nama, pindah, dan berakhir dilaporkan; kode yang berakhir tetap ada dengan hari terakhirnya.
    """
    from satudata.reference_load.load import Wanted, load_regions

    found = load_regions(berkas, Wanted(per.date() if per else clock.today(), name_of(by), reason, look_only, names_agreed, ends_agreed))
    if as_json:
        told = {"list": daftar, "written": found.path and str(found.path), "counts": [asdict(one) for one in found.counts]}
        click.echo(json.dumps({**told, "tally": found.tally, "changes": [asdict(one) for one in found.changes]}, ensure_ascii=False))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: Loaded) -> list[str]:
    lines = [f"  {one.level}: {one.standing} berlaku, {one.incoming} di berkas" for one in found.counts]
    for kind, number in found.tally.items():
        if number:
            lines.append(f"{kind}: {number}")
            lines += [f"  {one.code} {one.name}{f' ({one.detail})' if one.detail else ''}" for one in found.of(kind)[:MOST_SHOWN]]
            lines += [f"  ... dan {number - MOST_SHOWN} lain; semuanya dengan --json"] if number > MOST_SHOWN else []
    if not found.changes:
        return [*lines, "Tidak ada yang berubah."]
    where = (
        f"Ditulis ke {found.path}; berlaku pada transform berikutnya." if found.path else "Belum ada yang ditulis; ulangi tanpa --lihat."
    )
    return [*lines, where]
