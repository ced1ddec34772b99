"""`satudata status`: the ledger as a table for people, as one object for programs."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any

import click

from contracts.errors import UnknownDataset
from satudata.commands.listing import by_reason, say_behind, show
from satudata.local_time import local
from satudata.session import warehouse
from satudata.state_words import STATES
from satudata.status import status

NUMBERS = {
    "read": "dibaca", "fetched": "calon", "accepted": "diterima", "unchanged": "tetap", "quarantined": "karantina", "dropped": "dibuang",
    "waiting": "menunggu", "closed": "berakhir", "rejected": "ditolak",
}  # fmt: skip


LISTS = {"datasets": "id", "across": "dataset", "behind": "dataset"}
"""What can be narrowed to some datasets, and where each names its own."""
WAITING = (
    "Baris yang menunggu kode belum terbit. Teksnya dan calonnya: satudata mapping list; tetapkan dengan satudata mapping assign,"
    " lalu `satudata release publish`."
)

HELD = "Yang ditahan, dan perintah untuk memutuskannya: satudata review list"
QUARANTINED = "Baris yang dikarantina, tempatnya di berkas, sebabnya, dan tenggatnya: satudata quarantine list"


@click.command("status")
@click.argument("starts", nargs=-1, metavar="[DATASET]...")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
def status_command(starts: tuple[str, ...], as_json: bool) -> None:
    """Keadaan setiap DATASET (menurut putusan terakhirnya): id atau awal id, misalnya nama folder pemdanya; tanpa itu semuanya, dan setiap tabel terbit."""
    with warehouse() as conn:
        found = status(conn)
    if starts:
        found = _narrowed(found, starts)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    _show_datasets(found["datasets"])
    for dataset in (one for one in found["datasets"] if one["error"]):
        error = dataset["error"]
        click.echo(f"{_name(dataset)}: {error['class'] or STATES[dataset['state']]}: {error['message']}")
    for dataset in (one for one in found["datasets"] if one["skipped"]):
        for why, rules in sorted(by_reason(dataset["skipped"]).items()):
            click.echo(f"{_name(dataset)}: dilewati {', '.join(rules)}: {why}")
    for note in found["notes"]:
        click.echo(note)
    for one in found["across"]:
        click.echo(f"{' '.join(filter(None, [one['dataset'], one['penerbit']]))}: belum terbit, {one['held_for']}: {one['reason']}")
    say_behind(found["behind"])
    if found["across"] or any(one["state"] == "held" for one in found["datasets"]):
        click.echo(HELD)
    if any(one["quarantined"] for one in found["datasets"]):
        click.echo(QUARANTINED)
    if any(one["waiting"] for one in found["datasets"]):
        click.echo(WAITING)
    if not starts:
        _show_marts(found)


def _narrowed(found: dict[str, Any], starts: tuple[str, ...]) -> dict[str, Any]:
    """What the status says of datasets whose id begins so. Raises: `UnknownDataset` for a beginning that none has."""
    known = sorted({one["id"] for one in found["datasets"]})
    for start in starts:
        if not any(name.startswith(start) for name in known):
            raise UnknownDataset(start, tuple(get_close_matches(start, known, n=3, cutoff=0.4)))
    kept = {name: [one for one in found[name] if one[key].startswith(starts)] for name, key in LISTS.items()}
    return {**found, **kept, "notes": []}


def _name(dataset: dict[str, Any]) -> str:
    return " ".join(filter(None, [dataset["id"], dataset["penerbit"]]))


def _show_datasets(datasets: list[dict[str, Any]]) -> None:
    rows = []
    for dataset in datasets:
        dropped = sum(dataset["dropped"].values())
        numbers = [dropped if name == "dropped" else dataset[name] for name in NUMBERS]
        rows.append([_name(dataset), STATES[dataset["state"]], *numbers, local(dataset["last_success_at"])])
    show(["dataset", "keadaan", *NUMBERS.values(), "jawaban terakhir"], rows, whole=["dataset", "keadaan", "jawaban terakhir"])


def _show_marts(found: dict[str, Any]) -> None:
    rows = [[mart[name] for name in ("name", "rows", "added", "changed", "removed")] for mart in found["marts"]]
    columns = ["tabel terbit", "baris", "ditambah", "berubah", "dihapus"]
    show(columns, rows, whole=columns[:1], title=f"rilis {found['release'] or '-'}")
