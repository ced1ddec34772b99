"""`satudata digest`: tell each Produsen Data what is new, over and still open; `--lihat` only shows it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

OFF = "Pemberitahuan mati. Untuk menyalakan: SATUDATA_NOTICES=surel, SATUDATA_SMTP_HOST, SATUDATA_SMTP_FROM (docs/pemberitahuan.md)."
WORDS = {"mengirim": "tidak pasti sampai, tidak diulang", "gagal": "belum terkirim", "menunggu": "belum dicoba"}


@click.command("digest")
@click.option("--lihat", "look", is_flag=True, help="Tunjukkan apa yang akan dikirim; tidak ada yang dikirim atau dicatat.")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
def digest_command(look: bool, as_json: bool) -> None:
    """Kabari setiap Produsen Data: temuan baru, yang selesai, dan yang masih terbuka."""
    from satudata.notices.digest import preview, refuse_unsent, send_digests
    from satudata.notices.mail_settings import is_on

    if look:
        _show(preview(), as_json)
        return
    told = send_digests()
    if as_json:
        click.echo(json.dumps({"on": is_on(), "letters": [asdict(one) for one in told]}, ensure_ascii=False))
    elif not is_on():
        click.echo(OFF)
    else:
        for one in told:
            click.echo(f"{one.opd} {one.address}: {WORDS.get(one.state, one.state)}" + (f" ({one.problem})" if one.problem else ""))
        click.echo(f"{sum(one.state == 'terkirim' for one in told)} kabar terkirim." if told else "Tidak ada yang perlu dikabarkan.")
    refuse_unsent(told)


def _show(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for letter in found["letters"]:
        click.echo(f"Kepada: {letter['address']} ({letter['opd']})\nPerihal: {letter['subject']}\n\n{letter['body']}\n{'-' * 72}")
    for owner in found["without_address"]:
        click.echo(f"{owner['opd']} ({owner['name']}): {owner['open']} hal terbuka, tetapi `surel` di opd.yml belum diisi.")
    click.echo(f"{len(found['letters'])} kabar akan dikirim." if found["on"] else f"{len(found['letters'])} kabar. {OFF}")
