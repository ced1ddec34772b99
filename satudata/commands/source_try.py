"""`satudata source try`: what a contract would do, shown in one screen; nothing is written."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from contracts.text import visible
from satudata.state_words import SEVERITIES

if TYPE_CHECKING:
    from satudata.source_try import TryResult

VERDICTS = {"accepted": "akan diterima", "held": "akan ditahan", "failed": "akan ditolak", "absent": "belum ada kiriman"}


@click.command("try")
@click.argument("source")
@click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Pakai berkas ini, bukan jawaban sumbernya.")
@click.option("--penerbit", help="Kode penerbit, untuk kontrak dengan for_each.")
@click.option("--date", "run_date", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal jalan (bawaan: hari ini).")
@click.option("--rows", default=5, show_default=True, help="Banyaknya contoh baris.")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
def try_command(source: str, file: Path | None, penerbit: str | None, run_date: datetime | None, rows: int, as_json: bool) -> None:
    """Coba sebuah kontrak (id, atau BERKAS.yml di mana pun): ambil, baca, periksa; tidak ada yang disimpan."""
    from satudata.source_try import try_source

    found = try_source(source, file=file, penerbit=penerbit, run_date=run_date.date() if run_date else None, most_rows=rows)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, default=str))
    else:
        _show(found, Console(width=None if Console().is_terminal else 200))
    raise click.exceptions.Exit(0 if found.state == "accepted" else 1)


def _show(found: TryResult, console: Console) -> None:
    console.print(f"{' '.join(filter(None, [found.dataset, found.penerbit]))}: {VERDICTS[found.state]}", markup=False)
    if found.message:
        console.print(f"  {found.error_class or ''} {found.message}", markup=False)
    dropped = ", ".join(f"{rows} {reason}" for reason, rows in found.dropped.items()) or "0"
    console.print(
        f"  dibaca {found.read}, calon {found.fetched} = diterima {found.accepted} + dikarantina {found.quarantined} + dibuang {dropped}"
        + (f"; menunggu kode {found.waiting}" if found.waiting else ""),
        markup=False,
    )
    if found.unknown_headers:
        console.print("  judul kolom yang tidak disebut kontrak: " + ", ".join(map(visible, found.unknown_headers)), markup=False)
    if found.rows:
        console.print(_sample(found))
    for row in found.set_aside:
        console.print(f"  dikarantina, {row.lokasi}: " + " ".join(row.messages), markup=False)
    for result in (one for one in found.results if one.outcome in ("fail", "error") and one.severity != "quarantine"):
        console.print(f"  {SEVERITIES[result.severity]}, {result.rule_id}: {result.message}", markup=False)


def _sample(found: TryResult) -> Table:
    shown = [name for name in found.rows[0] if not name.startswith("_") or name == "_lokasi"]
    table = Table(*shown, title=f"contoh: {len(found.rows)} dari {found.staged} baris")
    for row in found.rows:
        table.add_row(*(Text("" if row[name] is None else str(row[name])) for name in shown))
    return table
