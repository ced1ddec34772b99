"""`satudata score`: how each agency does, as a table for people and as one object for programs."""

from __future__ import annotations

import json

import click

from satudata.commands.listing import show


@click.command("score")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
@click.option("--periksa", "verify", is_flag=True, help="Hitung ulang setiap skor yang tersimpan dari masukannya; tidak menilai hari ini.")
def score_command(as_json: bool, verify: bool) -> int:
    """Hitung dan simpan skor setiap OPD hari ini (rumusnya: docs/skor.md)."""
    from contracts import clock
    from satudata.score.daily import score_all
    from satudata.score.formula import CURRENT, MEASURES, WEIGHTS_1

    if verify:
        return _verify(as_json)
    found = score_all()
    if as_json:
        about = {"as_of": clock.today().isoformat(), "formula": CURRENT, "weights": WEIGHTS_1}
        click.echo(json.dumps({**about, "agencies": [one.as_json for one in found]}, ensure_ascii=False))
        return 0
    rows = [
        [
            f"{one.pemda}/{one.opd} {one.name}",
            _spoken(one.score.score),
            one.score.grade,
            *(_spoken(one.score.measures[name]) for name in MEASURES),
            one.datasets,
        ]
        for one in found
    ]
    columns = ["OPD", "skor", "peringkat", *(f"{name} ({WEIGHTS_1[name]} %)" for name in MEASURES), "dataset"]
    show(columns, rows, whole=columns[:3], title=f"Rumus {CURRENT}")
    return 0


def _spoken(number: object) -> str:
    return "-" if number is None else str(number).replace(".", ",")


def _verify(as_json: bool) -> int:
    from satudata.score.daily import differing
    from satudata.session import warehouse

    with warehouse() as conn:
        wrong = differing(conn)
    if as_json:
        click.echo(json.dumps({"differing": [{"pemda": pemda, "opd": opd, "day": day.isoformat()} for pemda, opd, day in wrong]}))
    elif wrong:
        click.echo("\n".join(f"{pemda}/{opd} {day}: skor yang tersimpan tidak sama dengan hitungan ulangnya." for pemda, opd, day in wrong))
    else:
        click.echo("Semua skor yang tersimpan sama dengan hitungan ulangnya.")
    return 1 if wrong else 0
