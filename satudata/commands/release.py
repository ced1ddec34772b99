"""`satudata release`: conform what was accepted and publish it, see what was published; acts on releases stand in `release_acts`."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click

from contracts import clock
from satudata.commands import release_acts
from satudata.commands.acting import AS_JSON
from satudata.commands.listing import say_behind
from satudata.commands.whole_list import WholeList
from satudata.review.across_list import held_for
from satudata.review.behind import behind_list
from satudata.session import warehouse
from satudata.state_words import STATES
from warehouse.names import shown as named

RELEASES = """
select r.release_id, r.run_date, r.published_at, r.state, r.kind, r.to_release_id, a.by, a.reason,
       coalesce(sum(c.added), 0)::bigint as added, coalesce(sum(c.changed), 0)::bigint as changed, coalesce(sum(c.removed), 0)::bigint as removed
from ops.release r left join ops.release_change c using (release_id) left join ops.act a using (act_id) group by r.release_id, a.act_id order by 1 desc"""
NAMES = ("release_id", "run_date", "published_at", "state", "kind", "to_release_id", "by", "reason", "added", "changed", "removed")
FIRST = 50
"""Changed cells shown where nobody asks for more."""


@click.group("release", cls=WholeList)
def release() -> None:
    """Bangun dan terbitkan tabel mart; lihat, kembalikan, atau tarik yang sudah terbit."""


for command in release_acts.COMMANDS:
    release.add_command(command)


@release.command("publish")
@click.option("--date", "run_date", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal jalan (bawaan: hari ini).")
@AS_JSON
def publish(run_date: datetime | None, as_json: bool) -> None:
    """Jalankan dbt atas semua yang diterima, uji, lalu terbitkan dalam satu transaksi."""
    from satudata.transform import transform

    found = transform(run_date.date() if run_date else clock.today())
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    if found["skipped"]:
        click.echo("Tidak ada yang berubah sejak rilis terakhir; tidak ada yang diterbitkan.")
    else:
        _show(found)
    if found["across"]:
        names = ", ".join(sorted({one["dataset"] for one in found["across"]}))
        why = held_for(found["across"])
        click.echo(f"Belum terbit karena {why}: {names}. Sebab dan perintah yang memutuskannya: satudata review list")
    with warehouse() as conn:
        say_behind(behind_list(conn))


def _show(found: dict[str, Any]) -> None:
    """What readers see changed, table by table, and what was kept back and why to look."""
    changed = {name: change for name, change in found["changes"].items() if change["added"] or change["changed"] or change["removed"]}
    click.echo(f"Rilis {found['release_id']} terbit" + (":" if changed else "; tidak ada angka yang berubah."))
    for name, change in sorted(changed.items()):
        click.echo(f"  {named(name)}: {change['rows']} baris (+{change['added']} ~{change['changed']} -{change['removed']})")
    if changed:
        click.echo(f"Baris demi baris: `satudata release show {found['release_id']}`.")
    if found["kept_back"]:
        click.echo(
            f"Ditahan karena gagal uji, angka lamanya tetap terbit: {', '.join(found['kept_back'])}."
            " Baris mana dan apa yang salah tertulis di bawah ini, dan di `satudata status`."
        )


@release.command("list")
@AS_JSON
def releases(as_json: bool) -> None:
    """Rilis yang pernah terbit, terbaru lebih dulu."""
    with warehouse() as conn:
        found = [dict(zip(NAMES, row, strict=True)) for row in conn.execute(RELEASES).fetchall()]
    if as_json:
        click.echo(json.dumps({"releases": found}, ensure_ascii=False, default=str))
        return
    if not found:
        click.echo("Belum ada rilis. Terbitkan dengan `satudata release publish`.")
    for one in found:
        counts = f"+{one['added']} ~{one['changed']} -{one['removed']}"
        click.echo(f"rilis {one['release_id']}  {one['run_date']}  {STATES[one['state']]}  {counts}{_origin(one)}")


def _origin(one: dict[str, Any]) -> str:
    if one["kind"] == "transform":
        return ""
    what = f"kembali ke rilis {one['to_release_id']}" if one["kind"] == "rollback" else "penarikan"
    return f"  {what} oleh {one['by']}: {one['reason']}"


@release.command("show")
@click.argument("nomor", type=int)
@click.option("--tabel", "table", help="Hanya tabel ini.")
@click.option("--baris", "first", type=click.IntRange(0), default=FIRST, show_default=True, help="Berapa sel yang ditampilkan.")
@click.option("--csv", "path", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Tulis semuanya ke berkas CSV.")
@AS_JSON
def show(nomor: int, table: str | None, first: int, path: Path | None, as_json: bool) -> None:
    """Apa yang diubah rilis NOMOR: tabel, dataset, kunci, kolom, sebelum dan sesudah."""
    from satudata.releases.show import span

    span(nomor, nomor)
    _difference(nomor - 1, nomor, table, first, path, as_json)


@release.command("diff")
@click.argument("lama", type=int, required=False)
@click.argument("baru", type=int, required=False)
@click.option("--tabel", "table", help="Hanya tabel ini.")
@click.option("--baris", "first", type=click.IntRange(0), default=FIRST, show_default=True, help="Berapa sel yang ditampilkan.")
@click.option("--csv", "path", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Tulis semuanya ke berkas CSV.")
@AS_JSON
def diff(lama: int | None, baru: int | None, table: str | None, first: int, path: Path | None, as_json: bool) -> None:
    """Beda antara rilis LAMA dan BARU (bawaan: yang terbaru dan sebelumnya; bila hanya LAMA, dengan yang terbaru)."""
    from satudata.releases.show import span

    _difference(*span(lama, baru), table, first, path, as_json)


def _difference(older: int, newer: int, table: str | None, first: int, path: Path | None, as_json: bool) -> None:
    from satudata.releases.show import cells, summary

    name = table and table.removeprefix("mart.")
    tables = [one for one in summary(older, newer) if name in (None, one["table"])]
    shown = list(islice(cells(older, newer, name), first))
    if as_json:
        listed = [{**vars(one)} for one in shown]
        click.echo(json.dumps({"older": older, "newer": newer, "tables": tables, "cells": listed}, ensure_ascii=False, default=str))
        return
    for one in tables:
        whose = f" ({one['dataset']})" if one["dataset"] else ""
        new = "tabel baru, seluruh isinya bertambah: " if one["whole"] else ""
        click.echo(f"{named(one['table'])}{whose}: {new}+{one['added']} ~{one['changed']} -{one['removed']}")
    for cell in shown:
        values = f"  {cell.column}: {_said(cell.before)} -> {_said(cell.after)}" if cell.column else ""
        click.echo(f"  {cell.kind}  {named(cell.table)}  {cell.key_text}{values}")
    _rest(path, older, newer, name, len(shown) == first)


def _rest(path: Path | None, older: int, newer: int, table: str | None, more: bool) -> None:
    from satudata.releases.show import write_csv

    if path:
        click.echo(f"{write_csv(path, older, newer, table)} sel ditulis ke {path}.")
    elif more:
        click.echo("Selebihnya dengan --baris yang lebih besar, atau semuanya dengan --csv BERKAS.")


def _said(value: str | None) -> str:
    return "(kosong)" if value is None else value
