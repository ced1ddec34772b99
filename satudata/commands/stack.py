"""`satudata demo`, `up` and `down`: the product's own programs, started and stopped."""

from __future__ import annotations

from pathlib import Path

import click

from contracts.settings import settings
from satudata.stack import life
from satudata.stack.secrets import ADMIN, passwords_file
from satudata.stack.whose import whose


@click.command("demo")
@click.option(
    "--expected", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Harapan lain daripada samples/expected.yml."
)
@click.option("--until", type=click.IntRange(1), help="Hari terakhir yang dimainkan (bawaan: semuanya).")
def demo_command(expected: Path | None, until: int | None) -> None:
    """Jalankan kota contoh dari awal sampai terbit, lewat Airflow, lalu bandingkan setiap hitungan dengan yang diharapkan.

    Selesai dengan 0 hanya bila semuanya sama. Dijalankan lagi pada keadaan yang sama, hari terakhir diputar sekali lagi.
    """
    from satudata.demo.command import demo

    raise click.exceptions.Exit(demo(expected, until))


@click.command("up")
def up_command() -> None:
    """Nyalakan PostgreSQL, Airflow, dan, bila kontraknya memintanya, kota contoh, lalu biarkan menyala."""
    known = life.up(lambda text: click.echo(f"• {text}"))
    click.echo(whose(settings().sources))
    click.echo(
        f"Airflow: {known.url} (masuk sebagai {ADMIN}, sandi di {passwords_file(settings().secrets)}). Matikan dengan `satudata down`."
    )


@click.command("down")
def down_command() -> None:
    """Matikan Airflow, kota contoh, dan PostgreSQL."""
    home = settings().home
    was = [name for name, runs in life.running(home).items() if runs]
    life.down(home)
    click.echo(f"Dimatikan: {', '.join(was)}." if was else "Tidak ada yang menyala.")
