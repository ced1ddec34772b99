"""`satudata housekeeping`: names and words only; what it does stands in `satudata.findings.housekeeping`."""

from __future__ import annotations

import json

import click

from satudata.commands.acting import AS_JSON


@click.command("housekeeping")
@click.option("--lihat", "look_only", is_flag=True, help="Hanya hitung; tidak ada yang dihapus.")
@AS_JSON
def housekeeping_command(look_only: bool, as_json: bool) -> None:
    """Hapus catatan yang melewati masa simpannya; angka yang pernah diterima tidak pernah dihapus."""
    from satudata.findings.housekeeping import housekeeping

    found = housekeeping(look_only=look_only)
    if as_json:
        click.echo(json.dumps({"cleared": found}, ensure_ascii=False))
        return
    for one in found:
        what = "melewati masa simpan" if look_only else "dihapus"
        kept = f"{one['days']} hari" if "days" in one else f"{one['releases']} rilis"
        click.echo(f"{one['name']} (disimpan {kept}): {one['rows']} {what}")
