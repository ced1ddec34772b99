"""`satudata status`: the ledger as a table for people, as one object for programs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from contracts.settings import settings
from satudata.session import warehouse
from satudata.state_words import STATES
from satudata.status import status

NUMBERS = {
    "read": "dibaca", "fetched": "calon", "accepted": "diterima", "unchanged": "tetap", "quarantined": "karantina", "dropped": "dibuang",
    "waiting": "menunggu", "closed": "berakhir", "rejected": "ditolak",
}  # fmt: skip


WAITING = (
    "Baris yang menunggu kode belum terbit. Namanya: satudata db psql --role steward -c 'select * from ops.unmapped_code'; tambahkan ejaannya di kolom"
    " `sinonim` daftar acuannya (sources/references), lalu `satudata release publish`."
)

QUARANTINED = "Baris yang dikarantina, tempatnya di berkas, sebabnya, dan tenggatnya: satudata quarantine list"


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
def status_command(as_json: bool) -> None:
    """Keadaan setiap dataset (menurut putusan terakhirnya) dan setiap tabel terbit."""
    with warehouse() as conn:
        found = status(conn)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    console = Console(width=None if Console().is_terminal else 200)
    console.print(_datasets(found["datasets"]))
    for dataset in (one for one in found["datasets"] if one["error"]):
        error = dataset["error"]
        console.print(f"{_name(dataset)}: {error['class'] or STATES[dataset['state']]}: {error['message']}", markup=False)
    if any(one["quarantined"] for one in found["datasets"]):
        console.print(QUARANTINED, markup=False)
    if any(one["waiting"] for one in found["datasets"]):
        console.print(WAITING, markup=False)
    console.print(_marts(found))


def _name(dataset: dict[str, Any]) -> str:
    return " ".join(filter(None, [dataset["id"], dataset["penerbit"]]))


def _local(moment: str | None) -> str:
    """A moment as the clock on the wall of the reader shows it (SATUDATA_ZONE)."""
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(settings().zone)).strftime("%Y-%m-%d %H:%M") if moment else "-"


def _datasets(datasets: list[dict[str, Any]]) -> Table:
    table = Table("dataset", "keadaan", *NUMBERS.values(), "jawaban terakhir")
    for dataset in datasets:
        dropped = sum(dataset["dropped"].values())
        numbers = [str(dropped if name == "dropped" else dataset[name]) for name in NUMBERS]
        table.add_row(_name(dataset), STATES[dataset["state"]], *numbers, _local(dataset["last_success_at"]))
    return table


def _marts(found: dict[str, Any]) -> Table:
    table = Table("tabel terbit", "baris", "ditambah", "berubah", "dihapus", title=f"rilis {found['release'] or '-'}")
    for mart in found["marts"]:
        table.add_row(mart["name"], *(str(mart[name]) for name in ("rows", "added", "changed", "removed")))
    return table
