"""`satudata db`: the address by which psql and BI tools reach the warehouse."""

from __future__ import annotations

import click

from warehouse.connect import connect, database_url
from warehouse.migrate import migrate

ROLES = ("loader", "transformer", "portal", "bi_reader", "bi_instansi", "steward")


@click.group("db")
def db() -> None:
    """Alamat basis data."""


@db.command("url")
@click.option("--role", type=click.Choice(ROLES), default="bi_reader", show_default=True, help="Peran yang masuk.")
def url(role: str) -> None:
    """Cetak alamat PostgreSQL untuk sebuah peran; bi_reader hanya melihat skema mart.

    Contoh: psql "$(satudata db url --role bi_reader)"
    """
    connect("loader").close()
    click.echo(database_url(role))


@db.command("migrate")
def migrate_command() -> None:
    """Bawa basis data ke bentuk versi ini; aman diulang."""
    with connect("owner", autocommit=True) as conn:
        steps = migrate(conn)
    click.echo(f"{len(steps)} migrasi dijalankan" if steps else "Basis data sudah mutakhir")
