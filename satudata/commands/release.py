"""`satudata release`: conform what was accepted and publish it, or see what was published."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click

from contracts import clock
from satudata.session import warehouse


@click.group("release")
def release() -> None:
    """Bangun dan terbitkan tabel mart."""


@release.command("publish")
@click.option("--date", "run_date", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal jalan (bawaan: hari ini).")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
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
        click.echo(
            f"Belum terbit karena bertentangan dengan data lain: {names}. Sebab dan perintah yang memutuskannya: satudata review list"
        )


def _show(found: dict[str, Any]) -> None:
    """What readers see changed, table by table, and what was kept back and why to look."""
    changed = {name: change for name, change in found["changes"].items() if change["added"] or change["changed"] or change["removed"]}
    click.echo(f"Rilis {found['release_id']} terbit" + (":" if changed else "; tidak ada angka yang berubah."))
    for name, change in sorted(changed.items()):
        click.echo(f"  mart.{name}: {change['rows']} baris (+{change['added']} ~{change['changed']} -{change['removed']})")
    if found["kept_back"]:
        click.echo(
            f"Ditahan karena gagal uji, angka lamanya tetap terbit: {', '.join(found['kept_back'])}. Hasil ujinya ada di ops.check_result."
        )


@release.command("list")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON, untuk program.")
def releases(as_json: bool) -> None:
    """Rilis yang pernah terbit, terbaru lebih dulu."""
    with warehouse() as conn:
        rows = conn.execute(
            """select r.release_id, r.run_date, r.published_at, r.state, coalesce(sum(c.added), 0), coalesce(sum(c.changed), 0), coalesce(sum(c.removed), 0)
               from ops.release r left join ops.release_change c using (release_id) group by 1 order by 1 desc"""
        ).fetchall()
    names = ("release_id", "run_date", "published_at", "state", "added", "changed", "removed")
    if as_json:
        click.echo(json.dumps({"releases": [dict(zip(names, row, strict=True)) for row in rows]}, default=str))
        return
    for row in rows:
        number, day, _, state, added, changed, removed = row
        click.echo(f"rilis {number}  {day}  {state}  +{added} ~{changed} -{removed}")
